"""How many customers each view shows. Of whom nothing has changed nothing is asked again."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from field_app.actions.customer_list import CustomerRow
from field_app.actions.customer_views import Filter, filters
from field_app.actions.standings import Standing, Standings
from field_app.list_views import ListView
from field_app.local_store import LocalStore

_Known = tuple[CustomerRow, Standing, int]
"""A customer as listed and as judged, and the views that show them: a bit each."""


@dataclass(slots=True)
class Counts:
    """What was counted last, customer by customer."""

    by: object = None
    known: dict[str, _Known] = field(default_factory=dict)

    def of(
        self, views: Sequence[ListView], rows: Sequence[CustomerRow], told: Standings, today: date
    ) -> dict[ListView, int]:
        """How many each view shows."""
        asked = [tuple(filters(view, today)) for view in views]
        before = self.known if self.by == (views, today) else {}
        self.by, self.known = (views, today), {}
        for row in rows:
            standing, known = told.of(row.id), before.get(row.id)
            is_known = known is not None and known[0] is row and known[1] is standing
            self.known[row.id] = known if is_known and known else (row, standing, _shown_in(asked, row, standing))
        alike = Counter(shown for _, _, shown in self.known.values()).items()
        return {view: sum(many for shown, many in alike if shown >> at & 1) for at, view in enumerate(views)}


def counts_here(
    store: LocalStore, views: Sequence[ListView], rows: Sequence[CustomerRow], told: Standings
) -> dict[ListView, int]:
    """How many each view shows today."""
    return store.gists.made_of("view counts", (), Counts).of(views, rows, told, store.moment().today)


def _shown_in(asked: Sequence[Sequence[Filter]], row: CustomerRow, standing: Standing) -> int:
    return sum(1 << at for at, fits in enumerate(asked) if all([each(row, standing) for each in fits]))  # noqa: C419
