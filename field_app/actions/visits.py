"""What a visit brings with it: its type and time, its follow-up, what it says of the customer, its review."""

from collections.abc import Iterator

from pydantic import JsonValue

from field_app.actions.edits import Given, correction, creation, read_fields, with_registers
from field_app.actions.wanted_places import without_unwanted_place
from field_app.drawing import View
from field_app.local_store import Edit, LocalStore
from visit_core.change import Registers
from visit_core.kinds.visit import Visit
from visit_core.rules.reviewing import is_content, is_judged, reopened
from visit_core.stamp import instant

TITLE = "回访"
"""What a follow-up is called when the visit names no next step."""


def new_visit(store: LocalStore, given: Given) -> list[Edit]:
    """A visit and all that follows from it, to be kept in one commit."""
    given = without_unwanted_place(store, given, given)
    fields = read_fields(store, Visit, given)
    edit = creation(store, "visit", {**_prefilled(store, fields), **given})
    return [edit, *_consequences(store, edit.id, fields, fields)]


def corrected_visit(store: LocalStore, view: View, given: Given) -> list[Edit]:
    """A correction and all that follows from it; a rep who touches what was judged hands it in again."""
    given = without_unwanted_place(store, view.fields, given)
    fields = read_fields(store, Visit, given)
    edit = correction(store, view, given)
    if store.me.role == "rep" and is_judged(view.fields) and any(map(is_content, edit.registers)):
        edit = with_registers(edit, reopened(view.fields) | _resolved(view, edit.registers))
    return [edit, *_consequences(store, view.id, {**view.fields, **fields}, fields)]


def _prefilled(store: LocalStore, fields: Given) -> dict[str, JsonValue]:
    customer = fields.get("customer_id")
    has_history = bool(customer and store.find("visit", {"customer_id": customer}))
    return {"visit_type": "revisit" if has_history else "first", "check_in_at": instant(store.now_ms())}


def _resolved(view: View, changed: Registers) -> Registers:
    """The supervisor's open notes on the fields that were corrected are settled by it."""
    names = {register.partition(".")[0] for register in changed}
    notes = view.fields.get("review_notes")
    open_notes = [n for n in notes if isinstance(n, dict) and not n.get("resolved")] if isinstance(notes, list) else []
    return {f"review_notes.{n['id']}": {**n, "resolved": True} for n in open_notes if n.get("field") in names}


def _consequences(store: LocalStore, visit_id: str, visit: Given, changed: Given) -> Iterator[Edit]:
    """Edits of other records, without those that would change nothing."""
    for edit in (_of_customer(store, visit, changed), _of_followup(store, visit_id, visit, changed)):
        if edit and (edit.registers or edit.op == "create"):
            yield edit


def _of_customer(store: LocalStore, visit: Given, changed: Given) -> Edit | None:
    view = store.view("customer", str(visit.get("customer_id") or ""))
    said: dict[str, JsonValue] = {}
    if view and changed.get("purchase_intention"):
        said["purchase_intention"] = changed["purchase_intention"]
    if view and changed.get("product_interest"):
        said["interests"] = _union(view.fields.get("interests"), changed["product_interest"])
    return correction(store, view, said) if view and said else None


def _of_followup(store: LocalStore, visit_id: str, visit: Given, changed: Given) -> Edit | None:
    """One follow-up a visit: made, moved, or dropped when the date is taken away."""
    if not changed.keys() & {"next_date", "next_action"}:
        return None
    made = next(iter(store.find("followup", {"source_ref": visit_id})), None)
    if visit.get("next_date") is None:
        return correction(store, made, {"status": "dropped"}) if made else None
    promised = {"title": visit.get("next_action") or TITLE, "due_date": visit["next_date"]}
    if made:
        return correction(store, made, {**promised, "status": "open"})
    about = {"customer_id": visit.get("customer_id"), "source_ref": visit_id}
    return creation(store, "followup", {**promised, **about}, beside={visit_id})


def _union(old: JsonValue, new: JsonValue) -> list[JsonValue]:
    return list(dict.fromkeys([*_members(old), *_members(new)]))


def _members(value: JsonValue) -> list[str]:
    return [str(member) for member in value] if isinstance(value, list) else []
