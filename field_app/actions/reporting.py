"""A bug report: what this device did and heard, in ids, stamps, counts and lengths, without what anybody entered."""

import json
from typing import Literal

from pydantic import BaseModel, ConfigDict, JsonValue

from field_app.clock import evidence
from field_app.entry import Entry
from field_app.local_store import LocalStore
from field_app.outbox import Outbox
from field_app.steps import Step, Steps
from visit_core.change import ClockEvidence, Op
from visit_core.fields import fields_of
from visit_core.kinds import known
from visit_core.protocol import Role
from visit_core.version import VERSION

MOST_CHANGES = 500
_OURS = frozenset({"custom", "deleted", "created_at", "created_by", "updated_at", "updated_by", "team_id"})
Sort = Literal["text", "number", "yes_no", "list", "nothing"]


class Measured(BaseModel):
    """One register and how long its value was.

    The name stands only where we declared it: what an organisation or a person named is `#1`, `#2`, the same each time.
    """

    model_config = ConfigDict(frozen=True)

    name: str
    sort: Sort
    length: int  # characters of a text, digits of a number, characters of a list as JSON


class Told(BaseModel):
    """One change of this device, without what it said."""

    model_config = ConfigDict(frozen=True)

    n: int | None
    op: Op
    kind: str
    id: str
    at: str
    clock: ClockEvidence
    base: int
    tx: int | None
    by: str
    seq: int | None
    error: str | None
    fields: tuple[Measured, ...]


class Report(BaseModel):
    """All of it, as it stands in the file."""

    format: Literal["field-visits-report"] = "field-visits-report"
    version: Literal[1] = 1
    app: str
    device: str
    role: Role
    made: ClockEvidence
    progress: dict[str, JsonValue]
    records: dict[str, int]  # by kind, how many the server has sent
    steps: tuple[Step, ...]
    changes: tuple[Told, ...]  # the last that are still here, in the order they were made


def report(store: LocalStore) -> bytes:
    """The report's file, UTF-8 JSON."""
    outbox, names = Outbox(store.together), _Names()
    made = {entry.at: entry for entry in (*outbox.acknowledged(), *outbox.entries(), *outbox.quarantined())}
    last = sorted(made.values(), key=lambda entry: entry.at)[-MOST_CHANGES:]
    told = Report(
        app=VERSION,
        device=store.me.device,
        role=store.me.role,
        made=evidence(store.clock),
        progress=store.progress().model_dump(mode="json"),
        records=_records(store),
        steps=tuple(Steps(store.together, store.clock).all()),
        changes=tuple(_told(entry, names) for entry in last),
    )
    return told.model_dump_json(indent=1).encode("utf-8")


class _Names:
    """What stands for a name that somebody gave: the same for the same one."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def of(self, kind: str, register: str) -> str:
        """The register's name as far as it is ours."""
        name, dot, member = register.partition(".")
        ours = known(kind)
        declared = ours is not None and name in fields_of(ours)
        first = name if declared or name in _OURS else self._number(name)
        return f"{first}.{self._number(f'{name}.{member}')}" if dot else first

    def _number(self, given: str) -> str:
        return f"#{self._numbers.setdefault(given, len(self._numbers) + 1)}"


def _told(entry: Entry, names: _Names) -> Told:
    all_of_it = entry.told()
    said = {name: all_of_it[name] for name in ("n", "op", "kind", "id", "at", "clock", "base", "tx", "by", "seq")}
    fields = tuple(
        Measured(name=names.of(entry.kind, name), sort=_sort(value), length=_length(value))
        for name, value in entry.fields.items()
    )
    return Told(**said, error=entry.error.code if entry.error else None, fields=fields)


def _records(store: LocalStore) -> dict[str, int]:
    db = store.together
    tables = sorted(name for name in db.tables() if name.startswith("base."))
    return {name.removeprefix("base."): len(db.rows_of(name)) for name in tables}


def _sort(value: JsonValue) -> Sort:
    match value:
        case None:
            return "nothing"
        case bool():
            return "yes_no"
        case int() | float():
            return "number"
        case str():
            return "text"
    return "list"


def _length(value: JsonValue) -> int:
    match value:
        case None | bool():
            return 0
        case str():
            return len(value)
    return len(json.dumps(value, ensure_ascii=False))
