"""From what a person filled in to edits: read by the declaration, checked, and only what really changed."""

from collections.abc import Collection, Iterable, Mapping

from pydantic import JsonValue

from field_app.actions.declared import begun_by, custom_here, is_template, layouts_here, specs_here
from field_app.actions.own_tables import refuse_unfit
from field_app.drawing import View
from field_app.local_store import Edit, LocalStore
from visit_core.change import Op, Registers
from visit_core.custom import flat, is_custom
from visit_core.errors import NotFound, NotValid
from visit_core.fields import FieldSpec, Record, Specs, Usual
from visit_core.ids import new_receipt
from visit_core.kinds import kind_named, known
from visit_core.picklists import TEMPLATES
from visit_core.registers import spread
from visit_core.rules.profile import flaws
from visit_core.rules.rights import check_write
from visit_core.shapes import Reference
from visit_core.stamp import instant

Given = Mapping[str, JsonValue]


def read_fields(
    store: LocalStore, kind: type[Record], given: Given, beside: Collection[str] = ()
) -> dict[str, JsonValue]:
    """Canonical values of what was filled in; NotValid names the first field that is wrong.

    `beside` are ids of records made in the same commit, to which a reference may lead.
    """
    specs, moment = specs_here(store, kind), store.moment()
    read: dict[str, JsonValue] = {}
    for name, value in flat(given).items():
        if name not in specs:
            raise NotValid("unknown_field", field=name, name=name)
        read[name] = specs[name].read(value, moment)
        if name == "template_id" and read[name] and not is_template(store, kind, str(read[name])):
            raise NotValid("choice", field=name, choices="、".join(TEMPLATES.labels("zh")))
        if read[name] not in beside:
            _check_reference(store, specs[name], read[name])
    return read


def creation(store: LocalStore, kind_name: str, given: Given, beside: Collection[str] = ()) -> Edit:
    """A new record of what was filled in and the kind's defaults."""
    kind = kind_named(kind_name)
    said = _present(read_fields(store, kind, given, beside))
    specs = specs_here(store, kind)
    fields = kind.completed({**_usual(store, kind, specs), **said})
    refuse_unfit(store, kind_name, fields)
    layouts = layouts_here(store, kind)
    fields = {**fields, **_present(kind.follows({}, fields, store.moment())), **begun_by(layouts, fields)}
    edit = checked(store, Edit("create", kind_name, store.fresh_id(), spread(kind_name, {}, fields)))
    _refuse_flaws(flaws(kind_name, fields, store.moment().today, layouts.of(fields)), known_before=())
    _refuse_twice(store, kind, fields)
    return edit


def correction(store: LocalStore, view: View, given: Given) -> Edit:
    """What changes in a record by what was filled in; its registers may be none.

    A record that the server refused as a whole is made anew.
    """
    kind = kind_named(view.kind)
    said = read_fields(store, kind, given)
    fields = {**kind.follows(view.fields, said, store.moment()), **said}
    after = {**view.fields, **fields}
    laid, today = layouts_here(store, kind).of(after), store.moment().today
    _refuse_flaws(flaws(view.kind, after, today, laid), known_before=flaws(view.kind, view.fields, today, laid))
    if view.is_refused:
        return checked(store, Edit("create", view.kind, view.id, spread(view.kind, {}, _present(after))))
    return checked(store, Edit("set", view.kind, view.id, spread(view.kind, view.fields, fields)))


def removal(store: LocalStore, kind_name: str, record_id: str, op: Op) -> Edit:
    """Into the bin, or back out of it; a merged customer alone, not the one that is left."""
    view = store.itself(kind_name, record_id.lower()) or wanted(store, kind_name, record_id)
    return checked(store, Edit(op, kind_name, view.id, {}))


def checked(store: LocalStore, edit: Edit) -> Edit:
    """The edit, if this person may make it."""
    check_write(edit.kind, edit.registers, store.me.role, op=edit.op, custom=custom_here(store, edit.kind))
    return edit


def wanted(store: LocalStore, kind_name: str, record_id: str) -> View:
    """The record, deleted or not; NotFound if this device has none of that id."""
    kind_named(kind_name)
    view = store.view(kind_name, record_id.lower())
    if view is None:
        raise NotFound("not_found", field="id")
    return view


def new_in(view: View, given: Given) -> dict[str, JsonValue]:
    """What is given that the record does not say already."""
    return {name: value for name, value in given.items() if value != view.fields.get(name)}


def with_registers(edit: Edit, more: Registers) -> Edit:
    """The same edit with more registers set."""
    return Edit(edit.op, edit.kind, edit.id, {**edit.registers, **more})


def _present(fields: Given) -> dict[str, JsonValue]:
    return {name: value for name, value in fields.items() if value is not None}


def _usual(store: LocalStore, kind: type[Record], specs: Specs) -> dict[str, JsonValue]:
    """Who, when and where, for the fields of a new record that want it; and the organisation's own defaults."""
    return {**_defaults(store, kind, specs), **_who_and_when(store, specs)}


def _defaults(store: LocalStore, kind: type[Record], specs: Specs) -> dict[str, JsonValue]:
    own = [spec for spec in specs.values() if is_custom(spec.name) and spec.control != "hidden"]
    usual = {spec.name: _default(store, spec) for spec in own}
    wanted_again = [spec.name for spec in own if spec.asked.usual == "last"]
    views = store.find(kind.kind_name)[::-1] if wanted_again else []
    last = {name: next((v.fields[name] for v in views if v.fields.get(name)), None) for name in wanted_again}
    return _present({**usual, **last})


def _default(store: LocalStore, spec: FieldSpec) -> JsonValue:
    """A default that its field cannot hold is none: it would refuse every new record."""
    try:
        return spec.read(spec.default, store.moment())
    except NotValid:
        return None


def _who_and_when(store: LocalStore, specs: Specs) -> dict[str, JsonValue]:
    moment = store.moment()
    said: dict[Usual, JsonValue] = {
        "me": store.me.person,
        "device": store.me.device,
        "now": instant(moment.now_ms),
        "today": moment.today.isoformat(),
        "code": new_receipt(),
    }
    usual = {spec.name: said[spec.asked.usual] for spec in specs.values() if spec.asked.usual in said}
    return {**usual, **{spec.name: store.codes.fresh() for spec in specs.values() if spec.asked.usual == "number"}}


def _refuse_twice(store: LocalStore, kind: type[Record], fields: Given) -> None:
    """Of some kinds there is one record for one thing; what another device wrote meanwhile is seen after a sync."""
    if kind.once_for and store.find(kind.kind_name, {name: fields.get(name) for name in kind.once_for}):
        raise NotValid("already_there", field=kind.once_for[-1])


def _check_reference(store: LocalStore, spec: FieldSpec, value: JsonValue) -> None:
    """A reference to a kind that this version keeps must lead somewhere; people may not be here yet."""
    if not isinstance(spec.shape, Reference) or value is None or spec.shape.kind == "person":
        return
    if known(spec.shape.kind) and store.view(spec.shape.kind, str(value)) is None:
        raise NotValid("no_such_record", field=spec.name)


def _refuse_flaws(found: Iterable[NotValid], known_before: Iterable[NotValid]) -> None:
    """Refuse the first new flaw; one that stood before (a newer app may allow it) hinders nobody."""
    old = {(flaw.why, flaw.field) for flaw in known_before}
    for flaw in found:
        if (flaw.why, flaw.field) not in old:
            raise flaw
