"""Records as rows: `shown` is the JSON that devices get, ready for a page; `stamps` is the rest of the cells.

Of most records all registers were set at once, so `stamps` says once who set them and when, and what differs:
`{"b": [at, by, seq], "o": {name: [at, by, seq]}, "x": {name: [value, at, by, seq]}, "d": [name]}`. `o` are registers
that another change has set, `x` those that are not shown, `d` what is shown although nobody has set it. A fourth number
is the one that a change had before a restore lost it.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import Any

from pydantic_core import from_json, to_json

from sync_server.at_once import SetAtOnce
from sync_server.kept import StoredRecord
from sync_server.showing import ALWAYS, AT, TOLD, shown
from sync_server.store_sql.rows import Row
from visit_core.fields import fields_of
from visit_core.kinds import KINDS
from visit_core.kinds.own_record import is_own
from visit_core.merge import DELETED, Cell, Cells
from visit_core.rules.aging import AGING
from visit_core.stamp import instant_of

Told = tuple[Any, ...]
_SEQ, _VALUE = attrgetter("seq"), attrgetter("value")
_NOT_SHOWN = frozenset(TOLD)
HANGS_ON = {
    **{kind.kind_name: "customer_id" for kind in KINDS if "customer_id" in fields_of(kind)},
    **dict.fromkeys(AGING, "customer_id"),
    "conflict": "record_id",
    "customer": "household_id",
}
"""By kind, the register that says what a record hangs on."""


def record_row(team: str, record: StoredRecord) -> Told:
    """A record as its row, values in the order of the columns."""
    cells = record.cells
    if isinstance(cells, SetAtOnce) and cells.words:
        return _made_row(team, record, cells)
    told = to_json(shown(record, team)).decode()
    touched = max(map(AT, record.cells.values()))
    stamps = to_json(_stamps(record.cells)).decode()
    return team, record.id, record.kind, " ".join(record.scopes), told, stamps, touched, record.seq, _about(record)


def _made_row(team: str, record: StoredRecord, made: SetAtOnce) -> Told:
    """The same row of a record that one change has made, without asking each of its cells."""
    at, by, when = made.at, made.by, instant_of(made.at)
    told = f'"created_by":"{by}","updated_at":"{when}","updated_by":"{by}","team_id":"{team}"'
    words = f"{made.words[1:-1]}," if made.words != "{}" else ""
    shown = f'{{"created_at":"{when}","deleted":false,{words}{told}}}'
    stamps = f'{{"b":["{at}","{by}",{made.seq}],"d":["deleted"]}}'
    about = made.registers.get(_hangs_on(record.kind))
    hangs_on = about if isinstance(about, str) else None
    return team, record.id, record.kind, " ".join(record.scopes), shown, stamps, at, record.seq, hangs_on


def _about(record: StoredRecord) -> str | None:
    """What the record hangs on, for those kinds that are looked for by it."""
    cell = record.cells.get(_hangs_on(record.kind))
    return cell.value if cell and isinstance(cell.value, str) else None


@lru_cache(maxsize=256)
def _hangs_on(kind: str) -> str:
    """The register; empty for none."""
    return "customer_id" if is_own(kind) else HANGS_ON.get(kind, "")


def record_of(row: Row) -> StoredRecord:
    """A row as its record."""
    cells = _cells(from_json(row["shown"]), from_json(row["stamps"]))
    return StoredRecord(row["kind"], row["id"], tuple(row["scopes"].split()), cells, row["seq"])


def _stamps(cells: Cells) -> dict[str, Any]:
    first = next(iter(cells.values()))
    is_of_one = len(set(map(_SEQ, cells.values()))) == 1 and None not in map(_VALUE, cells.values())
    if is_of_one and DELETED not in cells and "created_at" in cells and _NOT_SHOWN.isdisjoint(cells):
        return {"b": _set_by(first), "d": [DELETED]}
    return _stamps_apart(cells)


def _stamps_apart(cells: Cells) -> dict[str, Any]:
    apart = [name for name, cell in cells.items() if cell.value is None or name in TOLD]
    set_by = {name: _set_by(cell) for name, cell in cells.items() if name not in apart}
    base = _commonest(list(set_by.values()))
    stamps: dict[str, Any] = {"b": base}
    others = {name: one for name, one in set_by.items() if one is not base and one != base}
    if others:
        stamps["o"] = others
    if apart:
        stamps["x"] = {name: (cells[name].value, *_set_by(cells[name])) for name in apart}
    unset = [name for name in ALWAYS if name not in set_by]
    return {**stamps, "d": unset} if unset else stamps


def _commonest(told: Sequence[Told]) -> Told:
    if not told or told.count(told[0]) == len(told):
        return told[0] if told else ()
    return Counter(told).most_common(1)[0][0]


def _set_by(cell: Cell) -> Told:
    return cell[1:] if cell.was else cell[1:4]


def _cells(told: Mapping[str, Any], stamps: Mapping[str, Any]) -> dict[str, Cell]:
    base, others, apart = stamps["b"], stamps.get("o", {}), stamps.get("x", {})
    unset = {*TOLD, *stamps.get("d", ())}
    cells = {name: Cell(value, *others.get(name, base)) for name, value in told.items() if name not in unset}
    return cells | {name: Cell(*cell) for name, cell in apart.items()}
