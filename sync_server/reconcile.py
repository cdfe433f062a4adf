"""What becomes of a push: each change is right, then valid, then merged, then numbered; or it is refused, alone or with
those that were sent to stand or fall with it.

Idempotent by the device's own numbers: what was taken once gets its first answer again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from itertools import chain, groupby

from sync_server.at_once import SetAtOnce
from sync_server.auth import Principal
from sync_server.clock import Clocks, effective, tell
from sync_server.conflicts import Arrival, clashes, write_down
from sync_server.creations import Creations
from sync_server.entering import Answered, Merged, answered, made_entry, merged_entry, refused_entry
from sync_server.kept import DeviceMark, Event, Logged
from sync_server.lives import is_seen, life_of
from sync_server.merging import Merging
from sync_server.parting import refuse_late_undo
from sync_server.reasons import refuse_unreasoned
from sync_server.received import note_told
from sync_server.review import STATE, reopening
from sync_server.rights import scope_for, scope_of_sealed
from sync_server.seals import is_sealed, seal_of_change
from sync_server.sent import Push, Sent
from sync_server.store import Ledger
from sync_server.wanted_photos import photographed, refuse_unwanted_photo, visits_of_photos
from sync_server.wanted_places import asked_about, wanted
from visit_core.change import Change, Registers
from visit_core.custom import is_custom
from visit_core.errors import ClonedDevice, NotAllowed, NotValid, VisitError
from visit_core.fields import NO_CUSTOM, Specs
from visit_core.merge import DELETED, Cell
from visit_core.protocol import NOT_TOGETHER, ChangeResult, ErrorInfo, FieldStamp, Resent, Status
from visit_core.registers import read_registers
from visit_core.rules.rights import watchers_of
from visit_core.shapes import Moment
from visit_core.stamp import Stamp, instant

_LATEST_MS = 7_226_582_400_000  # the year 2199: no date is read beyond it


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a push; `expect_n` is the first number not yet here."""

    results: Sequence[Answered]
    expect_n: int
    server_ms: int


def take(ledger: Ledger, principal: Principal, push: Push, now_ms: int) -> Taken:
    """Merge and keep a device's changes, in order, up to the first gap in their numbers."""
    keys = {sent.key for sent in push.changes if sent.key}.union(visits_of_photos(push.changes))
    merging = Merging(ledger, principal.team, now_ms, keys)
    merging.expect(chain(asked_about(push.changes), photographed(push.changes)))
    reception = _Reception(merging, principal, push, _known(ledger, principal.device, push.changes))
    results: list[Answered] = []
    for _, group in groupby(push.changes, key=_company):
        together = list(group)
        if not _follows(together, reception.last_n):
            break
        results += reception.answers(together)
    reception.note_offset()
    note_told(merging, ledger.blobs, push.changes)
    ledger.keep(merging.work())
    return Taken(results, reception.last_n + 1, merging.server_ms)


def _company(sent: Sent) -> tuple[int, int]:
    """The same for neighbours that stand or fall together, another for each that comes alone."""
    return (0, sent.tx) if sent.tx is not None else (1, sent.n)


def _follows(together: Sequence[Sent], last_n: int) -> bool:
    """Whether no number is missing, neither before nor within."""
    for sent in together:
        if sent.n > last_n + 1:
            return False
        last_n = max(last_n, sent.n)
    return True


def _known(ledger: Ledger, device: str, changes: Sequence[Sent]) -> dict[int, Logged]:
    numbers = [sent.n for sent in changes]
    return dict(ledger.known(device, min(numbers), max(numbers))) if numbers else {}


