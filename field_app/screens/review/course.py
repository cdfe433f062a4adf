"""A supervisor's way through the queue: which visit is read, what comes next, what is said of it."""

from dataclasses import dataclass

from field_app.actions.review_queue import ReviewQueue, ToJudge, approve_all
from field_app.screens.doing import Do
from field_app.screens.look import Look
from field_app.screens.review.judging import Desk, Remark, shown
from field_app.screens.review.verdict import say_verdict
from visit_core.errors import VisitError
from visit_core.rules.reviewing import Verdict


@dataclass(frozen=True, slots=True)
class Course:
    """The queue as it is now, and a supervisor before it."""

    queue: ReviewQueue
    desk: Desk
    do: Do
    look: Look

    @property
    def visible(self) -> list[ToJudge]:
        """What the filter lets through."""
        return shown(self.queue, self.desk.only)

    @property
    def visit(self) -> ToJudge | None:
        """The visit that is read: the chosen one, else the first."""
        visible = self.visible
        return next((visit for visit in visible if visit.id == self.desk.chosen), next(iter(visible), None))

    @property
    def at(self) -> int:
        """Its place among the visible, from 0."""
        visit = self.visit
        return self.visible.index(visit) if visit else 0

    def remark(self) -> Remark:
        """The comment on the visit that is read."""
        return self.desk.remark_on(self.visit) if self.visit else Remark()

    def move(self, by: int) -> None:
        """Read the one before or after."""
        visible = self.visible
        if visible:
            self.desk.read(visible[min(max(self.at + by, 0), len(visible) - 1)].id)

    async def judge(self, verdict: Verdict) -> None:
        """Say it, and read the next one; where it is refused, stay."""
        visit = self.visit
        if visit is None:
            return
        following = self._after(visit)
        # Chosen before it is kept: a second key that comes meanwhile is about the next visit, not this one again.
        self.desk.read(following)
        if await say_verdict(visit, verdict, self.desk.remark_on(visit), self.do, self.look):
            self.desk.forget(visit.id)
        else:
            self.desk.read(visit.id)

    async def approve_ticked(self) -> None:
        """Approve all that are ticked and still wait, in one go."""
        ticked = [visit.id for visit in self.queue.of("clean") if visit.id in self.desk.ticked]
        said = self.look.says("review.said.batch", count=len(ticked))
        answer = await self.do.act(lambda store: approve_all(store, ticked), said)
        if not isinstance(answer, VisitError):
            self.desk.ticked = frozenset()

    def _after(self, visit: ToJudge) -> str:
        visible = self.visible
        at = visible.index(visit)
        rest = visible[at + 1 :] or visible[:at][-1:]
        return rest[0].id if rest else ""
