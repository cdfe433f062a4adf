"""Fetched photographs have room up to a limit: the one that nobody looked at for longest goes, an unsent one never."""

import asyncio
import hashlib
from pathlib import Path

import pytest

from field_app.actions import photographs, syncing
from field_app.local_store import Edit
from field_app.uploads import FREELY
from tests.app.phones import Phone
from tests.app.test_uploads import Here, another
from visit_core.change import Registers

SIZE = 1_000
MINUTE = 60_000


@pytest.fixture
def here(tmp_path: Path) -> Here:
    return Here(tmp_path)


@pytest.fixture
def ben(tmp_path: Path, here: Here, monkeypatch: pytest.MonkeyPatch) -> Phone:
    """A colleague whose phone has room for three photographs of others."""
    monkeypatch.setattr("field_app.downloads.MOST_FETCHED_BYTES", 3 * SIZE)
    return another(tmp_path, here)


def arrived(here: Here, ben: Phone, count: int) -> list[str]:
    """Photographs that Ana's phone has sent, and that Ben's has heard of."""
    photos = [here.takes(bytes([number]) * SIZE) for number in range(count)]
    here.syncs()
    for photo in photos:
        here.says_received(photo)
    ben.syncs()
    return photos


def fetched(here: Here, ben: Phone, *photos: str) -> None:
    for photo in photos:
        here.server.clock.passes(MINUTE)
        assert here.fetches(photo, by=ben) == SIZE


def test_the_one_that_nobody_looked_at_for_longest_makes_room(here, ben):
    first, second, third, fourth = arrived(here, ben, 4)
    fetched(here, ben, first, second, third)
    here.server.clock.passes(MINUTE)
    photographs.load(ben.store, first)
    fetched(here, ben, fourth)
    assert ben.store.attachments.ids() == {first, third, fourth}
    fetched(here, ben, second)
    assert ben.store.attachments.ids() == {first, fourth, second}
    assert ben.store.fetched.ids() == {first, fourth, second}


def test_what_was_taken_here_and_what_the_server_no_longer_has_never_makes_room(here, ben):
    photos = arrived(here, ben, 4)
    own = kept_by(ben, b"m" * SIZE)
    fetched(here, ben, *photos[:3])
    scopes = [scope for scope, kind, id in here.server.feed if (kind, id) == ("attachment", photos[0])]
    here.server.puts("attachment", photos[0], {"received_at": None}, scopes)  # a backup without it was put back
    ben.syncs()
    fetched(here, ben, photos[3])
    assert ben.store.attachments.ids() == {own, photos[0], photos[2], photos[3]}


def test_the_phone_that_took_some_keeps_its_own_although_they_have_arrived(here, ben, monkeypatch):
    own = arrived(here, ben, 2)
    here.syncs()
    monkeypatch.setattr("field_app.downloads.MOST_FETCHED_BYTES", 1)
    bens = [kept_by(ben, bytes([number]) * SIZE) for number in (8, 9)]
    asyncio.run(syncing.sync(ben.store, here._connect, FREELY, lambda report: None))
    for photo in bens:
        here.says_received(photo)
    here.syncs()
    fetched(here, here.phone, *bens)
    assert here.store.attachments.ids() == {*own, bens[1]}


def kept_by(phone: Phone, content: bytes) -> str:
    """A photograph that this phone has taken."""
    id, sha256 = phone.store.fresh_id(), hashlib.sha256(content).hexdigest()
    told: Registers = {"mime": "image/jpeg", "taken_at": "2026-11-21T01:00:00.000Z", "kind": "photo"}
    phone.store.attachments.keep(id, content)
    phone.store.keep(Edit("create", "attachment", id, {"sha256": sha256, "size": len(content), **told}))
    return id


def test_one_that_is_larger_than_the_limit_is_shown_all_the_same(here, ben, monkeypatch):
    first, second = arrived(here, ben, 2)
    monkeypatch.setattr("field_app.downloads.MOST_FETCHED_BYTES", SIZE // 2)
    fetched(here, ben, first, second)
    assert ben.store.attachments.ids() == {second}
