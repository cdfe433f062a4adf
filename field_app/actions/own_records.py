"""A table of the organisation's own as a list: its records, found by what stands in them; and all tables."""

from collections.abc import Sequence
from dataclasses import dataclass

from field_app.actions.declared import specs_here
from field_app.actions.names import name_of
from field_app.actions.own_tables import KIND, OwnTableNamed, named_as, tables_named
from field_app.actions.own_words import own_words_in
from field_app.actions.records import Marks
from field_app.drawing import View
from field_app.local_store import LocalStore
from visit_core.errors import NotFound
from visit_core.fields import Specs
from visit_core.kinds import kind_named
from visit_core.sentences import LANGUAGES


@dataclass(frozen=True, slots=True)
class OwnTableHere:
    """One table in the list of tables."""

    named: OwnTableNamed
    id: str  # of the table's own record
    records: int


@dataclass(frozen=True, slots=True)
class OwnTablesHere:
    """All of them: an admin makes them, everybody else fills them."""

    tables: tuple[OwnTableHere, ...]
    may_make: bool


@dataclass(frozen=True, slots=True)
class OwnLine:
    """One record in the list of its table."""

    id: str
    title: str
    customer: str  # name; empty where it belongs to none
    zh: tuple[str, ...]  # what stands in the organisation's fields, as people read it; nothing that is masked
    en: tuple[str, ...]
    sync_state: str
    text: str  # everything that a search looks into, in small letters


@dataclass(frozen=True, slots=True)
class OwnTablePage:
    """One table, the latest record first."""

    named: OwnTableNamed
    lines: tuple[OwnLine, ...]


def load_all(store: LocalStore, _about: str = "") -> OwnTablesHere:
    """Every table; those out of use only for an admin, or while they hold anything."""
    may_make, ids = store.me.role == "admin", {str(v.fields.get("key")): v.id for v in store.find(KIND)}
    told = [OwnTableHere(each, ids.get(each.kind[2:], ""), len(store.find(each.kind))) for each in tables_named(store)]
    shown = (one for one in told if may_make or one.named.is_in_use or one.records)
    return OwnTablesHere(tuple(shown), may_make)


def load(store: LocalStore, about: str) -> OwnTablePage:
    """The table whose records are of the kind `about`; NotFound if there is none."""
    named = named_as(tables_named(store), about)
    if named is None:
        raise NotFound("not_found", field="kind")
    specs, marks = specs_here(store, kind_named(about)), Marks.of(store)
    lines = [_line(store, view, specs, marks) for view in reversed(store.find(about))]
    return OwnTablePage(named, tuple(lines))


def found(lines: Sequence[OwnLine], typed: str) -> Sequence[OwnLine]:
    """Those in which every word that was typed stands."""
    wanted = typed.casefold().split()
    return [line for line in lines if all(word in line.text for word in wanted)] if wanted else lines


def _line(store: LocalStore, view: View, specs: Specs, marks: Marks) -> OwnLine:
    title, customer = str(view.fields.get("title") or ""), str(view.fields.get("customer_id") or "")
    whose = name_of(store, "customer", customer) if customer else ""
    zh, en = (tuple(own_words_in(lang, specs, view.fields)) for lang in LANGUAGES)
    text = "\n".join((title, whose, *zh, *en)).casefold()
    return OwnLine(view.id, title, whose, zh, en, marks.sync_state(view), text)
