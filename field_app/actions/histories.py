"""All that hangs on customers, as this device has it: of a few by the index, of many in one reading of each kind."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping

from pydantic import JsonValue

from field_app.actions.in_mind import in_mind
from field_app.local_store import LocalStore
from visit_core.fields import Fields
from visit_core.rules.assessing import HANGS_ON, History

Beside = Mapping[tuple[str, str], Fields | None]
"""Records by kind and id that are about to be kept; None for one that is about to go into the bin."""

FEW = 8
"""So many customers are looked up one by one; for more of them each kind is read from end to end once."""


def histories_of(store: LocalStore, customers: Collection[str], beside: Beside) -> Mapping[str, History]:
    """All that hangs on each of these customers, by their ids."""
    sent = Counter(str(view.fields.get("referrer_id")) for view in in_mind(store, "customer"))
    hanging = {kind: _hanging(store, kind, customers, beside) for kind in HANGS_ON}
    return {
        customer: History(
            purchases=hanging["purchase"][customer],
            visits=hanging["visit"][customer],
            contacts=hanging["contact_record"][customer],
            ratings=hanging["satisfaction_rating"][customer],
            stages=hanging["lifecycle_event"][customer],
            needs=hanging["need"][customer],
            events=hanging["behaviour_event"][customer],
            opportunities=hanging["opportunity"][customer],
            referrals=sent[customer],
        )
        for customer in customers
    }


def _hanging(store: LocalStore, kind: str, customers: Collection[str], beside: Beside) -> Mapping[str, list[Fields]]:
    """By those asked about; of one who was merged, all that hangs on the customer who is left."""
    left = {customer: store.survivors.of(customer) for customer in customers}
    kept = dict(_found(store, kind, set(left.values())))
    fresh = {record: fields for (its_kind, record), fields in beside.items() if its_kind == kind}
    by_customer: dict[str, list[Fields]] = {customer: [] for customer in left.values()}
    for fields in {**kept, **fresh}.values():
        of = by_customer.get(store.survivors.of(str(fields.get("customer_id")))) if fields else None
        if fields and of is not None:
            of.append(fields)
    return {customer: by_customer[left[customer]] for customer in customers}


def _found(store: LocalStore, kind: str, customers: Collection[str]) -> Iterator[tuple[str, Fields]]:
    wheres: list[dict[str, JsonValue] | None] = [None]
    if len(customers) <= FEW:
        wheres = [{"customer_id": customer} for customer in customers]
    return ((view.id, view.fields) for where in wheres for view in store.find(kind, where))