class _Reception:
    """One push at the door: who brought it, and what of it was here before."""

    def __init__(self, merging: Merging, principal: Principal, push: Push, known: dict[int, Logged]) -> None:
        self._merging = merging
        self._principal = principal
        self._sent_at = push.request.sent
        self._known = known
        self._resent = {resent.n: resent for resent in push.request.resent or ()}
        self._creations = Creations(merging, principal)
        self._now = _moment_at(min(merging.server_ms, _LATEST_MS))

    @property
    def last_n(self) -> int:
        """The last number taken from this device."""
        return self._merging.mark(self._principal.device).last_n

    def answers(self, together: Sequence[Sent]) -> list[Answered]:
        """What became of changes that stand or fall together, now or when they first came."""
        if len(together) == 1 and (made := self._made(together[0])):
            return [made]
        known = [_again(sent, self._known.get(sent.n)) for sent in together if sent.n <= self.last_n]
        return known + self._first_answers(together[len(known) :])

    def _made(self, sent: Sent) -> Answered | None:
        """A record that the change makes, if it does nothing else; None where more has to be looked at."""
        told, key, now_ms = sent.told, sent.key, self._merging.server_ms
        if told is None or key is None or sent.n <= self.last_n or sent.n in self._resent:
            return None
        scopes = self._creations.scopes_of(sent, self._now)
        if scopes is None:
            return None
        when = tell(Clocks(**told["clock"]), self._sent_at, now_ms)
        stamp = self._stamp(told["at"], when.true_ms, ())
        registers = {**sent.fields, "created_at": instant(stamp.wall_ms)}
        made = SetAtOnce(registers, str(stamp), told["by"], self._merging.next_seq, words=sent.words)
        self._merging.make(key, made, scopes)
        seal = self._seal(sent.n, sent.hash, made.at, made.seq)
        entry = made_entry(sent, made, when.status, self._principal, seal=seal, now_ms=now_ms)
        self._log(entry)
        return Answered(sent.n, "applied", made.seq, entry.result)

    def _first_answers(self, together: Sequence[Sent]) -> list[Answered]:
        """All are tried, so that each flaw is told; with one flaw nothing of them is merged."""
        before = self._merging.standing() if len(together) > 1 else None
        results: list[Answered] = []
        why: dict[int, VisitError] = {}
        for sent in together:
            try:
                results.append(self._accept(sent))
            except VisitError as refused:
                why[sent.n] = refused
        if not why:
            return results
        if before:
            self._merging.back_to(before)
        company = NotValid(NOT_TOGETHER, n=min(why))
        return [self._refuse(sent, why.get(sent.n, company)) for sent in together]

    def note_offset(self) -> None:
        """Remember how far the device's clock is off."""
        mark = self._merging.mark(self._principal.device)
        self._merging.move_mark(replace(mark, offset_ms=self._merging.server_ms - self._sent_at.wall_ms))

    def _accept(self, sent: Sent) -> Answered:
        if sent.change is None:
            raise sent.flaw or NotValid("shape")
        return self._merge(sent, sent.change)

    def _merge(self, sent: Sent, change: Change) -> Answered:
        key = (change.kind, change.id)
        custom = self._merging.custom(change.kind) if any(map(is_custom, change.fields)) else NO_CUSTOM
        resent, standing = self._brought_back(sent), self._merging.record(key)
        scope = (
            scope_of_sealed(self._principal, change, standing)
            if resent
            else scope_for(self._principal, change, standing, custom)
        )
        registers = _registers(change, _moment(change, self._merging.server_ms), custom)
        if not resent:
            refuse_unreasoned(self._merging, key, registers, change, self._principal.device)
        told = tell(change.clock, self._sent_at, self._merging.server_ms)
        before = self._merging.cells(key)
        seen = [before[name].at for name in registers if name in before and is_seen(before[name], change.base)]
        stamp = Stamp.parse(resent.stamp) if resent else self._stamp(change.at, told.true_ms, seen)
        was = resent.seq if resent else 0
        if not resent:
            refuse_unwanted_photo(self._merging, key, registers, stamp)
            refuse_late_undo(self._merging, key, registers, stamp)
        kept = wanted(self._merging, key, registers, stamp)
        registers = kept.registers
        if change.op == "create":
            registers["created_at"] = instant(stamp.wall_ms)
        scopes = (scope, *watchers_of(change.kind, self._principal.team))
        mine = self._merging.put(key, registers, stamp, by=change.by, scopes=scopes, was=was)
        lost = stamp if resent else None
        result = self._outcome(sent, Arrival(key, self._principal.device, change.base, before, mine, lost))
        if kept.left_out:
            result = result.model_copy(update={"error": _told(kept.left_out)})
            sent, change = replace(sent, said=kept.said(sent.said)), kept.of(change)
        merged = Merged(change, told, registers, was)
        entry = merged_entry(sent, result, merged, self._principal, self._merging.server_ms)
        self._log(entry)
        return Answered(sent.n, result.status, result.seq, entry.result)

    def _brought_back(self, sent: Sent) -> Resent | None:
        """What an earlier life of the store had made of this very change, if our seal is on it."""
        resent = self._resent.get(sent.n)
        if resent is None or life_of(resent.seq) >= self._merging.life:
            return None
        return resent if is_sealed(self._merging, self._principal.device, sent, resent) else None

    def _seal(self, n: int, name: str, stamp: str, seq: int) -> str:
        """A seal on what was made of the change of that number and print."""
        return seal_of_change(self._merging, self._principal.device, n, name, stamp, seq)

    def _stamp(self, raw: str, true_ms: int, seen: Sequence[str]) -> Stamp:
        """After the device's last one and after the stamps of the values that the person saw."""
        last, device = self._merging.mark(self._principal.device).last_eff, self._principal.device
        floors = [*seen, last] if last else seen
        return effective(Stamp.known(raw), true_ms, self._merging.server_ms, device=device, floors=floors)

    def _outcome(self, sent: Sent, arrival: Arrival) -> ChangeResult:
        stamp, seq = next((cell.at, cell.seq) for cell in arrival.mine.values())
        lost = _lost(arrival, self._merging.cells(arrival.key)) if arrival.before else {}
        conflict = self._write_conflicts(arrival) if arrival.before else None
        status: Status = "merged" if lost or conflict else "applied"
        seal = self._seal(sent.n, sent.hash, stamp, seq)
        return ChangeResult(n=sent.n, status=status, stamp=stamp, seq=seq, lost=lost, conflict=conflict, seal=seal)

    def _write_conflicts(self, arrival: Arrival) -> str | None:
        """Keep what was overruled unseen, open a judged visit again; give the first conflict's id."""
        now = self._merging.cells(arrival.key)
        found = list(clashes(self._merging, arrival, now))
        opening = reopening(arrival, now, self._principal.role)
        if opening:
            found = [clash for clash in found if clash.register != STATE]
            found += [opening.overruled] if opening.overruled else []
            by, after = self._principal.person, arrival.resent
            self._merging.server_sets(arrival.key, opening.registers, by=by, after=after)
        written = [write_down(self._merging, arrival, clash) for clash in found]
        return written[0] if written else None

    def _refuse(self, sent: Sent, why: VisitError) -> Answered:
        result = ChangeResult(n=sent.n, status="rejected", error=_told(why))
        if isinstance(why, NotAllowed):
            self._merging.events.append(Event(self._principal.person, "change_denied", {"n": sent.n, **why.facts}))
        entry = refused_entry(sent, result, self._principal, self._merging.server_ms)
        self._log(entry)
        return Answered(sent.n, result.status, result.seq, entry.result)

    def _log(self, logged: Logged) -> None:
        last_eff = logged.eff or self._merging.mark(logged.device).last_eff
        self._merging.log(logged)
        self._merging.move_mark(DeviceMark(logged.device, logged.n, last_eff))
        self._known[logged.n] = logged


