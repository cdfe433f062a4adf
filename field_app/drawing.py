"""How a record looks on this device: the server's row with this device's own changes on top. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pydantic import JsonValue

from field_app.base_rows import BaseRow
from field_app.entry import Entry
from visit_core.change import Registers
from visit_core.merge import DELETED
from visit_core.registers import fold, rule_of


@dataclass(frozen=True, slots=True)
class View:
    """One record as a person sees it."""

    kind: str
    id: str
    fields: Mapping[str, JsonValue]
    is_waiting: bool  # some of it the server has not yet named
    is_refused: bool = False  # the server refused to have it at all; it is on this device alone

    @property
    def is_deleted(self) -> bool:
        """Whether it is in the bin."""
        return self.fields.get(DELETED) is True

    def matches(self, where: Mapping[str, JsonValue]) -> bool:
        """Whether each named field has that value, or, for a list, has it among its members."""
        return all(_says(self.fields.get(name), value) for name, value in where.items())


def draw(kind: str, record_id: str, row: BaseRow | None, mine: Sequence[Entry]) -> View | None:
    """The record with our changes on top; None where neither the server nor we have created it."""
    if row is None and not any(entry.op == "create" for entry in mine):
        return None
    registers: Registers = dict(row.fields) if row else {}
    for entry in mine:
        if row is None or entry.error is None:
            _put_on(registers, entry)
    is_waiting = any(not entry.is_settled and entry.error is None for entry in mine)
    is_refused = row is None and not any(entry.op == "create" and entry.error is None for entry in mine)
    return View(kind, record_id, fold(kind, registers), is_waiting, is_refused)


def _put_on(registers: Registers, entry: Entry) -> None:
    """What is written once stays; the server would say so, too."""
    rule = rule_of(entry.kind)
    for register, value in entry.fields.items():
        if registers.get(register) is None or rule(register) == "last":
            registers[register] = value
    if entry.op in ("delete", "restore"):
        registers[DELETED] = entry.op == "delete"


def _says(present: JsonValue, wanted: JsonValue) -> bool:
    return present == wanted or (isinstance(present, list) and wanted in present)
