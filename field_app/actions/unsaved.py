"""Forms that were begun and left: kept on this device until they are saved or let go of."""

from dataclasses import dataclass

from field_app.drafts import KeptDraft
from field_app.local_store import LocalStore


@dataclass(frozen=True, slots=True)
class Unsaved:
    """A form to go on with."""

    id: str
    kind: str
    name: str  # what was typed as the name or the topic, as far as it got
    is_new: bool


def unsaved_new(store: LocalStore, kind: str) -> tuple[Unsaved, ...]:
    """New records of a kind in which something was typed, latest first."""
    return tuple(_told(draft) for draft in _touched(store) if draft.kind == kind and not draft.record)


def unsaved_about(store: LocalStore, customer: str) -> tuple[Unsaved, ...]:
    """Forms with a customer or about the customer's own fields in which something was typed, latest first."""
    drafts = _touched(store)
    return tuple(_told(d) for d in drafts if customer in (d.given.get("customer_id"), d.record))


def _touched(store: LocalStore) -> list[KeptDraft]:
    return [draft for draft in reversed(store.drafts.all()) if draft.at_field]


def _told(draft: KeptDraft) -> Unsaved:
    name = next((str(draft.given[each]) for each in ("name", "topic", "title") if draft.given.get(each)), "")
    return Unsaved(draft.id, draft.kind, name, is_new=not draft.record)