def _told(why: VisitError) -> ErrorInfo:
    field = why.field if isinstance(why, NotValid) else None
    return ErrorInfo(code=why.code, field=field, facts=why.facts)


def _again(sent: Sent, logged: Logged | None) -> Answered:
    if logged is None:
        return answered(ChangeResult(n=sent.n, status="duplicate"))
    if not sent.is_same_as(logged):
        raise ClonedDevice(n=sent.n, device=logged.device)
    return answered(first_answer(logged))


def first_answer(logged: Logged) -> ChangeResult:
    """What was said of a change; a refusal is still a refusal, all else is a duplicate."""
    first = ChangeResult.model_validate_json(logged.result)
    return first if first.status == "rejected" else first.model_copy(update={"status": "duplicate"})


def _registers(change: Change, moment: Moment, custom: Specs) -> Registers:
    """What the change sets, in canonical form."""
    registers = read_registers(change.kind, change.fields, moment, custom)
    if change.op in ("delete", "restore"):
        registers[DELETED] = change.op == "delete"
    if not registers and change.op == "set":
        raise NotValid("empty", field="fields")
    return registers


def _moment(change: Change, server_ms: int) -> Moment:
    """The later of our clock and the device's: nothing is refused because a clock is wrong."""
    return _moment_at(min(max(server_ms, change.clock.wall_ms), _LATEST_MS))


@lru_cache(maxsize=8)
def _moment_at(now_ms: int) -> Moment:
    return Moment(now_ms, datetime.fromtimestamp(now_ms / 1000, UTC).date(), slack_days=1)


def _lost(arrival: Arrival, now: Mapping[str, Cell]) -> dict[str, FieldStamp]:
    """Where another's value stands, although this change said otherwise."""
    return {
        name: FieldStamp(at=now[name].at, seq=now[name].seq, by=now[name].by)
        for name, mine in arrival.mine.items()
        if name != "created_at" and now[name].at != mine.at and now[name].value != mine.value
    }
