"""Records of every kind: made, corrected, put in the bin, taken out again, looked at."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pydantic import JsonValue

from field_app.actions.assessing import worked_out
from field_app.actions.customer_numbers import refuse_taken_number
from field_app.actions.declared import layouts_here, specs_here
from field_app.actions.edits import Given, correction, creation, new_in, removal, wanted
from field_app.actions.extra_lines import with_label_uses
from field_app.actions.reviewing import reviewed, with_notes
from field_app.actions.stages import with_stages, with_stages_each
from field_app.actions.visits import corrected_visit, new_visit
from field_app.actions.wanted_places import refuse_unasked_place
from field_app.drawing import View
from field_app.local_store import Edit, LocalStore
from visit_core.custom import together
from visit_core.errors import NotAllowed, NotValid, VisitError
from visit_core.fields import NO_CUSTOM, Specs, fields_of
from visit_core.kinds import KINDS, kind_named
from visit_core.merge import DELETED
from visit_core.rules.profile import profile
from visit_core.templates import Layouts


def add(store: LocalStore, kind_name: str, given: Given) -> str:
    """Keep a new record; give its id."""
    edits = with_stages(store, _made(store, kind_name, given))
    store.keep(*edits)
    return edits[0].id


def add_each(store: LocalStore, kind_name: str, many: Iterable[Given]) -> list[str | VisitError]:
    """Keep all new records that can be kept, in one commit; give each one's id, or why it was refused."""
    made = [_made_or_refused(store, kind_name, given) for given in many]
    kept = [edits for edits in made if not isinstance(edits, VisitError)]
    if kept:
        store.keep_each(with_stages_each(store, kept))
    return [edits if isinstance(edits, VisitError) else edits[0].id for edits in made]


def change(store: LocalStore, kind_name: str, record_id: str, given: Given) -> None:
    """Correct a record; what is already so changes nothing."""
    changing = edits_for(store, kind_name, record_id, given)
    if changing:
        store.keep(*changing)


def delete(store: LocalStore, kind_name: str, record_id: str) -> None:
    """Put a record in the bin; one that the server never took is let go of."""
    view = wanted(store, kind_name, record_id)
    if view.is_refused:
        store.discard(view)
    else:
        store.keep(*with_stages(store, [removal(store, kind_name, record_id, "delete")]))


def restore(store: LocalStore, kind_name: str, record_id: str) -> None:
    """Take a record out of the bin."""
    store.keep(*with_stages(store, [removal(store, kind_name, record_id, "restore")]))


def get(store: LocalStore, kind_name: str, record_id: str) -> dict[str, JsonValue]:
    """One record as it is printed; NotFound if there is none."""
    view = wanted(store, kind_name, record_id)
    shown = Marks.of(store).shown(view)
    return shown | worked_out(store, view) if kind_name == "customer" else shown


def listed(
    store: LocalStore, kind_name: str, where: Given, *, deleted: bool = False, limit: int | None = None
) -> list[dict[str, JsonValue]]:
    """Records as they are printed, oldest first; conditions take codes and labels alike."""
    views = store.find(kind_name, _condition(store, kind_name, where), deleted=deleted)
    marks = Marks.of(store)
    return [marks.shown(view) for view in views[:limit]]


@dataclass(frozen=True, slots=True)
class Marks:
    """Which records need somebody: refused by the server, or with an open conflict."""

    rejected: frozenset[tuple[str, str]]
    in_conflict: frozenset[tuple[str, str]]
    layouts: Mapping[str, Layouts]  # of the kinds that are kept incomplete

    @classmethod
    def of(cls, store: LocalStore) -> "Marks":
        """As they are now."""
        conflicts = store.find("conflict", {"state": "open"})
        about = {(str(c.fields.get("record_kind")), str(c.fields.get("record_id"))) for c in conflicts}
        layouts = {kind.kind_name: layouts_here(store, kind) for kind in KINDS if kind.saved_incomplete}
        return cls(frozenset(entry.key for entry in store.quarantined()), frozenset(about), layouts)

    def shown(self, view: View) -> dict[str, JsonValue]:
        """A record with all its fields, and what is derived from them."""
        declared: dict[str, JsonValue] = dict.fromkeys(fields_of(kind_named(view.kind)))
        shown = {"id": view.id, "kind": view.kind, **declared, **view.fields}
        shown |= {DELETED: view.is_deleted, "sync_state": self.sync_state(view)}
        return together(shown) | _profile(view, self.asked(view))

    def asked(self, view: View) -> Specs:
        """What the form of a record asks for, where it may be kept incomplete."""
        return self.layouts[view.kind].of(view.fields) if view.kind in self.layouts else NO_CUSTOM

    def sync_state(self, view: View) -> str:
        """How far the record has come: rejected, queued, conflict or synced."""
        key = view.kind, view.id
        if key in self.rejected:
            return "rejected"
        if view.is_waiting:
            return "queued"
        return "conflict" if key in self.in_conflict else "synced"


def edits_for(store: LocalStore, kind_name: str, record_id: str, given: Given) -> list[Edit]:
    """What a filled-in form changes: a new record where `record_id` is empty, else a correction, perhaps of nothing."""
    if not record_id:
        return with_stages(store, _made(store, kind_name, given))
    return with_stages(store, edits_alone(store, kind_name, record_id, given))


def edits_alone(store: LocalStore, kind_name: str, record_id: str, given: Given) -> list[Edit]:
    """A correction, perhaps of nothing, without what it makes of a customer's stage: one of many in a commit."""
    edits = _mended(store, wanted(store, kind_name, record_id), given)
    return with_label_uses(store, (edit for edit in edits if edit.registers))


def _made(store: LocalStore, kind_name: str, given: Given) -> list[Edit]:
    refuse_unasked_place(store, kind_name, "", given)
    refuse_taken_number(store, kind_name, "", given)
    edits = new_visit(store, given) if kind_name == "visit" else [creation(store, kind_name, given)]
    return with_label_uses(store, edits)


def _made_or_refused(store: LocalStore, kind_name: str, given: Given) -> list[Edit] | VisitError:
    try:
        return _made(store, kind_name, given)
    except (NotValid, NotAllowed) as refused:
        return refused


def _mended(store: LocalStore, view: View, given: Given) -> list[Edit]:
    refuse_unasked_place(store, view.kind, view.id, new_in(view, given))
    refuse_taken_number(store, view.kind, view.id, given)
    if view.kind != "visit":
        return [correction(store, view, given)]
    if "review_state" in given:
        return reviewed(store, view, given)
    return corrected_visit(store, view, with_notes(store, view, given))


def _condition(store: LocalStore, kind_name: str, where: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    """Canonical values to compare with; for a list, the one member that must be in it."""
    specs, moment = specs_here(store, kind_named(kind_name)), store.moment()
    return {
        name: specs[name].read(value, moment) if name in specs and not specs[name].has_members else value
        for name, value in where.items()
    }


def _profile(view: View, custom: Specs) -> dict[str, JsonValue]:
    if not kind_named(view.kind).saved_incomplete:
        return {}
    told = profile(view.kind, view.fields, custom)
    return {"profile_status": told.status, "completeness": told.completeness, "missing": list(told.missing)}
