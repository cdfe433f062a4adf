"""How somebody likes their lists: views with a name, and what stands out in them. Kept in this device's store."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from field_app.vault.database import VaultDB
from field_app.vault.table import VaultTable

Column = Literal["name", "stage", "phone", "address", "last", "complete"]
Mark = Literal[
    "mine", "overdue", "due", "incomplete", "never", "do_not_visit", "unsent", "promising", "bought", "lapsed"
]
Rank = Literal["", "promise", "worth"]
Group = Literal["", "grade", "stage", "type", "industry", "side", "province", "city", "seen", "tag"]
Stands = Literal["overdue", "key", "unseen", "incomplete"]
Colour = Literal["", "danger", "attention", "success", "info"]

_VIEWS, _STANDING_OUT = 1, 2
MOST = 20
"""Views of one's own."""


class ListView(BaseModel):
    """Which customers are listed, in which order and in which groups. Of several words in one part, one must fit."""

    model_config = ConfigDict(frozen=True)

    name: str = Field(default="", max_length=20)  # as a person calls it; empty while it has none
    code: str = ""  # of one that comes with the app
    grades: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    intentions: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()  # domestic, abroad, or codes of provinces, cities or districts
    marks: tuple[Mark, ...] = ()  # all of them must hold
    unseen_days: int = 0  # nobody was there for so many days, or ever
    column: Column | None = None  # None: the latest activity first
    is_falling: bool = False
    rank: Rank = ""  # who promises or has brought us most comes first, while no column is chosen
    group: Group = ""


class StandsOut(BaseModel):
    """What makes a line stand out, and in which colour; an empty colour leaves it as it is."""

    model_config = ConfigDict(frozen=True)

    when: Stands
    colour: Colour = ""
    days: int = 0  # of `unseen`


USUAL_MARKS = (
    StandsOut(when="overdue", colour="danger"),
    StandsOut(when="key", colour="success"),
    StandsOut(when="unseen", colour="", days=30),
    StandsOut(when="incomplete", colour=""),
)
"""What stands out until somebody says otherwise; the first that fits gives a line its edge."""


class ListViews:
    """The views of this device's person, and what stands out."""

    def __init__(self, db: VaultDB) -> None:
        self._db = db

    def all(self) -> tuple[ListView, ...]:
        """Every view with a name, in the order in which they were made."""
        row = self._table.row(_VIEWS)
        return tuple(ListView.model_validate(each) for each in row["views"]) if row else ()

    def keep(self, view: ListView) -> None:
        """Keep a view; one of the same name gives way."""
        others = [each for each in self.all() if each.name != view.name]
        self._write([*others, view][-MOST:])

    def drop(self, name: str) -> None:
        """Forget a view."""
        self._write([each for each in self.all() if each.name != name])

    def standing_out(self) -> tuple[StandsOut, ...]:
        """What stands out."""
        row = self._table.row(_STANDING_OUT)
        return tuple(StandsOut.model_validate(each) for each in row["rules"]) if row else USUAL_MARKS

    def let_stand_out(self, rules: tuple[StandsOut, ...]) -> None:
        """From now on these stand out."""
        self._table.put_many({_STANDING_OUT: {"rules": [each.model_dump(mode="json") for each in rules]}})

    def _write(self, views: list[ListView]) -> None:
        self._table.put_many({_VIEWS: {"views": [each.model_dump(mode="json") for each in views]}})

    @property
    def _table(self) -> VaultTable:
        return self._db.rows_of("list_views")
