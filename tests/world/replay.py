"""A bug report played again: the same changes with values of the same lengths, the same steps on the wire, and judged.

What others did is not in a report. A colleague makes the records that came from elsewhere, and sets a word of them when
an answer had brought them anew.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from field_app.actions.reporting import Report, Told, report
from field_app.local_store import Edit
from field_app.steps import ANSWERED, Step
from tests.world.fillers import filled
from tests.world.mix import CALM, MINUTE
from tests.world.office import Fate
from tests.world.oracle import judge
from tests.world.phone import Phone
from tests.world.timeline import Event, Timeline, timeline
from tests.world.world import World
from visit_core.change import Registers
from visit_core.error_codes import from_wire
from visit_core.errors import Unreachable
from visit_core.protocol import ErrorAnswer, SyncRequest, SyncResponse
from visit_core.stamp import instant

WORD = {"customer": "remark", "visit": "content"}
OF_THE_SERVER = (ANSWERED, "too_large", "wrong_epoch", "device_revoked")
NO_LIMIT = 10**9


@dataclass(slots=True)
class Replayed:
    """How it went: how many changes and steps, and the steps that ended otherwise than in the report."""

    changes: int = 0
    steps: int = 0
    otherwise: list[str] = field(default_factory=list)
    report: bytes = b""  # what the phone that played it would report


def replay(told: Report) -> Replayed:
    """Play it and judge it; Broken at the first promise that was not kept."""
    world = World(0, mix=CALM)
    try:
        player = Player(world, told)
        player.begins()
        for event in player.line.events:
            player.lives(event)
        player.ends()
        judge(world)
    except BaseException as broken:
        broken.add_note("\n".join(world.told[-12:]))
        raise
    finally:
        world.close()
    return player.came


class Player:
    """Who holds the phone of the report."""

    def __init__(self, world: World, told: Report) -> None:
        self._world, self._told = world, told
        self._phone = world.phones[0 if told.role == "rep" else 2]
        self._colleague = world.phones[1]
        self._asked: tuple[int, bytes] | None = None
        self._copies: list[tuple[int, str]] = []  # of the store, by the number it wanted next
        self._first_n = min((one.n for one in told.changes if one.n), default=1)
        self.line: Timeline = timeline(told)
        self.came = Replayed()

    def begins(self) -> None:
        """What came from elsewhere is there, and what was sent before the first known step has been sent."""
        own = {one.id for one in self._told.changes if one.op == "create"}
        theirs = {one.id: one.kind for one in self._told.changes if one.id not in own}
        for id, kind in theirs.items():
            self._colleague_writes(kind, id)
        self._meet(self._colleague, self._phone)
        for group in self.line.sent_before:
            self._keeps(group)
        self._meet(self._phone)
        self._copy(self._phone.store.progress().next_n)
        self._phone.sends = self._catches

    def lives(self, event: Event) -> None:
        """Time goes by, and then it happens."""
        self._world.passes(event.passed_ms)
        self._phone.clock.ahead_ms = event.ahead_ms
        if event.is_reboot:
            self._phone.clock.reboot()
            self._world.reboots[self._phone.store.me.device] += 1
            self._stops()
        if event.step is None:
            self._keeps(event.changes)
        else:
            self._steps(event.step, reached=event.reached_server)

    def ends(self) -> None:
        """All faults end. A failure that the report tells of is none of ours."""
        self.came.report = report(self._phone.store)
        self._stops()
        self._phone.failures.clear()
        self._phone.sends = self._world.post.sends
        self._world.drain()

    def _keeps(self, group: Sequence[Told]) -> None:
        edits = [
            Edit(one.op, one.kind, one.id, filled(one.kind, one.fields, seed=at, is_refused=bool(one.error)))
            for at, one in enumerate(group, start=self.came.changes)
        ]
        self._phone.keeps(*edits)
        self._world.writes_down(self._phone)
        self.came.changes += len(edits)
        self._world.tells("keeps", self._phone, len(edits))

    def _steps(self, step: Step, *, reached: bool) -> None:
        self._others_write(step)
        if self._asked is None:
            self._phone.syncs()
        ended = self._ends(step, *self._asked, reached=reached) if self._asked else "nothing to do"
        self.came.steps += 1
        self._world.tells("step", self._phone, step.ended or "unheard", ended or "unheard")
        if ended != step.ended:
            self.came.otherwise.append(f"step {self.came.steps}: {step.ended or 'unheard'}, now {ended or 'unheard'}")

    def _ends(self, step: Step, ticket: int, body: bytes, *, reached: bool) -> str:
        """How this step ends now: whatever ended it then befalls it again."""
        self._asked = None
        if step.ended == "wrong_epoch":
            self._world.office.puts_back(self._copy_before(step), self._world.chance.hex32())
        if step.ended == "device_revoked":
            self._world.office.revokes(self._phone.store.me.device)
        if step.ended in OF_THE_SERVER:
            return self._hears(ticket, body, len(body) - 1 if step.ended == "too_large" else NO_LIMIT)
        if reached:
            self._world.office.serves(self._phone.store.me.token, body, Fate(), NO_LIMIT)
        if step.ended:
            refused = Unreachable() if step.ended == "unreachable" else from_wire(step.ended, {})
            self._phone.hears(ticket, refused)
        else:
            self._stops()
        return step.ended

    def _hears(self, ticket: int, body: bytes, most: int) -> str:
        _, answer, is_good = self._world.office.serves(self._phone.store.me.token, body, Fate(), most)
        if not is_good:
            refused = ErrorAnswer.model_validate_json(answer)
            self._phone.hears(ticket, from_wire(refused.code, dict(refused.facts)))
            return refused.code
        told = SyncResponse.model_validate_json(answer)
        self._copy(told.expect_n)
        self._phone.hears(ticket, told)
        self._phone.was_told(told, life=self._world.office.restores)
        return ANSWERED

    def _others_write(self, step: Step) -> None:
        """What an answer brought from elsewhere has been written by then."""
        own = {one.id for one in self._told.changes if one.n in step.sent}
        rows = [row for row in step.first_rows if row.op == "put" and row.kind in WORD and row.id not in own]
        for row in rows:
            self._colleague_writes(row.kind, row.id)
        if rows:
            self._meet(self._colleague)

    def _colleague_writes(self, kind: str, id: str) -> None:
        word = WORD.get(kind, "remark")
        if self._colleague.store.view(kind, id):
            edit = Edit("set", kind, id, {word: self._world.chance.word()})
        else:
            edit = Edit("create", kind, id, self._begun(kind))
        self._colleague.keeps(edit)
        self._world.writes_down(self._colleague)

    def _begun(self, kind: str) -> Registers:
        owner = self._colleague.store.me.person
        if kind != "visit":
            return {"name": self._world.chance.word(), "owner_id": owner}
        begun: Registers = {"check_in_at": instant(self._colleague.store.now_ms() - MINUTE), "status": "done"}
        pending: Registers = {"review_state": "pending", "review_round": 1, "reviewed_by": None, "reviewed_at": None}
        return {"customer_id": self._world.chance.hex32(), "owner_id": owner, **begun, **pending}

    def _meet(self, *phones: Phone) -> None:
        for phone in phones:
            phone.syncs()
            self._world.passes(MINUTE)

    def _catches(self, _: Phone, ticket: int, asked: SyncRequest) -> None:
        self._asked = ticket, asked.model_dump_json(exclude_none=True).encode()

    def _stops(self) -> None:
        self._phone.restarts()
        self._asked = None

    def _copy(self, expect_n: int) -> None:
        self._copies.append((expect_n, self._world.office.copied()))

    def _copy_before(self, step: Step) -> str:
        """The store as it was when it had no more than the next answer of the report wanted."""
        later = self._told.steps[self._told.steps.index(step) + 1 :]
        wanted = next((one.expect_n for one in later if one.expect_n), 1) - self._first_n + 1
        return max((one for one in self._copies if one[0] <= wanted), default=self._copies[0])[1]
