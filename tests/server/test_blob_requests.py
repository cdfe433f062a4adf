"""Chunk by chunk, after its record, a photograph arrives; whatever is wrong with a request, the answer names it."""

import pytest

from sync_server import people
from tests.server.photos import (
    OTHER,
    PHOTO,
    PIECE,
    asks,
    received,
    refusal,
    sends,
    sends_all,
    sha_of,
    standing,
    tells_of,
    told_of,
)
from tests.server.world import Office, Phone
from visit_core.blobs import CHUNK_BYTES, MOST_BYTES

SIZE, HALF = len(PHOTO), 3 * PIECE
NOW = "2026-11-21T22:00:00.000Z"


@pytest.fixture
def ana(office: Office) -> Phone:
    return office.phone("Ana")


def test_no_byte_is_taken_before_a_record_tells_of_it(office, ana):
    assert asks(ana, "HEAD").status_code == 404
    assert refusal(sends(ana, 0, PHOTO[:PIECE])) == (404, "blob_unknown")
    assert refusal(asks(ana, "GET")) == (404, "blob_unknown")
    tells_of(ana)
    assert refusal(sends(ana, 0, PHOTO[:PIECE], headers={"upload-length": str(SIZE + 1)})) == (404, "blob_unknown")
    assert office.store.counts()["blob_chunk"] == 0


def test_the_bytes_of_a_refused_record_wait_on_the_phone_until_it_is_mended(office, ana):
    ana.creates("attachment", **told_of(), customer_id="nobody")
    assert ana.syncs().results[0].status == "rejected"
    assert refusal(sends(ana, 0, PHOTO[:PIECE])) == (404, "blob_unknown")
    tells_of(ana)
    sends_all(ana)
    assert standing(ana) == (SIZE, SIZE, True)


@pytest.mark.parametrize("size", [0, MOST_BYTES + 1])
def test_a_photo_larger_than_the_limit_is_refused_with_its_record(ana, size):
    ana.creates("attachment", **{**told_of(), "size": size})
    (result,) = ana.syncs().results
    assert (result.status, result.error and result.error.field) == ("rejected", "size")


def test_only_the_server_says_that_a_photo_was_received(ana):
    ana.creates("attachment", **told_of(), received_at="2026-11-21T10:00:00.000Z")
    (result,) = ana.syncs().results
    assert (result.status, result.error and result.error.facts["field"]) == ("rejected", "received_at")


def test_more_than_the_record_tells_of_is_refused(office, ana):
    tells_of(ana)
    sends_all(ana, end=5 * PIECE)
    assert refusal(sends(ana, 5 * PIECE, PHOTO[5 * PIECE :] + b"x")) == (413, "blob_too_long")
    assert refusal(sends(ana, 5 * PIECE, bytes(CHUNK_BYTES + 1))) == (413, "too_large")
    assert standing(ana) == (5 * PIECE, SIZE, False)


def test_a_chunk_that_does_not_say_where_it_belongs_is_refused(ana):
    tells_of(ana)
    odd = [{"upload-offset": "-1"}, {"upload-offset": "next"}, {"upload-length": "0"}, {"content-encoding": "br"}]
    answers = [refusal(sends(ana, 0, PHOTO[:PIECE], headers=headers)) for headers in odd]
    assert answers == [(422, "shape")] * 3 + [(422, "encoding")]


def test_a_revoked_device_neither_sends_nor_reads(office, ana):
    tells_of(ana)
    people.revoke(office.store, ana.device, office.clock)
    assert [asks(ana, "HEAD").status_code, asks(ana, "GET").status_code] == [410, 410]
    assert refusal(sends(ana, 0, PHOTO[:PIECE])) == (410, "device_revoked")


def test_an_admin_has_no_photos_and_that_is_written_down(office, ana):
    tells_of(ana)
    boss, before = office.phone("Bo", "admin"), office.store.counts()["audit"]
    assert asks(boss, "HEAD").status_code == 403
    assert office.store.counts()["audit"] == before + 1


def test_any_part_of_a_photo_is_read_alone(ana):
    tells_of(ana)
    sends_all(ana)
    parts = {"0-999": (0, 1000), "1500-4200": (1500, 4201), "5000-": (5000, SIZE), "-7": (SIZE - 7, SIZE)}
    for asked, (start, end) in parts.items():
        part = asks(ana, "GET", range=f"bytes={asked}")
        assert (part.status_code, part.content) == (206, PHOTO[start:end])
        assert part.headers["content-range"] == f"bytes {start}-{end - 1}/{SIZE}"


