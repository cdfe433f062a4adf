"""The form in which an admin makes or changes a field of the organisation's own."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from pydantic import JsonValue

from field_app.actions.declared import specs_here
from field_app.actions.edits import wanted
from field_app.actions.own_fields import KIND, in_order, last_place, only_admins
from field_app.drafts import KeptDraft
from field_app.local_store import LocalStore
from field_app.pinyin import sound
from visit_core.custom import custom_specs, is_custom
from visit_core.errors import NotFound
from visit_core.fields import Fields, FieldSpec, Specs, fields_of
from visit_core.kinds import FILLED_IN, kind_named
from visit_core.kinds.custom_field import CustomField
from visit_core.shapes import OneOf, SetOf, YesNo

PARTS = ("options", "validation", "visible_if")
"""What has parts, and so a place of its own on the screen."""
KEY_LENGTH = 31


@dataclass(frozen=True, slots=True)
class OwnFieldForm:
    """The form as it opens."""

    kept: KeptDraft
    specs: Specs  # what the form asks, by name
    fields: Fields
    entity: str
    beside: tuple[FieldSpec, ...]  # fields of the same form, for which this one may wait
    taken: frozenset[str]  # keys of other fields of the kind

    @property
    def is_new(self) -> bool:
        """Whether a field comes of it that was not there before."""
        return not self.kept.record


def load(store: LocalStore, about: str) -> OwnFieldForm:
    """The form kept under that id; NotFound if it was saved or let go of, NotAllowed for who is no admin."""
    only_admins(store, KIND)
    kept = store.drafts.get(about)
    if kept is None:
        raise NotFound("not_found", field="id")
    before = wanted(store, KIND, kept.record).fields if kept.record else _beginning(store, kept)
    fields = {**before, **kept.given}
    entity = str(fields.get("entity") or FILLED_IN[0])
    others = [view.fields for view in in_order(store, entity) if view.id != kept.record]
    taken = frozenset(str(one.get("key")) for one in others)
    return OwnFieldForm(kept, _specs(), fields, entity, _beside(store, entity, fields), taken)


def key_for(label: str, taken: Collection[str]) -> str:
    """A key that nobody need type: how the label sounds, with a number behind it where that is taken."""
    pieces = re.findall(r"[a-z0-9]+|[^\x00-\x7f]", label.casefold())
    heard = "_".join(piece if piece.isascii() else sound(piece) for piece in pieces)
    plain = re.sub(r"[^a-z0-9]+", "_", heard).strip("_") or "field"
    whole = plain if plain[0].isalpha() else f"f_{plain}"
    base = (whole if len(whole) > 1 else f"{whole}_1")[: KEY_LENGTH - 3].strip("_")
    numbered = (f"{base}_{number}" for number in range(2, 1000))
    return base if base not in taken else next(key for key in numbered if key not in taken)


def as_seen(fields: Fields, key: str = "preview") -> FieldSpec | None:
    """The field that a filled-in form would make; None while it makes none."""
    told = {**fields, "key": fields.get("key") or key, "active": True, "lock_roles": None}
    return next(iter(custom_specs(str(told.get("entity")), [told]).values()), None)


def _beginning(store: LocalStore, kept: KeptDraft) -> dict[str, JsonValue]:
    declared = {name: spec.default for name, spec in fields_of(CustomField).items() if spec.default is not None}
    return {**declared, "order": last_place(store, str(kept.given.get("entity") or FILLED_IN[0]))}


def _specs() -> Mapping[str, FieldSpec]:
    declared = fields_of(CustomField)
    return {name: _drawn(spec) if name in PARTS else spec for name, spec in declared.items()}


def _drawn(spec: FieldSpec) -> FieldSpec:
    return replace(spec, asked=replace(spec.asked, control="parts"))


def _beside(store: LocalStore, entity: str, fields: Fields) -> tuple[FieldSpec, ...]:
    """Fields that can be told apart at a glance: chosen, switched, or an organisation's own of any type."""
    specs = specs_here(store, kind_named(entity)).values()
    own = f"custom.{fields.get('key')}"
    asked = (
        s for s in specs if s.control != "hidden" and s.asked.writer == "anyone" and s.name not in (own, "template_id")
    )
    return tuple(s for s in asked if is_custom(s.name) or _is_chosen(s))


def _is_chosen(spec: FieldSpec) -> bool:
    shape = spec.shape.member if isinstance(spec.shape, SetOf) else spec.shape
    return isinstance(shape, OneOf | YesNo)
