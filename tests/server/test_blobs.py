"""The bytes of a photograph in every kind of store: written, read, backed up, looked through and let go of."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import delete

from sync_server.care.backup import make_backup, try_out
from sync_server.care.collecting import collect_blobs
from sync_server.schema import blob_chunk
from tests.server.photos import OTHER, PHOTO, PIECE, asks, received, sends, sends_all, sha_of, standing, tells_of
from tests.server.world import MINUTE, Office, Phone
from visit_core.errors import Corrupt

SIZE, HALF = len(PHOTO), 3 * PIECE
NOW, DAY = "2026-11-21T22:00:00.000Z", 24 * 60 * MINUTE


@pytest.fixture
def ana(office: Office) -> Phone:
    return office.phone("Ana")


def test_a_photo_is_received_with_its_last_chunk_and_everybody_hears_of_it(office, ana):
    ben, id = office.phone("Ben"), tells_of(ana)
    assert standing(ana) == (0, SIZE, False)
    sends_all(ana, end=HALF)
    assert standing(ana) == (HALF, SIZE, False)
    assert received([ana, ben], id) == [None, None]
    sends_all(ana, start=HALF)
    assert standing(ben) == (SIZE, SIZE, True)
    assert received([ana, ben], id) == [NOW, NOW]
    assert asks(ben, "GET").content == PHOTO
    assert list(office.store.flaws()) == []


def test_two_phones_that_send_one_photo_at_once_store_it_once(office, ana):
    ben = office.phone("Ben")
    ids = [tells_of(ana), tells_of(ben)]

    def sends_on(phone: Phone) -> int:
        at, taken = 0, 0
        while at < SIZE:
            answer = sends(phone, at, PHOTO[at : at + PIECE])
            assert answer.status_code in (204, 409)
            taken += answer.status_code == 204
            at = int(answer.headers["upload-offset"])
        return taken

    with ThreadPoolExecutor(2) as pool:
        assert sum(pool.map(sends_on, [ana, ben])) == 6
    assert standing(ana) == (SIZE, SIZE, True)
    assert [received([ana, ben], id) for id in ids] == [[NOW, NOW]] * 2
    assert office.store.counts()["blob"] == 1
    assert list(office.store.flaws()) == []


def test_bytes_go_thirty_days_after_their_last_record_and_no_record_says_that_they_are_here(office, ana):
    one, two, stays = tells_of(ana), tells_of(ana), tells_of(ana, OTHER)
    sends_all(ana)
    sends_all(ana, OTHER)
    ana.does("delete", "attachment", one)
    ana.syncs()
    office.clock.now_ms += 40 * DAY
    assert collect_blobs(office.store, office.clock()) == 0  # the other record is not in the bin
    ana.does("delete", "attachment", two)
    ana.syncs()
    office.clock.now_ms += 29 * DAY
    assert collect_blobs(office.store, office.clock()) == 0
    office.clock.now_ms += 2 * DAY
    assert [collect_blobs(office.store, office.clock()) for _ in range(2)] == [1, 0]
    assert received([ana], stays) == [NOW]
    assert asks(ana, "GET", OTHER).content == OTHER
    ana.does("restore", "attachment", two)
    assert received([ana], two) == [None]
    assert standing(ana) == (0, SIZE, False)
    assert list(office.store.flaws()) == []


def test_what_a_restored_server_lost_of_a_photo_is_sent_again_and_not_received_before(office, ana):
    id = tells_of(ana)
    sends_all(ana, end=HALF)
    path = office.backs_up()
    sends_all(ana, start=HALF)
    assert received([ana], id) == [NOW]
    office.restores(path)
    assert standing(ana) == (HALF, SIZE, False)
    assert office.sees(ana.team, "attachment", id).get("received_at") is None
    sends_all(ana, start=HALF)
    assert office.sees(ana.team, "attachment", id)["received_at"] == NOW
    assert asks(ana, "GET").content == PHOTO


def test_a_backup_holds_every_photo_and_one_without_a_chunk_is_not_called_good(office, ana):
    tells_of(ana)
    sends_all(ana)
    assert try_out(office.backs_up(), office.key()).counts["blob_chunk"] == 6
    engines = office.engines()
    with engines.writing.begin() as connection:
        connection.execute(delete(blob_chunk).where(blob_chunk.c.at == PIECE))
    engines.dispose()
    assert [flaw.split()[0] for flaw in office.store.flaws()] == ["blob_not_as_told"]
    with pytest.raises(Corrupt):
        office.backs_up("two.backup")


def test_what_is_restored_from_a_backup_that_shares_is_what_was_backed_up_half_photos_too(office, ana):
    tells_of(ana)
    sends_all(ana)
    tells_of(ana, OTHER)
    sends_all(ana, OTHER, end=PIECE)
    path = office.settings.home.parent / "kept" / "shares"
    made = make_backup(office.store, path, office.key(), office.clock(), shares=True)
    office.restores(made.path)
    assert list(office.store.flaws()) == []
    assert asks(ana, "GET").content == PHOTO
    assert standing(ana, OTHER) == (PIECE, len(OTHER), False)


def test_a_record_that_says_received_without_its_bytes_is_a_flaw(office, ana):
    tells_of(ana)
    sends_all(ana)
    (kept,) = office.store.read(ana.team, lambda reading: reading.blobs.of(sha_of(PHOTO)))
    office.store.write(ana.team, lambda ledger: ledger.blobs.drop(kept))
    assert list(office.store.flaws()) == ["received_without_bytes count=1"]
