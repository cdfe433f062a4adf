"""The last steps of this device on the wire: how much was said and how it ended, never what was said.

They are for a bug report, and bounded. A step that sends something is kept in the commit that numbers it, one that only
reads in the commit of its answer: no sync waits for a disk because of them.
"""

from contextlib import suppress

from pydantic import BaseModel, ConfigDict

from field_app.clock import DeviceClock, evidence
from field_app.vault.database import VaultDB
from field_app.vault.table import VaultTable
from visit_core.change import ClockEvidence
from visit_core.errors import VisitError
from visit_core.protocol import PullResponse, SyncRequest, SyncResponse

MOST_STEPS = 100
MOST_ROWS = 20
ANSWERED = "answered"


class ReadRow(BaseModel):
    """One row of an answer: which record, and how many bytes it was."""

    model_config = ConfigDict(frozen=True)

    kind: str
    id: str
    seq: int
    op: str
    bytes: int


class Step(BaseModel):
    """One exchange, as this device knows of it."""

    model_config = ConfigDict(frozen=True)

    after: str | None = None  # the device's last stamp when it asked
    clock: ClockEvidence
    epoch: str | None = None
    sent: tuple[int, ...] = ()  # the numbers of the changes in it
    resent: int = 0
    bytes: int = 0  # of the request
    cursors: dict[str, int] = {}
    ended: str = ""  # `answered`, the code of a refusal, or nothing: the app stopped before it heard
    server_ms: int | None = None
    told: dict[int, str] = {}  # by number, what became of it
    rows: int = 0
    first_rows: tuple[ReadRow, ...] = ()
    scopes: int | None = None  # how many scopes, where they changed
    expect_n: int | None = None
    safe_n: int | None = None
    head: int | None = None
    more: bool = False
    resync: bool = False


class Steps:
    """The table of the last steps; one of these lives as long as a sync does."""

    def __init__(self, db: VaultDB, clock: DeviceClock) -> None:
        self._db, self._clock = db, clock
        self._place = 0  # of the step under way, once it is written down
        self._step: Step | None = None

    def asked(self, request: SyncRequest, after: str | None) -> None:
        """This is about to leave; what sends nothing is not written down before it has an end."""
        self._step = Step(
            after=after,
            clock=evidence(self._clock),
            epoch=request.epoch,
            sent=tuple(change.n for change in request.changes),
            resent=len(request.resent or ()),
            bytes=len(request.model_dump_json(exclude_none=True)),
            cursors=request.pull.cursors if request.pull else {},
        )
        self._place = 0
        if request.changes:
            self._keep()

    def answered(self, answer: SyncResponse) -> None:
        """The server said so; part of the commit that takes it in."""
        told: dict[str, object] = {
            "ended": ANSWERED,
            "server_ms": answer.server_ms,
            "told": {result.n: result.status for result in answer.results},
            "expect_n": answer.expect_n,
            "safe_n": answer.safe_n,
        }
        self._ended(told | (_page(answer.pull) if answer.pull else {}))

    def refused(self, code: str) -> None:
        """It ended otherwise. Where even that cannot be kept, nothing is: a report may never stop a sync."""
        with suppress(VisitError):
            self._ended({"ended": code})

    def all(self) -> list[Step]:
        """The last steps, oldest first."""
        return [Step.model_validate(dict(self._table.row(place) or {})) for place in self._places()]

    def _ended(self, told: dict[str, object]) -> None:
        if self._step:
            self._step = self._step.model_copy(update=told)
            self._keep()

    def _keep(self) -> None:
        if self._step is None:
            return
        places = self._places()
        self._place = self._place or (places[-1] + 1 if places else 1)
        with self._db.transaction():
            self._table.put_many({self._place: self._step.model_dump(mode="json", exclude_defaults=True)})
            old = [place for place in places if place <= self._place - MOST_STEPS]
            if old:
                self._table.remove(doc_ids=old)

    def _places(self) -> list[int]:
        return sorted(self._table.marks())

    @property
    def _table(self) -> VaultTable:
        return self._db.rows_of("steps")


def _page(page: PullResponse) -> dict[str, object]:
    first = tuple(
        ReadRow(kind=row.kind, id=row.id, seq=row.seq, op=row.op, bytes=len(row.model_dump_json()))
        for row in page.rows[:MOST_ROWS]
    )
    scopes = len(page.scopes) if page.scopes is not None else None
    told = {"rows": len(page.rows), "first_rows": first, "scopes": scopes, "head": page.head}
    return {**told, "more": page.more, "resync": bool(page.resync)}
