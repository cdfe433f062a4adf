"""What people call a record: a customer by name, what hangs on a customer by the customer's."""

from field_app.actions.pickables import title_of
from field_app.local_store import LocalStore


def name_of(store: LocalStore, kind: str, record_id: str) -> str:
    """The name of the customer or colleague that a record is or belongs to; empty if nobody knows."""
    view = store.view(kind, record_id)
    if view is None:
        return ""
    if kind == "conflict":
        return name_of(store, str(view.fields.get("record_kind")), str(view.fields.get("record_id")))
    own = view.fields.get("name") or view.fields.get("title") or title_of(kind, view.fields)
    customer = view.fields.get("customer_id")
    return name_of(store, "customer", str(customer)) if customer else str(own or "")
