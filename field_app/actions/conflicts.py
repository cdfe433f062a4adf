"""Values that were overruled: seen by who lost and by the supervisor, restored in one action."""

from collections.abc import Iterable, Sequence

from pydantic import JsonValue

from field_app.actions.edits import checked, new_in, wanted
from field_app.actions.wanted_places import refuse_unasked_place
from field_app.drawing import View
from field_app.local_store import Edit, LocalStore
from visit_core.errors import NotFound, NotValid
from visit_core.merge import DELETED
from visit_core.overruled import Side, arisen, standing
from visit_core.registers import group_of
from visit_core.rules.reviewing import is_content, is_judged, reopened
from visit_core.stamp import instant


def conflicts(store: LocalStore) -> list[dict[str, JsonValue]]:
    """All conflicts this person may see, oldest first, with who and when on both sides."""
    names = {view.id: view.fields.get("name") for view in store.find("person")}
    return [_told(view, names) for view in store.find("conflict")]


def lost_by_me(store: LocalStore) -> list[View]:
    """Open conflicts in which this person's value was overruled: they are told of it."""
    return store.find("conflict", {"state": "open", "loser_by": store.me.person})


def restore_value(store: LocalStore, conflict_id: str, side: Side = "loser") -> str:
    """Let one of the three values stand by a fresh change, mostly the overruled one; give the record's id.

    What is written once cannot be: its first value would win again.
    """
    conflict = wanted(store, "conflict", conflict_id)
    if conflict.fields.get("rule") == "first":
        raise NotValid("written_once", field=str(conflict.fields.get("field")))
    view = subject(store, conflict)
    if view is None:
        raise NotFound("not_found", field="id")
    state, together = "seen" if side == "winner" else "restored", beside(store, conflict)
    done = [checked(store, Edit("set", "conflict", each.id, {"state": state})) for each in together]
    store.keep(checked(store, _fresh(store, view, together, side)), *done)
    return view.id


def subject(store: LocalStore, conflict: View) -> View | None:
    """The record that a conflict is about, or None; whom a customer was merged into, the very record says."""
    kind, record = str(conflict.fields.get("record_kind")), str(conflict.fields.get("record_id"))
    return store.itself(kind, record) if conflict.fields.get("field") == "merged_into" else store.view(kind, record)


def see(store: LocalStore, conflict_id: str) -> None:
    """Say that the conflict was looked at and may stay as it is."""
    together = beside(store, wanted(store, "conflict", conflict_id))
    waiting = [each for each in together if each.fields.get("state") == "open"]
    if waiting:
        store.keep(*(checked(store, Edit("set", "conflict", each.id, {"state": "seen"})) for each in waiting))


def beside(store: LocalStore, conflict: View) -> list[View]:
    """The conflict, and those that arose with it: of fields that are set together, between the same two changes."""
    about = {"record_kind": conflict.fields.get("record_kind"), "record_id": conflict.fields.get("record_id")}
    mine = arisen(conflict.id, conflict.fields)
    found = [each for each in store.find("conflict", about) if arisen(each.id, each.fields) == mine]
    return next(iter(cases(found)), [conflict])


def cases(conflicts: Iterable[View]) -> list[list[View]]:
    """The conflicts as people count them: each with those that arose with it, in the order of their group."""
    together: dict[tuple[object, ...], list[View]] = {}
    for view in conflicts:
        together.setdefault(arisen(view.id, view.fields), []).append(view)
    return [_in_order(each) for each in together.values()]


def _in_order(together: Sequence[View]) -> list[View]:
    told = together[0].fields
    order = group_of(str(told.get("record_kind")), str(told.get("field")))
    return sorted(together, key=lambda each: order.index(str(each.fields.get("field"))))


def _fresh(store: LocalStore, view: View, together: Sequence[View], side: Side) -> Edit:
    conflict = together[0]
    register, value = str(conflict.fields.get("field")), conflict.fields.get(f"{side}_value")
    if register == DELETED:
        # Edits that a deletion overruled are still there underneath: bringing the record back shows them.
        return Edit("delete" if value is True else "restore", view.kind, view.id, {})
    told, at = [each.fields for each in together], instant(store.now_ms())
    registers = standing(view.fields, told, side, by=store.me.person, at=at)
    refuse_unasked_place(store, view.kind, view.id, new_in(view, registers))
    if view.kind == "visit" and store.me.role == "rep" and is_judged(view.fields) and is_content(register):
        registers |= reopened(view.fields)
    return Edit("set", view.kind, view.id, registers)


def _told(view: View, names: dict[str, JsonValue]) -> dict[str, JsonValue]:
    said = view.fields
    return {
        "id": view.id,
        "kind": said.get("record_kind"),
        "record_id": said.get("record_id"),
        "field": said.get("field"),
        "rule": said.get("rule"),
        "state": said.get("state"),
        "before": said.get("base_value"),
        "winner": _side(view, "winner", names),
        "loser": _side(view, "loser", names),
    }


def _side(view: View, side: str, names: dict[str, JsonValue]) -> dict[str, JsonValue]:
    by = view.fields.get(f"{side}_by")
    told = {name: view.fields.get(f"{side}_{name}") for name in ("value", "by", "at", "device")}
    return {**told, "name": names.get(str(by))}
