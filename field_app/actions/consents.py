"""What a customer allows us, purpose by purpose, and a word of theirs kept as it is said at the door."""

from dataclasses import dataclass

from field_app.actions import records
from field_app.local_store import LocalStore
from visit_core.picklists import CONSENT_PURPOSE
from visit_core.rules.consents import Allowed, allowed


@dataclass(frozen=True, slots=True)
class ConsentRead:
    """What stands for one purpose; receipt and time are those of the last word, empty if none was said."""

    purpose: str
    allowed: Allowed
    receipt: str
    at: str


def consents_of(store: LocalStore, customer: str) -> tuple[ConsentRead, ...]:
    """Every purpose, in the order of the picklist."""
    said = [view.fields for view in store.find("consent", {"customer_id": customer})]
    said.sort(key=lambda one: str(one.get("given_at")))
    last = {str(one.get("purpose")): one for one in said}
    return tuple(
        ConsentRead(
            purpose=each.code,
            allowed=allowed(said, each.code),
            receipt=str(last.get(each.code, {}).get("receipt_code") or ""),
            at=str(last.get(each.code, {}).get("given_at") or ""),
        )
        for each in CONSENT_PURPOSE.choices
    )


def keep_word(store: LocalStore, customer: str, purpose: str, state: str) -> str:
    """Keep what the customer said after hearing the present text; give the receipt code.

    `state` is given, refused or withdrawn.
    """
    said = {"customer_id": customer, "purpose": purpose, "state": state, "method": "verbal"}
    kept = store.view("consent", records.add(store, "consent", said))
    return str(kept.fields["receipt_code"]) if kept else ""
