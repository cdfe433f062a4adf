"""What a supervisor has chosen and typed but not yet said."""

import flet as ft

from field_app.actions.review_queue import ReviewQueue, ToJudge
from field_app.screens.paging import Pages
from visit_core.errors import NotValid

USUALLY_COMMENTED = ("content", "outcome")


@ft.observable
class Remark:
    """A comment on its way, and the field it is about."""

    def __init__(self, field: str = "") -> None:
        self.field = field
        self.text = ""
        self.wrong: NotValid | None = None
        self.has_cursor = False  # letters are being typed: no key is a verdict now

    def type(self, text: str) -> None:
        """Take what was typed; a complaint about it is over."""
        self.text, self.wrong = text, None


@ft.observable
class Desk:
    """Where a supervisor is in the queue. Comments are kept by visit: going on to the next loses none."""

    def __init__(self) -> None:
        self.only = "all"
        self.chosen = ""
        self.ticked: frozenset[str] = frozenset()
        self.pages = Pages()
        self._remarks: dict[str, Remark] = {}

    def read(self, visit_id: str) -> None:
        """Go to a visit; the cursor stays in no comment."""
        for remark in self._remarks.values():
            remark.has_cursor = False
        self.chosen = visit_id

    def remark_on(self, visit: ToJudge) -> Remark:
        """The comment on a visit, begun or not."""
        if visit.id not in self._remarks:
            self._remarks[visit.id] = Remark(first_field(visit))
        return self._remarks[visit.id]

    def forget(self, visit_id: str) -> None:
        """The comment has been said."""
        self._remarks.pop(visit_id, None)

    def look_at_only(self, which: str) -> None:
        """Show one state of the queue, or all."""
        self.only, self.ticked = which, frozenset()
        self.pages.begin_anew()

    def tick(self, *visit_ids: str) -> None:
        """Tick visits; if all of them were ticked, take the ticks off."""
        given = frozenset(visit_ids)
        self.ticked = self.ticked - given if given <= self.ticked else self.ticked | given


def first_field(visit: ToJudge) -> str:
    """The field a comment is about unless another is pointed at."""
    filled = [fact.spec.name for fact in visit.facts]
    return next((name for name in (*USUALLY_COMMENTED, *filled) if name in filled), "")


def shown(queue: ReviewQueue, only: str) -> list[ToJudge]:
    """The visits that a filter lets through: all, pending or question."""
    return [visit for visit in queue.visits if only in ("all", visit.state)]
