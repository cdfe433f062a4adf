"""What 同步中心 shows: how this device stands with its server, record by record."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from field_app.actions.names import name_of
from field_app.actions.photographs import on_their_way, photos_seen
from field_app.drawing import View
from field_app.entry import Entry
from field_app.local_store import LocalStore
from visit_core.change import Op
from visit_core.error_codes import from_wire
from visit_core.errors import VisitError
from visit_core.stamp import instant

State = Literal["waiting", "sent", "refused", "confirmed"]
LAST = 30  # changes looked through for what the server confirmed last
SHOWN = 10  # records of these


@dataclass(frozen=True, slots=True)
class Item:
    """One record of which something is not yet with the server, in the words people know it by."""

    kind: str
    record: str
    name: str
    op: Op
    at: str  # instant of the last change
    changes: int
    state: State
    why: VisitError | None = None


@dataclass(frozen=True, slots=True)
class VisitPhotos:
    """How far the photographs of one visit have come."""

    visit: str
    name: str
    arrived: int
    all: int


@dataclass(frozen=True, slots=True)
class SyncCentre:
    """Counts, then records, those that need somebody first."""

    waiting: int
    sent: int  # numbered and on their way, answer still to come
    refused: int
    last_sync: str  # instant, empty for never
    server: str
    items: tuple[Item, ...]
    confirmed: tuple[Item, ...] = ()  # newest first; `at` is when the server had it
    photos: tuple[VisitPhotos, ...] = ()  # of visits of which some photograph has not arrived
    photos_wait_for_wifi: bool = False  # some of them go by Wi-Fi alone

    def at_rest(self) -> "SyncCentre":
        """The same while nothing is on its way: what was sent without an answer waits again."""
        items = tuple(replace(item, state="waiting") if item.state == "sent" else item for item in self.items)
        return replace(self, waiting=self.waiting + self.sent, sent=0, items=items)


def load(store: LocalStore, _about: str) -> SyncCentre:
    """How this device stands now."""
    waiting = [entry for entry in store.waiting() if not entry.by_rule]
    refused = [entry for entry in store.quarantined() if not (entry.by_rule and entry.is_company)]
    progress = store.progress()
    sent = [entry for entry in waiting if entry.n is not None]
    last, on_the_way = progress.last_sync_ms, on_their_way(store)
    return SyncCentre(
        waiting=len(waiting) - len(sent),
        sent=len(sent),
        refused=len(refused),
        last_sync=instant(last) if last is not None else "",
        server=store.me.server,
        items=(*_items(store, refused, "refused"), *_items(store, waiting, "waiting")),
        confirmed=_confirmed(store),
        photos=_photos(store, on_the_way),
        photos_wait_for_wifi=any(photo.fields.get("upload_policy") == "wifi" for photo in on_the_way),
    )


def _photos(store: LocalStore, on_the_way: Sequence[View]) -> tuple[VisitPhotos, ...]:
    visits = dict.fromkeys(str(photo.fields.get("visit_id") or "") for photo in on_the_way)
    views = (store.view("visit", visit) for visit in visits if visit)
    return tuple(_far(store, view) for view in views if view)


def _far(store: LocalStore, visit: View) -> VisitPhotos:
    photos = photos_seen(store, visit)
    arrived = sum(photo.has_arrived for photo in photos)
    return VisitPhotos(visit.id, name_of(store, "visit", visit.id), arrived, len(photos))


def _confirmed(store: LocalStore) -> tuple[Item, ...]:
    by_record: dict[tuple[str, str], list[Entry]] = {}
    for entry in store.confirmed(LAST):
        if entry.received_ms:
            by_record.setdefault(entry.key, []).append(entry)
    return tuple(_arrived(store, mine) for mine in list(by_record.values())[:SHOWN])


def _arrived(store: LocalStore, mine: list[Entry]) -> Item:
    last = mine[0]
    why = next((_why(entry) for entry in mine if entry.error), None)
    name, at = name_of(store, last.kind, last.id), instant(last.received_ms or 0)
    return Item(last.kind, last.id, name, last.op, at, 1, "confirmed", why)


def _items(store: LocalStore, entries: list[Entry], state: State) -> tuple[Item, ...]:
    by_record: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        by_record.setdefault(entry.key, []).append(entry)
    return tuple(_item(store, mine, state) for mine in by_record.values())


def _item(store: LocalStore, mine: list[Entry], state: State) -> Item:
    first, last = mine[0], mine[-1]
    shown: State = "sent" if state == "waiting" and last.n is not None else state
    at = instant(last.clock.wall_ms)
    return Item(first.kind, first.id, name_of(store, first.kind, first.id), first.op, at, len(mine), shown, _why(last))


def _why(entry: Entry) -> VisitError | None:
    return from_wire(entry.error.code, {**entry.error.facts}) if entry.error else None
