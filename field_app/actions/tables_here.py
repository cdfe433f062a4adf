"""Which tables a person may bring in or take along, and what was brought in on this device so far."""

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import JsonValue

from field_app.actions import customer_list
from field_app.actions.customer_list import CustomerRow
from field_app.actions.declared import custom_here, specs_here
from field_app.actions.own_tables import tables_named
from field_app.actions.reverting import imports_here
from field_app.local_store import LocalStore
from visit_core.errors import NotAllowed
from visit_core.fields import Record, Specs
from visit_core.kinds import KINDS, kind_named
from visit_core.kinds.own_record import OwnRecord
from visit_core.masks import SHOWN_ON_REQUEST
from visit_core.tables import exchanged

_OF_THE_APP = frozenset(
    {"attachment", "audit_event", "custom_field", "form_template", "lifecycle_event", "own_table", "survey_response"}
)
"""Kinds that people make on their own screens, and never in a table."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """One import of this device."""

    id: str
    at: str  # instant
    kind: str
    records: int
    cells: int  # that a workbook changed
    is_reverted: bool


@dataclass(frozen=True, slots=True)
class TablesHere:
    """What was brought in so far, the latest first."""

    earlier: tuple[Earlier, ...]
    wanted: str = ""  # what the list was searched for that one came from


@dataclass(frozen=True, slots=True)
class ComingIn:
    """Which kinds may come in, and the fields that a column may be."""

    specs_by_kind: Mapping[str, Specs]


@dataclass(frozen=True, slots=True)
class GoingOut:
    """Which kinds may leave, those of them of which something is masked, and the customers to choose from."""

    kinds: tuple[str, ...]
    masked: frozenset[str]
    customers: tuple[CustomerRow, ...]
    wanted: str  # what the list was searched for


def may_exchange(role: str) -> bool:
    """Whether somebody of that role has tables to bring in or to take along."""
    return bool(_declared(role))


def load(store: LocalStore, about: str) -> TablesHere:
    """What was brought in so far; NotAllowed for who may not."""
    _check(store)
    told = map(_earlier, imports_here(store))
    return TablesHere(tuple(sorted(told, key=lambda one: one.at, reverse=True)), about)


def _earlier(one: Mapping[str, JsonValue]) -> Earlier:
    records, cells = int(str(one["records"])), int(str(one["cells"]))
    return Earlier(str(one["id"]), str(one["at"]), str(one["kind"]), records, cells, bool(one["reverted"]))


def load_in(store: LocalStore, _about: str) -> ComingIn:
    """What may come in; NotAllowed for who may bring nothing in."""
    _check(store)
    kinds = [kind for kind in _kinds(store) if not kind.append_only]
    return ComingIn({kind.kind_name: _columns(store, kind) for kind in kinds})


def load_out(store: LocalStore, about: str) -> GoingOut:
    """What may leave; `about` is what a list of customers was searched for. NotAllowed for who may take nothing."""
    _check(store)
    kinds = tuple(kind.kind_name for kind in _kinds(store))
    masked = frozenset(name for name in kinds if _is_masked(specs_here(store, kind_named(name))))
    customers = customer_list.load(store).rows if "customer" in kinds else ()
    return GoingOut(kinds, masked, customers, about)


def _check(store: LocalStore) -> None:
    if not may_exchange(store.me.role):
        raise NotAllowed(role=store.me.role, kind="table")


def _kinds(store: LocalStore) -> list[type[Record]]:
    """Those that are declared, and the organisation's own tables."""
    role = store.me.role
    own = [kind_named(each.kind) for each in tables_named(store)] if role in OwnRecord.written_by else []
    return [*_declared(role), *own]


def _declared(role: str) -> list[type[Record]]:
    return [k for k in KINDS if role in k.written_by and not k.made_by_server and k.kind_name not in _OF_THE_APP]


def _columns(store: LocalStore, kind: type[Record]) -> Specs:
    columns = exchanged(kind, custom_here(store, kind.kind_name))
    return {spec.name: spec for spec in columns if spec.asked.writer != "server"}


def _is_masked(specs: Specs) -> bool:
    return any(spec.asked.masked in SHOWN_ON_REQUEST for spec in specs.values())
