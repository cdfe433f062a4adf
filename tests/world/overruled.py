"""I8: every value of one person that another overruled unseen is in the conflict log. Worked out anew from the log.

Only for runs without a restore: there the order of numbers is the order in which things came.
"""

import json
from collections import defaultdict
from dataclasses import dataclass

from pydantic import JsonValue

from sync_server.kept import Logged
from tests.world.books import SERVER, Books, Key
from tests.world.watch import Broken
from tests.world.words import is_once
from tests.world.world import World

NOT_TOLD = {"created_at", "review_state", "review_round", "reviewed_by", "reviewed_at"}


@dataclass(frozen=True, slots=True)
class Standing:
    """The value of one register as the changes so far leave it."""

    value: JsonValue
    eff: str
    seq: int

    @property
    def device(self) -> str:
        """Who set it."""
        return self.eff[-8:]


def check_overruled(world: World, books: Books) -> None:
    """Broken for a value that was overruled unseen and that nobody was told of."""
    if world.office.restores:
        return
    told = {_told(record.cells) for (kind, _), record in books.records.items() if kind == "conflict"}
    standing: dict[Key, dict[str, Standing]] = defaultdict(dict)
    numbered = sorted((one for one in books.log if one.seq), key=lambda one: one.seq or 0)
    for logged in numbered:
        held = standing[logged.kind, logged.id]
        for register, value in logged.registers.items():
            mine = Standing(value, logged.eff, logged.seq or 0)
            _check_one(logged, register, held.get(register), mine, told)
            held[register] = _stands(logged.kind, register, held.get(register), mine)
        _check_tombstone(logged, held.get("deleted"), told)


def _check_one(
    logged: Logged, register: str, before: Standing | None, mine: Standing, told: set[tuple[str, ...]]
) -> None:
    if before is None or before.value == mine.value or register in NOT_TOLD or logged.device == SERVER:
        return
    if before.device == logged.device or before.seq <= _base(logged):
        return
    now = _stands(logged.kind, register, before, mine)
    loser = before if now is mine else mine
    if loser.device != SERVER and (logged.id, register, _text(loser.value), loser.device) not in told:
        raise Broken("overruled_unheard", logged.kind, logged.id, register, loser.device)


def _check_tombstone(logged: Logged, stone: Standing | None, told: set[tuple[str, ...]]) -> None:
    """An edit under a tombstone that its author had not seen."""
    if stone is None or stone.value is not True or "deleted" in logged.registers or logged.device == SERVER:
        return
    unseen = stone.seq > _base(logged) and stone.device != logged.device
    if unseen and not any(one[:2] == (logged.id, "deleted") and one[3] == logged.device for one in told):
        raise Broken("edit_of_deleted_unheard", logged.kind, logged.id, logged.device)


def _stands(kind: str, register: str, before: Standing | None, mine: Standing) -> Standing:
    if before is None:
        return mine
    if is_once(kind, register):
        return min(before, mine, key=lambda one: (one.value is None, one.eff, _text(one.value)))
    return max(before, mine, key=lambda one: (one.eff, _text(one.value)))


def _told(cells: object) -> tuple[str, ...]:
    said = {name: cell.value for name, cell in cells.items()}  # type: ignore[attr-defined]
    return (
        str(said.get("record_id")),
        str(said.get("field")),
        _text(said.get("loser_value")),
        str(said.get("loser_device")),
    )


def _base(logged: Logged) -> int:
    return int(json.loads(logged.payload).get("base", 0))


def _text(value: JsonValue) -> str:
    return json.dumps(value, sort_keys=True)
