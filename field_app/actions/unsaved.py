"""Forms that were begun and left: kept on this device until they are saved or let go of."""

from dataclasses import dataclass

from field_app.actions.names import name_of
from field_app.drafts import KeptDraft
from field_app.local_store import LocalStore


@dataclass(frozen=True, slots=True)
class Unsaved:
    """A form to go on with."""

    id: str
    kind: str
    name: str  # what was typed as the name or the topic, as far as it got
    is_new: bool


@dataclass(frozen=True, slots=True)
class Begun:
    """A form that only this device has: whose it is about, and since when."""

    id: str
    kind: str
    whose: str  # empty if nobody's name is known yet
    since_ms: int


def all_begun(store: LocalStore) -> tuple[Begun, ...]:
    """Every form that was begun and not saved, latest first."""
    return tuple(_begun(store, draft) for draft in reversed(store.drafts.all()))


def let_go(store: LocalStore, draft_id: str) -> None:
    """Forget what was typed in a form."""
    store.drafts.drop(draft_id)


def unsaved_new(store: LocalStore, kind: str) -> tuple[Unsaved, ...]:
    """New records of a kind in which something was typed, latest first."""
    return tuple(_told(draft) for draft in _touched(store) if draft.kind == kind and not draft.record)


def unsaved_about(store: LocalStore, customer: str) -> tuple[Unsaved, ...]:
    """Forms with a customer or about the customer's own fields in which something was typed, latest first."""
    drafts, whom = _touched(store), set(store.survivors.family(customer))
    return tuple(_told(draft) for draft in drafts if whom & {str(draft.given.get("customer_id")), draft.record})


def _touched(store: LocalStore) -> list[KeptDraft]:
    return [draft for draft in reversed(store.drafts.all()) if draft.at_field]


def _told(draft: KeptDraft) -> Unsaved:
    name = next((str(draft.given[each]) for each in ("name", "topic", "title") if draft.given.get(each)), "")
    return Unsaved(draft.id, draft.kind, name, is_new=not draft.record)


def _begun(store: LocalStore, draft: KeptDraft) -> Begun:
    customer = name_of(store, "customer", str(draft.given.get("customer_id") or ""))
    own = str(draft.given.get("name") or "") or (name_of(store, draft.kind, draft.record) if draft.record else "")
    return Begun(draft.id, draft.kind, customer or own, draft.begun_ms)
