"""Rows of the tables to values of the store, and back."""

import json
from typing import Any

from pydantic import JsonValue
from sqlalchemy import RowMapping

from sync_server.kept import Device, DeviceMark, Logged, StoredRecord
from visit_core.merge import Cell

Row = dict[str, Any]
_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def text_of(value: object) -> str:
    """JSON without blanks; refuses what JSON has no word for."""
    return _ENCODER.encode(value)


def record_row(team: str, record: StoredRecord) -> Row:
    """A record as its row."""
    cells = {name: _told(cell) for name, cell in record.cells.items()}
    return {
        "team_id": team,
        "id": record.id,
        "kind": record.kind,
        "scopes": " ".join(record.scopes),
        "cells": text_of(cells),
        "seq": record.seq,
    }


def _told(cell: Cell) -> tuple[JsonValue, ...]:
    told = (cell.value, cell.at, cell.by, cell.seq)
    return (*told, cell.was) if cell.was else told


def record_of(row: RowMapping) -> StoredRecord:
    """A row as its record."""
    cells: dict[str, tuple[JsonValue, str, str, int]] = json.loads(row["cells"])
    return StoredRecord(
        row["kind"],
        row["id"],
        tuple(row["scopes"].split()),
        {name: Cell(*cell) for name, cell in cells.items()},
        row["seq"],
    )


def feed_rows(team: str, record: StoredRecord) -> list[Row]:
    """The rows that tell every scope of a record how it stands now."""
    told = {"team_id": team, "kind": record.kind, "id": record.id, "seq": record.seq, "op": "put"}
    return [{**told, "scope": scope} for scope in record.scopes]


def logged_row(team: str, logged: Logged) -> Row:
    """A logged change as its row."""
    plain = {name: getattr(logged, name) for name in Logged.__slots__ if name != "registers"}
    return {"team_id": team, **plain, "registers": text_of(logged.registers)}


def logged_of(row: RowMapping) -> Logged:
    """A row as its logged change."""
    plain = {name: row[name] for name in Logged.__slots__ if name != "registers"}
    return Logged(**plain, registers=json.loads(row["registers"]))


def mark_row(team: str, mark: DeviceMark) -> Row:
    """How far a device was taken, as its row."""
    return {
        "team_id": team,
        "device": mark.device,
        "last_n": mark.last_n,
        "last_eff": mark.last_eff,
        "offset_ms": mark.offset_ms,
    }


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
