"""The photographs of a visit as people see them: which there are, which have arrived, what stands in the way of more.

What is known of one is a record; its bytes lie sealed beside the store, on the device that took it and, once they were
fetched, on those that looked at it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from field_app.actions.edits import wanted
from field_app.drawing import View
from field_app.local_store import LocalStore
from field_app.photo import small
from visit_core.errors import Corrupt, NotHere, NotValid
from visit_core.kinds import kind_named
from visit_core.rules.consents import allowed
from visit_core.rules.wanted_photos import PURPOSE, may_keep_photos

KIND = "attachment"
MOST = 9  # photographs of a visit
EDGE = 320  # pixels of one that is shown among others


@dataclass(frozen=True, slots=True)
class PhotoRead:
    """One photograph of a visit."""

    id: str
    taken_at: str
    source: str
    has_arrived: bool  # every byte is with the server, and the fingerprint was right
    is_here: bool  # this device has the bytes


@dataclass(frozen=True, slots=True)
class PhotosRead:
    """All of a visit's; `why_no_more` if none may be added, `may_people` if the customer agreed to it."""

    visit: str
    all: tuple[PhotoRead, ...]
    why_no_more: NotValid | None
    may_people: bool

    @property
    def arrived(self) -> int:
        """How many the server has for certain."""
        return sum(photo.has_arrived for photo in self.all)

    @property
    def left(self) -> int:
        """How many more may be added."""
        return 0 if self.why_no_more else MOST - len(self.all)


@dataclass(frozen=True, slots=True)
class PhotoPage:
    """One photograph to be looked at; `picture` is JPEG, empty where this device does not have it."""

    id: str
    visit: str
    picture: bytes
    is_damaged: bool  # what lies here cannot be read, and is not with the server either
    taken_at: str
    is_from_album: bool
    has_arrived: bool
    may_delete: bool
    today: date


def load(store: LocalStore, about: str) -> PhotoPage:
    """The photograph of that id; NotFound if this device knows of none."""
    view = wanted(store, KIND, about)
    is_there = not view.is_deleted
    picture = _whole(store, view) if is_there else b""
    store.attachments.note_viewed(view.id, store.clock.wall_ms())
    read = _read(store, view)
    return PhotoPage(
        id=view.id,
        visit=str(view.fields.get("visit_id") or ""),
        picture=picture,
        is_damaged=read.is_here and not picture and is_there,
        taken_at=read.taken_at,
        is_from_album=read.source == "album",
        has_arrived=read.has_arrived,
        may_delete=is_there and store.me.role in kind_named(KIND).written_by,
        today=store.moment().today,
    )


def photos_of(store: LocalStore, visit: str) -> PhotosRead:
    """What a visit's page shows; NotFound if this device has no such visit."""
    view = wanted(store, "visit", visit)
    said = [each.fields for each in _consents(store, view)]
    return PhotosRead(view.id, photos_seen(store, view), why_no_more(store, view), allowed(said, PURPOSE).may)


def photos_seen(store: LocalStore, visit: View) -> tuple[PhotoRead, ...]:
    """The photographs of a visit, in the order in which they were added."""
    members = visit.fields.get("attachments")
    views = (store.itself(KIND, str(each)) for each in (members if isinstance(members, list) else []))
    return tuple(_read(store, each) for each in views if each and not each.is_deleted and _is_photo(each))


def why_no_more(store: LocalStore, visit: View) -> NotValid | None:
    """What forbids one more photograph of that visit: it has enough, or the customer has said no to photographs."""
    if len(photos_seen(store, visit)) >= MOST:
        return NotValid("photos_enough", field="attachments", max=MOST)
    if not may_keep_photos(each.fields for each in _consents(store, visit)):
        return NotValid("photos_unwanted", field="attachments")
    return None


def thumbnail(store: LocalStore, photo: str) -> bytes:
    """The photograph small enough to stand among others, JPEG; NotHere where it was not fetched yet, or is damaged."""
    view = store.itself(KIND, photo)
    content = _whole(store, view) if view else b""
    if not content:
        raise NotHere()
    store.attachments.note_viewed(photo, store.clock.wall_ms())
    return small(content, EDGE)


def in_full(store: LocalStore, photo: str) -> bytes:
    """The photograph as it was kept, JPEG; NotHere where it was not fetched yet, Corrupt where it is damaged."""
    return store.attachments.whole(photo)


def on_their_way(store: LocalStore) -> Sequence[View]:
    """Photographs whose bytes are on this device and not yet with the server, as far as the server has said."""
    views = (store.itself(KIND, id) for id in sorted(store.attachments.ids()))
    return [view for view in views if view and not view.is_deleted and not view.fields.get("received_at")]


def only_here(store: LocalStore) -> Sequence[View]:
    """Those on their way that are in no rescue file that somebody keeps."""
    rescued = store.progress().rescued_photos
    return [view for view in on_their_way(store) if view.id not in rescued]


def damaged_photos(store: LocalStore) -> list[str]:
    """The ids of those whose bytes are not what was kept; all of them are read."""
    return [id for id in sorted(store.attachments.ids()) if not _is_readable(store, id)]


def sweep(store: LocalStore) -> int:
    """Take away bytes that belong to no photograph; not while records may be missing that the server still has."""
    progress = store.progress()
    if progress.is_sweeping or progress.asks_first:
        return 0
    views = (store.itself(KIND, id) for id in store.attachments.ids())
    return store.attachments.sweep({view.id for view in views if view and not view.is_deleted})


def _is_readable(store: LocalStore, photo: str) -> bool:
    try:
        store.attachments.whole(photo)
    except Corrupt:
        return False
    return True


def _whole(store: LocalStore, photo: View) -> bytes:
    """The photograph, or nothing where it cannot be had; a damaged one makes room for that which the server has."""
    try:
        return store.attachments.whole(photo.id)
    except NotHere:
        return b""
    except Corrupt:
        if photo.fields.get("received_at"):
            store.attachments.discard(photo.id)
        return b""


def _is_photo(view: View) -> bool:
    return view.fields.get("kind") == "photo"


def _read(store: LocalStore, photo: View) -> PhotoRead:
    said = photo.fields
    return PhotoRead(
        id=photo.id,
        taken_at=str(said.get("taken_at") or ""),
        source=str(said.get("source") or ""),
        has_arrived=bool(said.get("received_at")),
        is_here=photo.id in store.attachments,
    )


def _consents(store: LocalStore, visit: View) -> list[View]:
    customer = visit.fields.get("customer_id")
    return store.find("consent", {"customer_id": customer}) if customer else []
