"""Rows of the tables to values of the store, and back."""

import json
from collections.abc import Mapping
from operator import attrgetter
from typing import Any

from sqlalchemy import RowMapping

from sync_server.kept import Device, DeviceMark, Logged, StoredRecord
from sync_server.schema import change_log
from sync_server.store_sql.ready import Values
from visit_core.change import Registers
from visit_core.merge import DELETED
from visit_core.stamp import instant_of

Row = RowMapping | Mapping[str, Any]

_PLAIN = [name for name in Logged._fields if name not in ("registers", "is_as_said")]
_NAMES = [column.name for column in change_log.c]
_BEFORE = attrgetter(*_NAMES[1 : _NAMES.index("registers")])
_AFTER = attrgetter(*_NAMES[_NAMES.index("registers") + 1 :])
_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def text_of(value: object) -> str:
    """JSON without blanks; refuses what JSON has no word for."""
    return _ENCODER.encode(value)


def feed_rows(team: str, record: StoredRecord) -> list[Values]:
    """The rows that tell every scope of a record how it stands now."""
    return [(team, scope, record.seq, record.kind, record.id, "put") for scope in record.scopes]


def logged_row(team: str, logged: Logged) -> Values:
    """A logged change as its row; registers that stand in the change as it came are not written twice."""
    registers = "" if logged.is_as_said else text_of(logged.registers)
    return team, *_BEFORE(logged), registers, *_AFTER(logged)


def logged_of(row: Row) -> Logged:
    """A row as its logged change."""
    plain = {name: row[name] for name in _PLAIN}
    return Logged(**plain, registers=json.loads(row["registers"]) if row["registers"] else _said(row))


def _said(row: Row) -> Registers:
    """The registers of a change that came in canonical form."""
    said = json.loads(row["payload"])
    registers: Registers = said.get("fields", {})
    if said["op"] in ("delete", "restore"):
        registers[DELETED] = said["op"] == "delete"
    return registers | ({"created_at": instant_of(row["eff"])} if said["op"] == "create" else {})


def mark_row(team: str, mark: DeviceMark) -> Values:
    """How far a device was taken, as its row."""
    return team, mark.device, mark.last_n, mark.last_eff, mark.offset_ms


def device_of(row: RowMapping) -> Device:
    """A row of `device`, joined with its mark, as a device."""
    return Device(
        row["team_id"],
        row["device"],
        row["person"],
        row["token_hash"],
        row["enrolled_ms"],
        row["standing"],
        row["label"],
        row["last_n"] or 0,
    )
