"""A position that came after its visit was saved."""

from pydantic import JsonValue

from field_app.actions.records import change
from field_app.local_store import LocalStore
from visit_core.rules.reviewing import is_judged


def place(store: LocalStore, visit: str, fix: dict[str, JsonValue]) -> bool:
    """Add it to the visit; False where that was taken back, has one already, or was judged meanwhile."""
    view = store.view("visit", visit)
    if view is None or view.is_deleted or view.fields.get("check_in_fix") or is_judged(view.fields):
        return False
    change(store, "visit", visit, {"check_in_fix": fix})
    return True