def test_what_is_no_range_asks_for_all_and_what_lies_behind_the_end_is_refused(ana):
    tells_of(ana)
    sends_all(ana)
    assert [asks(ana, "GET", range=odd).content for odd in ("bytes=-", "pages=1-2", "bytes=0-1,3-4")] == [PHOTO] * 3
    behind = asks(ana, "GET", range=f"bytes={SIZE}-")
    assert (*refusal(behind), behind.headers["content-range"]) == (416, "blob_range", f"bytes */{SIZE}")


def test_what_is_not_whole_is_read_by_nobody(ana):
    tells_of(ana)
    sends_all(ana, end=5 * PIECE)
    assert refusal(asks(ana, "GET")) == (404, "blob_unknown")


def test_photos_wait_while_many_sync(office, ana, monkeypatch):
    tells_of(ana)
    monkeypatch.setattr(office.app.state.machinery.seats, "_taken", office.settings.syncs_at_once)
    busy = sends(ana, 0, PHOTO[:PIECE])
    assert refusal(busy) == (503, "busy")
    assert int(busy.headers["retry-after"]) >= 60


def test_two_photos_of_one_record_each_do_not_mix(office, ana):
    tells_of(ana)
    tells_of(ana, OTHER)
    sends_all(ana, end=PIECE)
    sends_all(ana, OTHER)
    sends_all(ana, start=PIECE)
    assert [asks(ana, "GET", content).content for content in (PHOTO, OTHER)] == [PHOTO, OTHER]
    assert sha_of(PHOTO) != sha_of(OTHER)


def test_a_chunk_that_comes_twice_is_refused_with_the_place_to_go_on_from(ana):
    id = tells_of(ana)
    sends_all(ana, end=HALF)
    again = sends(ana, HALF - PIECE, PHOTO[HALF - PIECE : HALF])
    assert (*refusal(again), again.headers["upload-offset"]) == (409, "blob_offset", str(HALF))
    sends_all(ana, start=HALF)
    assert refusal(sends(ana, SIZE - 77, PHOTO[-77:])) == (409, "blob_offset")
    assert sends(ana, SIZE, b"").headers["upload-complete"] == "1"
    assert received([ana], id) == [NOW]


def test_bytes_that_are_not_those_of_the_fingerprint_are_thrown_away(office, ana):
    id = tells_of(ana)
    sends_all(ana, end=5 * PIECE)
    assert refusal(sends(ana, 5 * PIECE, bytes(77))) == (422, "blob_hash")
    assert standing(ana) == (0, SIZE, False)
    assert received([ana], id) == [None]
    assert office.store.counts()["blob_chunk"] == 0
    sends_all(ana)
    assert received([ana], id) == [NOW]


def test_a_server_that_died_behind_the_last_chunk_is_asked_again_and_checks_it_then(office, ana):
    id = tells_of(ana)
    sends_all(ana, end=5 * PIECE)
    seen = office.store.read(ana.team, lambda reading: reading.blobs.of(sha_of(PHOTO)))
    office.store.append(ana.team, seen[0].key, 5 * PIECE, PHOTO[5 * PIECE :], office.clock())
    assert standing(ana) == (SIZE, SIZE, False)
    assert received([ana], id) == [None]
    assert sends(ana, SIZE, b"").headers["upload-complete"] == "1"
    assert received([ana], id) == [NOW]


def test_a_record_of_a_photo_that_is_here_is_received_on_arrival(office, ana):
    tells_of(ana)
    sends_all(ana)
    ben = office.phone("Ben")
    later = tells_of(ben)
    assert received([ana, ben], later) == [NOW, NOW]
    assert received([ana], tells_of(ana, size=SIZE - 1)) == [None]  # what says another size means other bytes


def test_each_team_has_photos_of_its_own(office, ana):
    wen = office.phone("Wen", team="west")
    tells_of(ana)
    sends_all(ana)
    assert [asks(wen, method).status_code for method in ("HEAD", "GET")] == [404, 404]
    assert refusal(sends(wen, 0, PHOTO[:PIECE])) == (404, "blob_unknown")
    id = tells_of(wen)
    assert standing(wen) == (0, SIZE, False)
    assert received([wen], id) == [None]


def test_a_record_taken_out_of_the_bin_in_time_is_received_as_before(office, ana):
    id = tells_of(ana)
    ana.does("delete", "attachment", id)
    ana.syncs()
    assert refusal(sends(ana, 0, PHOTO[:PIECE])) == (404, "blob_unknown")
    ben = office.phone("Ben")
    tells_of(ben)
    sends_all(ben)
    assert received([ana], id) == [None]
    ana.does("restore", "attachment", id)
    assert received([ana], id) == [NOW]
