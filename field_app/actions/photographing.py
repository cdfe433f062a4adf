"""A photograph added to a visit, and taken away again: the bytes first, then one commit that names them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from pydantic import JsonValue

from field_app.actions.edits import correction, creation, removal, wanted
from field_app.actions.photographs import KIND, on_their_way, why_no_more
from field_app.actions.records import edits_for
from field_app.local_store import Edit, LocalStore
from field_app.photo import MIME, Photo
from visit_core.stamp import instant

JUST_NOW = timedelta(minutes=10)
"""A picture that its camera made within this time was made for the visit, by whatever way it came here."""


@dataclass(frozen=True, slots=True)
class Attached:
    """What was kept: the record's id, and fingerprint and size of the bytes that are kept and sent."""

    id: str
    sha256: str
    size: int


def attach(store: LocalStore, photo: Photo, *, visit: str, source: str = "") -> Attached:
    """Keep a photograph of a visit; NotValid where there may be no more, NoRoom where the disk is full.

    `source` is camera or album; without it that is told by when the picture was taken.
    """
    view = wanted(store, "visit", visit)
    if refused := why_no_more(store, view):
        raise refused
    customer = view.fields.get("customer_id")
    about = {"visit_id": view.id, "customer_id": customer} if customer else {"visit_id": view.id}
    made = creation(store, KIND, {**about, **_said(store, photo, source)})
    store.attachments.keep(made.id, photo.content)
    members = _attached(view.fields.get("attachments"))
    store.keep(made, *edits_for(store, "visit", view.id, {"attachments": [*members, made.id]}))
    return Attached(made.id, photo.sha256, len(photo.content))


def take_away(store: LocalStore, photo: str) -> None:
    """Put a photograph in the bin; its bytes are gone from this device, and come back only from the server."""
    view = wanted(store, KIND, photo)
    if view.is_refused:
        store.discard(view)
    else:
        store.keep(removal(store, KIND, view.id, "delete"), *_taken_out(store, view.id, view.fields.get("visit_id")))
    store.attachments.discard(view.id)


def send_now(store: LocalStore) -> int:
    """Let all photographs that are on their way go by whatever network there is; give how many waited for Wi-Fi."""
    waiting = [photo for photo in on_their_way(store) if photo.fields.get("upload_policy") == "wifi"]
    if waiting:
        store.keep_each([[correction(store, photo, {"upload_policy": "now"})] for photo in waiting])
    return len(waiting)


def _taken_out(store: LocalStore, photo: str, visit: JsonValue) -> list[Edit]:
    view = store.view("visit", str(visit or ""))
    members = _attached(view.fields.get("attachments")) if view else []
    if view is None or photo not in members:
        return []
    return edits_for(store, "visit", view.id, {"attachments": [each for each in members if each != photo]})


def _said(store: LocalStore, photo: Photo, source: str) -> dict[str, JsonValue]:
    now_ms = store.now_ms()
    taken_ms = min(_ms(photo.taken), now_ms) if photo.taken else now_ms
    is_fresh = photo.taken is not None and timedelta(milliseconds=now_ms - taken_ms) <= JUST_NOW
    return {
        "kind": "photo",
        "sha256": photo.sha256,
        "size": len(photo.content),
        "mime": MIME,
        "width": photo.width,
        "height": photo.height,
        "taken_at": instant(taken_ms),
        "source": source or ("camera" if is_fresh else "album"),
    }


def _ms(local: datetime) -> int:
    return int(local.astimezone().timestamp() * 1000)


def _attached(members: JsonValue) -> list[JsonValue]:
    return list(members) if isinstance(members, list) else []
