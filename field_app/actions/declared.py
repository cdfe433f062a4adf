"""The fields of a kind on this device: those of its declaration, and those that the organisation added."""

from field_app.local_store import LocalStore
from visit_core.custom import custom_specs
from visit_core.fields import Record, Specs, fields_of


def custom_here(store: LocalStore, kind_name: str) -> Specs:
    """The organisation's own fields of a kind."""
    return custom_specs(kind_name, [view.fields for view in store.find("custom_field", {"entity": kind_name})])


def specs_here(store: LocalStore, kind: type[Record]) -> Specs:
    """All fields of a kind, by name."""
    return {**fields_of(kind), **custom_here(store, kind.kind_name)}
