"""Photographs go behind the changes, from where the server has them, chunk by chunk, and in nobody's way."""

import asyncio
import hashlib
import random
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from field_app.actions import records, syncing
from field_app.downloads import fetch_photo
from field_app.local_store import Edit
from field_app.sync import SyncReport
from field_app.uploads import FREELY, Way
from tests.app.fakes import FakeClock, FakeServer
from tests.app.phones import Phone, a_phone
from visit_core.blobs import CHUNK_BYTES, Standing
from visit_core.errors import NotFound, Unreachable
from visit_core.protocol import ErrorInfo

KIB = 1024
PHOTO = random.Random(1).randbytes(700 * KIB + 11)
CHUNKS = [(0, 64 * KIB), (64 * KIB, 128 * KIB), (192 * KIB, CHUNK_BYTES), (448 * KIB, 252 * KIB + 11)]


class Here:
    """A phone with photographs, and a server in memory that says what it has received."""

    def __init__(self, folder: Path) -> None:
        self.server = FakeServer(FakeClock())
        self.blobs = self.server.blobs
        self.phone = a_phone(folder / "data.log", self.server)
        self.store = self.phone.store

    def takes(self, content: bytes = PHOTO, **fields: Any) -> str:
        told = {"kind": "photo", "mime": "image/jpeg", "taken_at": "2026-11-21T01:00:00.000Z", **fields}
        sha256 = hashlib.sha256(content).hexdigest()
        id = self.store.fresh_id()
        self.store.attachments.keep(id, content)
        self.store.keep(Edit("create", "attachment", id, {"sha256": sha256, "size": len(content), **told}))
        return id

    def syncs(self, way: Way = FREELY, heard: Any = lambda report: None) -> SyncReport:
        return asyncio.run(syncing.sync(self.store, self._connect, way, heard))

    def told(self, way: Way = FREELY) -> tuple[int, int]:
        report = self.syncs(way)
        return report.photos_sent, report.photos_waiting

    def fetches(self, photo: str, *, by: Phone | None = None) -> int:
        return asyncio.run(fetch_photo((by or self.phone).store, self.blobs, photo=photo))

    def says_received(self, photo: str) -> None:
        """As the real server does with the last chunk."""
        record = self.server.records["attachment", photo]
        if record["sha256"] in self.blobs.whole:
            scopes = [scope for scope, kind, id in self.server.feed if (kind, id) == ("attachment", photo)]
            self.server.puts("attachment", photo, {"received_at": "2026-11-21T02:00:00.000Z"}, scopes)

    @asynccontextmanager
    async def _connect(self, _: object):
        yield self.server


def another(folder: Path, here: Here) -> Phone:
    """A colleague's phone."""
    (folder / "ben").mkdir()
    return a_phone(folder / "ben" / "data.log", here.server, "ben")


@pytest.fixture
def here(tmp_path: Path) -> Here:
    return Here(tmp_path)


def test_the_record_goes_first_and_the_bytes_follow_in_growing_chunks(here):
    photo, reports = here.takes(), list[SyncReport]()
    here.blobs.before_each = lambda: here.says_received(photo)
    report = here.syncs(heard=reports.append)
    assert here.blobs.taken == CHUNKS
    assert here.blobs.kept[hashlib.sha256(PHOTO).hexdigest()] == PHOTO
    assert (report.pushed, report.photos_sent) == (1, 1)
    assert [(one.photos_sent, one.photos_waiting) for one in reports][-1] == (1, 1)


def test_what_has_arrived_is_not_asked_about_again(here):
    photo = here.takes()
    assert here.told() == (1, 1)  # this server has not said so yet
    here.says_received(photo)
    standings = here.blobs.standings
    assert here.told() == (0, 0)
    assert here.blobs.standings == standings


def test_a_cut_link_costs_the_chunk_under_way_and_no_other(here):
    here.takes()
    here.blobs.cuts_after = 3
    with pytest.raises(Unreachable):
        here.syncs()
    here.blobs.cuts_after = None
    assert here.told()[0] == 1
    assert [at for at, _ in here.blobs.taken] == sorted({at for at, _ in here.blobs.taken})
    assert sum(size for _, size in here.blobs.taken) == len(PHOTO)


