"""One file on its way in: what was chosen, how it is to be read, what a look showed, what was kept in the end."""

from collections.abc import Mapping
from functools import partial

import flet as ft

from field_app.actions.book_in import BookTaken
from field_app.actions.bringing_in import ColumnAsked, Found, Picked, SheetAsked, bring_in, look_at
from field_app.actions.importing import Asked, Imported
from field_app.actions.reverting import Reverted, revert_import
from field_app.screens.doing import Do
from field_app.screens.tables.underway import Underway
from visit_core.errors import NotValid, VisitError

ASKS_FOR_PASSWORD = ("workbook_locked", "workbook_password")


@ft.observable
class Incoming:
    """Everything that the screen knows; nothing of it is kept before the person says so."""

    def __init__(self, kind: str) -> None:
        self.underway = Underway()
        self.kind = kind
        self.password = ""
        self.begin(None)

    def begin(self, picked: Picked | None) -> None:
        """Another file, or none."""
        self.picked = picked
        self.sheet, self.columns, self.skips_doubles = "", dict[str, str](), True
        self.sheets: tuple[str, ...] = ()
        self.found: Found | None = None
        self.taken: Found | None = None
        self.reverted: Reverted | None = None
        self.trouble: VisitError | None = None
        self.step = ""  # what is going on: look, take
        self.password = ""

    @property
    def asked(self) -> Asked:
        """How the file is to be read."""
        return Asked(self.kind, self.sheet, self.columns, skip_doubles=self.skips_doubles, password=self.password)

    @property
    def is_locked(self) -> bool:
        """Whether a password is asked for."""
        return isinstance(self.trouble, NotValid) and self.trouble.why in ASKS_FOR_PASSWORD

    @property
    def table(self) -> Imported | None:
        """What was found in an ordinary table."""
        return self.found.made if self.found and isinstance(self.found.made, Imported) else None

    @property
    def book(self) -> BookTaken | None:
        """What was found in a workbook that came back."""
        return self.found.made if self.found and isinstance(self.found.made, BookTaken) else None

    @property
    def columns_read(self) -> Mapping[str, str]:
        """The field of each heading as it was guessed or said; nothing while there is no heading to be seen."""
        if isinstance(self.trouble, ColumnAsked):
            return self.trouble.columns
        return self.table.columns if self.table else {}

    @property
    def doubled(self) -> str:
        """The heading of a second column for one field, if that is the trouble."""
        match self.trouble:
            case NotValid(why="table_twice", about=about):
                return str(about["column"])
        return ""

    async def pick(self, do: Do) -> None:
        """Let the person choose a file, and look at it; whoever chooses none has what there was."""
        picked = await do.outside.pick_file()
        if picked:
            self.begin(picked)
            await self.look(do)

    async def choose_kind(self, kind: str, do: Do) -> None:
        """Read it as records of another kind."""
        self.kind, self.columns = kind, {}
        await self.look(do)

    async def choose_sheet(self, sheet: str, do: Do) -> None:
        """Read another sheet."""
        self.sheet, self.columns = sheet, {}
        await self.look(do)

    async def name_column(self, heading: str, field: str, do: Do) -> None:
        """Say which field a column is; the column that was it until now is left out."""
        now = self.columns_read.items()
        freed = {other: "" for other, name in now if field and name == field and other != heading}
        self.columns = {**self.columns, **freed, heading: field}
        await self.look(do)

    async def look(self, do: Do) -> None:
        """See what would become of it."""
        if self.picked is None:
            return
        self.step, content, asked = "look", self.picked.content, self.asked
        answer = await self.underway.run(lambda heed: do.ask(partial(look_at, file=content, asked=asked, heed=heed)))
        self.step = ""
        if isinstance(answer, VisitError):
            self.found, self.trouble = None, answer
            self.sheets = answer.sheets if isinstance(answer, SheetAsked) else self.sheets
        else:
            self.found, self.trouble = answer, None

    async def take(self, do: Do) -> None:
        """Keep it, all in one commit."""
        if self.picked is None:
            return
        self.step, content, asked = "take", self.picked.content, self.asked
        answer = await self.underway.run(lambda heed: do.act(partial(bring_in, file=content, asked=asked, heed=heed)))
        self.step = ""
        if isinstance(answer, VisitError):
            self.trouble = answer
        else:
            self.taken, self.trouble = answer, None

    async def take_back(self, do: Do, said: str) -> None:
        """Put what it made into the bin."""
        if self.taken is None:
            return
        answer = await do.act(partial(revert_import, import_id=self.taken.made.import_id), said)
        if not isinstance(answer, VisitError):
            self.reverted = answer
