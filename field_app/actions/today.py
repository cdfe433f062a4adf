"""今日: the next stop, what is still to come, and what waits for somebody."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from field_app.actions.door import Door, door
from field_app.actions.in_mind import in_mind
from field_app.actions.notices import Notices, notices
from field_app.actions.promises import Promise, due_on, is_mine, is_on, overdue, promises
from field_app.drafts import KeptDraft
from field_app.local_store import LocalStore


@dataclass(frozen=True, slots=True)
class Begun:
    """A visit that was begun and not yet saved."""

    draft: str
    customer_id: str
    customer: str
    since_ms: int


@dataclass(frozen=True, slots=True)
class SyncFacts:
    """How this device stands with the server."""

    waiting: int
    refused: int
    last_ms: int | None


@dataclass(frozen=True, slots=True)
class Today:
    """The day of one rep."""

    day: date
    sync: SyncFacts
    visited: int
    under_way: int  # stops at which a visit was begun
    next_door: Door | None
    next_stop: Promise | None
    later: Sequence[Promise]
    begun: Sequence[Begun]
    overdue: int
    notices: Notices

    @property
    def planned(self) -> int:
        """All stops of the day, those behind and those to come."""
        return self.visited + self.under_way + len(self.later) + (1 if self.next_stop else 0)


def load(store: LocalStore, _about: str = "") -> Today:
    """The day as it stands now."""
    day = store.moment().today
    told = promises(store)
    begun, doors = _begun(store), _one_a_door(due_on(told, day))
    stops = [stop for stop in doors if stop.customer_id not in {each.customer_id for each in begun}]
    first = stops[0] if stops else None
    return Today(
        day=day,
        sync=sync_facts(store),
        visited=_visited(store, day),
        next_door=door(store, first.customer_id) if first else None,
        next_stop=first,
        later=stops[1:],
        under_way=len(doors) - len(stops),
        begun=begun,
        overdue=len(overdue(told, day)),
        notices=notices(store),
    )


def sync_facts(store: LocalStore) -> SyncFacts:
    """How many records wait, how many were refused, and when the server was last met."""
    refused = {entry.key for entry in store.quarantined()}
    return SyncFacts(store.waiting_records(), len(refused), store.progress().last_sync_ms)


def _one_a_door(stops: Iterable[Promise]) -> list[Promise]:
    """One stop for each customer, the earliest."""
    first: dict[str, Promise] = {}
    for stop in stops:
        if stop.customer_id:
            first.setdefault(stop.customer_id, stop)
    return list(first.values())


def _visited(store: LocalStore, day: date) -> int:
    mine = (each for each in in_mind(store, "visit") if is_mine(store, each))
    return sum(is_on(each.fields.get("check_in_at"), day) for each in mine)


def _begun(store: LocalStore) -> list[Begun]:
    drafts = [each for each in store.drafts.all() if each.kind == "visit" and not each.record]
    return [_read(store, each) for each in reversed(drafts)]


def _read(store: LocalStore, draft: KeptDraft) -> Begun:
    customer_id = str(draft.given.get("customer_id") or "")
    customer = store.view("customer", customer_id)
    name = str(customer.fields.get("name") or "") if customer else ""
    return Begun(draft.id, customer_id, name, draft.begun_ms)
