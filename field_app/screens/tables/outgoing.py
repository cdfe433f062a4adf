"""A table on its way out: of what, whom, in which form, masked or in full, and how far that has come."""

from collections.abc import Sequence
from functools import partial
from typing import Literal

import flet as ft

from field_app.actions.book_out import lent_table
from field_app.actions.customer_list import CustomerRow, matching
from field_app.actions.exporting import Going, Wish, written_table
from field_app.actions.heeding import Heed
from field_app.actions.tables_here import GoingOut
from field_app.local_store import LocalStore
from field_app.screens.doing import Do
from field_app.screens.look import Look
from field_app.screens.tables.underway import Underway
from visit_core.errors import VisitError

Form = Literal["xlsx", "csv", "lent"]
LEAST_PASSWORD = 8  # characters


@ft.observable
class Outgoing:
    """What the person wishes. In full a table leaves only locked, and with a reason that is written down."""

    def __init__(self, model: GoingOut) -> None:
        self.underway = Underway()
        self.kind = model.kinds[0]
        self.form: Form = "xlsx"
        self.is_full = False
        self.regions: tuple[str, ...] = ()
        self.wanted, self.reason, self.password = model.wanted, "", ""
        self.trouble: VisitError | None = None
        self.lacks = ""  # what is still to be filled in: reason, password

    def choose(self, kind: str) -> None:
        """Records of another kind."""
        self.kind, self.lacks = kind, ""

    def shape(self, form: str) -> None:
        """Another form; a plain table of text cannot be locked, so it leaves masked."""
        self.form = "csv" if form == "csv" else "lent" if form == "lent" else "xlsx"
        self.is_full = self.is_full and self.form != "csv"

    def turn(self, code: str) -> None:
        """Masked or in full."""
        self.is_full, self.lacks = code == "full", ""
        self.form = "xlsx" if self.is_full and self.form == "csv" else self.form

    def customers(self, model: GoingOut) -> Sequence[CustomerRow]:
        """Those that leave, as the list would find them, of the places that were chosen."""
        found = matching(model.customers, self.wanted)
        return [row for row in found if not {*self.regions}.isdisjoint(row.lives)] if self.regions else found

    def live_in(self, regions: tuple[str, ...]) -> None:
        """Those of other places."""
        self.regions = regions

    async def leave(self, model: GoingOut, do: Do, look: Look) -> None:
        """Make the file and offer it; what is not filled in yet is asked for instead."""
        self.lacks = self._lacking(model)
        if self.lacks:
            return
        step = partial(self._made, kind=self.kind, form=self.form, wish=self._wish(model, look))
        verb = do.act if self.is_really_full(model) else do.ask  # only what is in full leaves a line in the log
        going = await self.underway.run(lambda heed: verb(partial(step, heed=heed)))
        self.trouble = going if isinstance(going, VisitError) else None
        if isinstance(going, Going):
            await self._hand_over(going, do, look)

    def is_really_full(self, model: GoingOut) -> bool:
        """Whether anything stands in full that would be masked."""
        return self.is_full and self.kind in model.masked

    def _lacking(self, model: GoingOut) -> str:
        if not self.is_really_full(model):
            return ""
        if not self.reason.strip():
            return "reason"
        return "password" if len(self.password) < LEAST_PASSWORD else ""

    def _wish(self, model: GoingOut, look: Look) -> Wish:
        is_full = self.is_really_full(model)
        is_some = self.kind == "customer" and (self.wanted.strip() or self.regions)
        only = frozenset(row.id for row in self.customers(model)) if is_some else None
        return Wish(look.lang, self.reason.strip() if is_full else "", self.password if is_full else "", only)

    @staticmethod
    def _made(store: LocalStore, *, kind: str, form: Form, wish: Wish, heed: Heed) -> Going:
        if form == "lent":
            return lent_table(store, kind, wish, heed)
        return written_table(store, kind, wish, is_workbook=form == "xlsx", heed=heed)

    async def _hand_over(self, going: Going, do: Do, look: Look) -> None:
        label, today = look.calls(going.kind), do.moment().today.isoformat()
        back = look.says("tables.round_name") if self.form == "lent" else ""
        name = f"{label}{back}-{today}.{'csv' if self.form == 'csv' else 'xlsx'}"
        kept = await do.outside.save_file(name, going.content)
        self.password = ""
        said = look.says("tables.left", count=going.records, name=name)
        do.say(said if kept else look.says("tables.file_not_kept"))