def test_a_chunk_whose_answer_is_lost_is_not_sent_again(here):
    here.takes()
    here.blobs.loses_answer_of = 2
    with pytest.raises(Unreachable):
        here.syncs()
    assert here.told()[0] == 1
    assert sum(size for _, size in here.blobs.taken) == len(PHOTO)


def test_another_device_that_sends_the_same_photo_is_followed_and_not_fought(here):
    here.takes()
    sha256 = hashlib.sha256(PHOTO).hexdigest()
    here.blobs.before_each = lambda: here.blobs.kept.setdefault(sha256, PHOTO[: 300 * KIB])
    assert here.told()[0] == 1
    assert here.blobs.taken[0][0] == 300 * KIB


def test_a_change_that_is_due_goes_before_the_next_chunk(here):
    here.takes()
    assert here.told(Way(gives_way=lambda: len(here.blobs.taken) >= 2)) == (0, 1)
    assert here.blobs.taken == CHUNKS[:2]
    records.add(here.store, "customer", {"name": "张三", "mobile": "13800000000"})
    report = here.syncs()
    assert (report.pushed, report.waiting, report.photos_sent) == (1, 0, 1)
    assert sum(size for _, size in here.blobs.taken) == len(PHOTO)


def test_a_photo_for_wifi_waits_for_it_and_one_for_now_does_not(here):
    here.takes(upload_policy="wifi")
    now = here.takes(PHOTO[:1000], upload_policy="now")
    assert here.told(Way(on_wifi=lambda: False)) == (1, 2)
    assert here.blobs.whole == {here.server.records["attachment", now]["sha256"]}
    assert here.told(Way(on_wifi=lambda: None))[0] >= 1
    assert len(here.blobs.whole) == 2


def test_what_is_wrong_with_one_photo_stops_no_other(here, caplog):
    here.server.refuses = lambda change: (
        ErrorInfo(code="not_valid", field="size") if change.fields.get("size") == 7 else None
    )
    refused, damaged, altered, good = (
        here.takes(b"refused"),
        here.takes(b"damaged!"),
        here.takes(b"altered"[:5]),
        here.takes(),
    )
    folder = here.phone.path.parent / "attachments"
    *sound, last = (folder / damaged).read_bytes()
    (folder / damaged).write_bytes(bytes([*sound, last ^ 1]))
    here.store.attachments.keep(altered, b"other")
    report = here.syncs()
    assert (report.photos_sent, report.quarantined) == (1, 1)
    assert here.blobs.whole == {here.server.records["attachment", good]["sha256"]}
    assert [line.split()[2] for line in caplog.messages if line.startswith("photo stays")] == [
        f"id={damaged}",
        f"id={altered}",
    ]
    assert refused not in caplog.text


def test_a_server_that_never_gets_further_is_left_alone(here):
    here.takes()

    async def stuck(*_: object) -> Standing:
        return Standing(0, len(PHOTO))

    here.blobs.send = stuck
    with pytest.raises(Unreachable):
        here.syncs()


def test_a_server_of_before_that_knows_no_photos_takes_the_changes_all_the_same(here):
    here.takes()
    here.blobs.tells_of = lambda sha256, size: False
    report = here.syncs()
    assert (report.pushed, report.photos_sent, report.photos_waiting) == (1, 0, 1)


def test_who_looks_at_a_photo_that_is_elsewhere_fetches_and_keeps_it(here, tmp_path):
    photo = here.takes()
    ben = another(tmp_path, here)
    ben.syncs()
    with pytest.raises(NotFound):
        here.fetches(photo, by=ben)
    here.syncs()
    ben.syncs()
    assert here.fetches(photo, by=ben) == len(PHOTO)
    assert ben.store.attachments.whole(photo) == PHOTO
    assert here.fetches(photo, by=ben) == 0
    assert here.fetches(photo) == 0


def test_what_comes_back_must_be_what_was_sent(here, tmp_path):
    photo = here.takes()
    here.syncs()
    ben = another(tmp_path, here)
    ben.syncs()
    sha256 = str(here.server.records["attachment", photo]["sha256"])
    for odd in (bytes(len(PHOTO)), PHOTO[:-1]):
        here.blobs.kept[sha256] = odd
        with pytest.raises(Unreachable):
            here.fetches(photo, by=ben)
    assert ben.store.attachments.ids() == set()
