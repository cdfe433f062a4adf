"""Two people's values for one field: found when a change is merged, kept as a record of its own.

A value is overruled unseen when it was set by another device, under a number that the change does not cover.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from sync_server.kept import Key
from sync_server.lives import is_seen
from sync_server.merging import Merging, device_of
from visit_core.change import Registers
from visit_core.ids import SERVER, RecordId, derived_id, lead_scope, user_scope
from visit_core.merge import DELETED, Cell, Cells, is_gone
from visit_core.registers import group_of, rule_of
from visit_core.rules.reviewing import REVIEW_GROUP
from visit_core.stamp import Stamp, instant_of

TOLD = frozenset({"created_at", DELETED})
_FOLLOWERS = frozenset(REVIEW_GROUP[1:])  # a group gives one conflict, under its first register


@dataclass(frozen=True, slots=True)
class Clash:
    """One field, the value that stands and the one that was overruled."""

    register: str
    rule: Literal["last", "first", "delete", "reopened"]
    winner: Cell
    loser: Cell


@dataclass(frozen=True, slots=True)
class Arrival:
    """A change at the moment of its merge: its cells, and the record just before."""

    key: Key
    device: str
    base: int
    before: Cells
    mine: Mapping[str, Cell]
    resent: Stamp | None = None  # its stamp, if a restore had lost it and the device brought it back

    def is_unseen(self, cell: Cell) -> bool:
        """Whether the person could not know of that value."""
        return not is_seen(cell, self.base) and device_of(cell) != self.device


def clashes(merging: Merging, arrival: Arrival, now: Cells) -> Iterator[Clash]:
    """Every value that this change overrules unseen, or that overrules it; of a group all, so that both are whole.

    What a restore had lost may come back later than what had overruled it in sight: that is no clash either.
    """
    for register, mine in arrival.mine.items():
        before = arrival.before.get(register)
        if before is None or not _differs(arrival, register) or register in _FOLLOWERS or register == "created_at":
            continue
        theirs = before if arrival.is_unseen(before) else _joined(merging, arrival, register, before)
        if theirs is not None and not (arrival.resent and is_seen(mine, merging.base_of(arrival.key, theirs))):
            yield from _overruled(arrival.key[0], register, mine, theirs, now[register])
    yield from _across_a_tombstone(arrival, now)


def write_down(merging: Merging, arrival: Arrival, clash: Clash) -> RecordId:
    """Make the conflict a record, for the supervisors and for both people."""
    id = _id_of(arrival.key, clash)
    base = merging.value_as_of(arrival.key, clash.register, arrival.base)
    fields: Registers = {"rule": clash.rule, "base_value": base, "state": "open"}
    about: Registers = {"record_kind": arrival.key[0], "record_id": arrival.key[1], "field": clash.register}
    told = about | fields | _side("winner", clash.winner) | _side("loser", clash.loser)
    people = (user_scope(clash.loser.by), user_scope(clash.winner.by))
    merging.server_sets(
        ("conflict", id),
        told,
        by=clash.loser.by,
        op="create",
        scopes=(lead_scope(merging.team), *people),
        after=arrival.resent,
    )
    return id


def _differs(arrival: Arrival, register: str) -> bool:
    """Whether it says something else than what stood, or something that is set together with it does."""
    group = [name for name in group_of(arrival.key[0], register) if name in arrival.mine and name in arrival.before]
    return any(arrival.mine[name].value != arrival.before[name].value for name in group)


def _id_of(key: Key, clash: Clash) -> RecordId:
    """The same clash found again, as after a restore, is the same conflict: what was said of it finds it."""
    later = max(clash.winner.at, clash.loser.at)
    about = (*key, clash.register, clash.rule, clash.winner.at, clash.loser.at)
    return derived_id(Stamp.parse(later).wall_ms, " ".join(about))


def _joined(merging: Merging, arrival: Arrival, register: str, before: Cell) -> Cell | None:
    """Another's value that this device had happened to set, too: no conflict then, but one now that it changes it.

    Found by a simulated world: Ana sets green, Ben sets green and then red, and nobody had told Ana.
    """
    if is_seen(before, arrival.base):
        return None
    others = (cell for cell in merging.cells_since(arrival.key, register, arrival.base) if arrival.is_unseen(cell))
    return next((cell for cell in others if cell.value == before.value), None)


def _overruled(kind: str, register: str, mine: Cell, theirs: Cell, stands: Cell) -> Iterator[Clash]:
    loser = theirs if stands.at == mine.at else mine
    if device_of(loser) != SERVER:
        yield Clash(register, rule_of(kind)(register), stands, loser)


def _across_a_tombstone(arrival: Arrival, now: Cells) -> Iterator[Clash]:
    if not is_gone(now):
        return
    stone, mine = now[DELETED], arrival.mine.get(DELETED)
    if mine is not None and stone.at == mine.at:
        yield from (Clash(DELETED, "delete", stone, edit) for edit in _edits_unseen(arrival))
    elif mine is None and arrival.is_unseen(stone):
        yield Clash(DELETED, "delete", stone, _as_one(arrival.mine))


def _edits_unseen(arrival: Arrival) -> Iterator[Cell]:
    """What others had edited, one cell for each of their devices."""
    by_device: dict[str, dict[str, Cell]] = {}
    for register, cell in arrival.before.items():
        if arrival.is_unseen(cell) and device_of(cell) != SERVER:
            by_device.setdefault(device_of(cell), {})[register] = cell
    yield from (edit for cells in by_device.values() if (edit := _as_one(cells)).value)


def _as_one(cells: Mapping[str, Cell]) -> Cell:
    last = max(cells.values(), key=lambda cell: cell.at)
    values = {register: cell.value for register, cell in cells.items() if register not in TOLD}
    return Cell(values, last.at, last.by, last.seq)


def _side(name: str, cell: Cell) -> Registers:
    return {
        f"{name}_value": cell.value,
        f"{name}_by": cell.by,
        f"{name}_at": instant_of(cell.at),
        f"{name}_device": device_of(cell),
    }
