"""The fields of a kind on this device: declared ones, the organisation's own, and what its forms ask for."""

from collections.abc import Sequence

from field_app.drawing import View
from field_app.gists import Parting, Wanted
from field_app.local_store import LocalStore
from visit_core.custom import custom_specs
from visit_core.fields import NO_CUSTOM, Fields, Record, Specs, fields_of
from visit_core.picklists import TEMPLATE, TEMPLATES, Choice
from visit_core.templates import BUILT_IN, Layouts

_WANTED: dict[str, Wanted[View]] = {kind: Wanted(kind, lambda view: view) for kind in ("custom_field", "form_template")}


def _entity(view: View) -> str | None:
    return None if view.is_deleted else str(view.fields.get("entity"))


def _specs(views: Sequence[View]) -> Specs:
    return custom_specs(str(views[0].fields.get("entity")), [view.fields for view in views])


_SPECS: Parting[View, Specs] = Parting(_entity, _specs)
_FIELDS: Parting[View, tuple[Fields, ...]] = Parting(_entity, lambda views: tuple(view.fields for view in views))


def custom_here(store: LocalStore, kind_name: str) -> Specs:
    """The organisation's own fields of a kind."""
    return store.gists.grouped(_WANTED["custom_field"], _SPECS).get(kind_name, NO_CUSTOM)


def specs_here(store: LocalStore, kind: type[Record]) -> Specs:
    """All fields of a kind, by name."""
    own = custom_here(store, kind.kind_name)
    return store.gists.made_of(("specs", kind), (own,), lambda: {**fields_of(kind), **own})


def layouts_here(store: LocalStore, kind: type[Record]) -> Layouts:
    """What the forms of a kind ask for."""
    specs = specs_here(store, kind)
    told = store.gists.grouped(_WANTED["form_template"], _FIELDS).get(kind.kind_name, ())
    return store.gists.made_of(("layouts", kind), (specs, told), lambda: Layouts(kind.kind_name, specs, told))


def is_template(store: LocalStore, kind: type[Record], code: str) -> bool:
    """Whether a form of that kind goes by that code."""
    if code in ("standard", "quick") or (kind.kind_name, code) in BUILT_IN:
        return True
    return layouts_here(store, kind).version_in_force(code) is not None


def templates_here(store: LocalStore, kind: type[Record]) -> tuple[Choice, ...]:
    """The forms that a new record of that kind may be made by: ours, then what an organisation published itself."""
    ours = [c for c in TEMPLATES.choices if c in TEMPLATE.choices or (kind.kind_name, c.code) in BUILT_IN]
    told = store.find("form_template", {"entity": kind.kind_name, "status": "published"})
    own = {str(view.fields.get("key")): str(view.fields.get("name") or view.fields.get("key")) for view in told}
    codes = {choice.code for choice in TEMPLATES.choices}
    return (*ours, *(Choice(code, name, name) for code, name in own.items() if code not in codes))


def begun_by(layouts: Layouts, fields: Fields) -> dict[str, int]:
    """The version of its template that a new record is made by."""
    version = layouts.version_in_force(str(fields.get("template_id")))
    return {"template_version": version} if version and not fields.get("template_version") else {}
