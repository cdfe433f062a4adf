"""An organisation's own fields as its admin sees them: by kind, in the order of the form, in use and out of use."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pydantic import JsonValue

from field_app.actions.edits import checked, correction, wanted
from field_app.actions.own_tables import kinds_in_use
from field_app.drawing import View
from field_app.local_store import Edit, LocalStore
from visit_core.custom import custom_specs
from visit_core.errors import NotAllowed
from visit_core.fields import FieldSpec
from visit_core.kinds import FILLED_IN

KIND = "custom_field"
STEP = 10  # between the places of two fields: a device that adds one between them moves no other


@dataclass(frozen=True, slots=True)
class OwnField:
    """One field, as a row of a list tells it."""

    id: str
    name: str  # `custom.<key>`
    data_type: str
    level: str  # must, soft, none
    is_in_use: bool
    spec: FieldSpec | None  # None if this version cannot read the definition
    label_zh: str
    label_en: str
    sync_state: str  # queued while the server has not named it


@dataclass(frozen=True, slots=True)
class OwnFields:
    """The fields of one kind, in the order of its form."""

    in_use: tuple[OwnField, ...]
    retired: tuple[OwnField, ...]


def load(store: LocalStore, _about: str) -> Mapping[str, OwnFields]:
    """The fields of every kind that may have some; NotAllowed for who is no admin."""
    only_admins(store, KIND)
    return {entity: _of_kind(store, entity) for entity in (*FILLED_IN, *kinds_in_use(store))}


def only_admins(store: LocalStore, kind: str) -> None:
    """NotAllowed for anybody else: what follows is an admin's."""
    if store.me.role != "admin":
        raise NotAllowed(role=store.me.role, kind=kind)


def in_order(store: LocalStore, entity: str) -> list[View]:
    """The definitions for a kind as its form has them."""
    return sorted(store.find(KIND, {"entity": entity}), key=_place)


def move(store: LocalStore, field_id: str, to: int) -> None:
    """Put a field in use at another place of its form, counted from 0; one commit."""
    moved = wanted(store, KIND, field_id)
    others = [view for view in in_order(store, str(moved.fields.get("entity"))) if _is_in_use(view)]
    rest = [view for view in others if view.id != moved.id]
    rest.insert(max(0, min(to, len(rest))), moved)
    edits = [correction(store, view, {"order": place * STEP}) for place, view in enumerate(rest, start=1)]
    _keep(store, edits)


def retire(store: LocalStore, field_id: str) -> None:
    """Ask for a field no more. What was filled in stays, is shown and goes out."""
    _keep(store, [correction(store, wanted(store, KIND, field_id), {"active": False})])


def revive(store: LocalStore, field_id: str) -> None:
    """Ask for a field again; it stands last, and its data are where they were."""
    view = wanted(store, KIND, field_id)
    last = last_place(store, str(view.fields.get("entity")))
    _keep(store, [correction(store, view, {"active": True, "order": last})])


def last_place(store: LocalStore, entity: str) -> int:
    """The order of a field that comes after all that are in use."""
    places = [view.fields.get("order") for view in in_order(store, entity) if _is_in_use(view)]
    return max((place for place in places if isinstance(place, int)), default=0) + STEP


def _keep(store: LocalStore, edits: Sequence[Edit]) -> None:
    changing = [checked(store, edit) for edit in edits if edit.registers]
    if changing:
        store.keep(*changing)


def _place(view: View) -> tuple[int, str]:
    """As a form orders them: fields of one place by their names."""
    order: JsonValue = view.fields.get("order")
    return (order if isinstance(order, int) else 0), str(view.fields.get("key"))


def _of_kind(store: LocalStore, entity: str) -> OwnFields:
    told = [_field(view) for view in in_order(store, entity)]
    in_use, retired = (tuple(one for one in told if one.is_in_use is whether) for whether in (True, False))
    return OwnFields(in_use, retired)


def _is_in_use(view: View) -> bool:
    return view.fields.get("active") is not False


def _field(view: View) -> OwnField:
    told = view.fields
    name = f"custom.{told.get('key')}"
    return OwnField(
        id=view.id,
        name=name,
        data_type=str(told.get("data_type") or ""),
        level=str(told.get("required_level") or "none"),
        is_in_use=_is_in_use(view),
        spec=custom_specs(str(told.get("entity")), [told]).get(name),
        label_zh=str(told.get("label_zh") or told.get("key") or ""),
        label_en=str(told.get("label_en") or told.get("label_zh") or told.get("key") or ""),
        sync_state="queued" if view.is_waiting else "synced",
    )
