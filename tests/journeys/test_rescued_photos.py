"""A device that can no longer reach its server: its photographs come in by the rescue file, whole, and once."""

import asyncio
import hashlib
import io
import random
from functools import partial

import pytest
from PIL import Image

from field_app.actions import this_device
from field_app.actions.photographing import attach, take_away
from field_app.actions.rescuing import hand_in, has_kept, keep_rescue_file, rescue_file, take_in
from field_app.photo import photo_of
from field_app.sync import at_once
from field_app.vault.opening import entrusted_of
from sync_server import people
from sync_server.rescuing import rescue, rescue_all
from sync_server.trustee import Trustee
from visit_core.errors import NotValid, TooLarge
from visit_core.rescues import MOST_PIECE_BYTES, PHOTO_PART_BYTES

PART = 3_000
drawn = random.Random(7)


@pytest.fixture
def cut_off(street, monkeypatch):
    """Ana's phone has a visit with two photographs, and has met nobody since."""
    monkeypatch.setattr("field_app.actions.rescuing.PHOTO_PART_BYTES", PART)
    ana = street.phone("安娜")
    visit = ana.adds("visit", customer_id=ana.adds("customer", name="张三"), outcome="interested")
    return street, ana, [photographed(ana, visit) for _ in range(2)]


def photographed(phone, visit):
    """A photograph of that visit: its record's id and fingerprint."""
    written = io.BytesIO()
    Image.frombytes("RGB", (96, 64), drawn.randbytes(96 * 64 * 3)).save(written, "JPEG")
    return attach(phone.store, photo_of(written.getvalue()), visit=visit)


def made_by(phone):
    return rescue_file(phone.store, entrusted_of(phone.place)[1])


def taken(street, file):
    office = street.office
    take = partial(rescue, office.store, Trustee(office.key()), by="operator", now_ms=office.clock())
    told = rescue_all(io.BytesIO(file), take).model_dump(exclude={"device"})
    return {name: count for name, count in told.items() if count}


def has_all(street, photos):
    """Whether the server has the very bytes of them, and says so."""
    lea = street.office.phone("Lea", "supervisor")
    signed = {"authorization": f"Bearer {lea.token}"}
    answers = [street.office.answers("GET", f"/v1/blobs/{photo.sha256}", headers=signed) for photo in photos]
    is_received = [bool(street.server_sees("attachment", photo.id).get("received_at")) for photo in photos]
    sound = [hashlib.sha256(answer.content).hexdigest() for answer in answers]
    return sound == [photo.sha256 for photo in photos] and all(is_received)


def test_photographs_come_in_by_the_file_and_twice_is_once(cut_off):
    street, ana, photos = cut_off
    file = made_by(ana).content
    assert file.count(b"\n") > 3
    assert taken(street, file)["photos"] == 2
    assert has_all(street, photos)
    chunks = street.office.store.counts()["blob_chunk"]
    again = taken(street, file)
    assert (again["photos_known"], "photos" in again) == (2, False)
    assert street.office.store.counts()["blob_chunk"] == chunks
    assert list(street.office.store.flaws()) == []


def test_a_supervisors_phone_hands_them_in_for_a_device_that_was_revoked(cut_off):
    street, ana, photos = cut_off
    made = made_by(ana)
    people.revoke(street.office.store, ana.me.device, street.office.clock)
    sue = street.phone("苏", "supervisor")

    async def hands_in():
        async with sue.connect(sue.me) as remote:
            return await hand_in(remote, io.BytesIO(made.content))

    assert asyncio.run(hands_in()).photos == 2
    assert has_all(street, photos)


def test_a_device_that_had_sent_a_part_and_syncs_later_stores_nothing_twice(cut_off):
    street, ana, photos = cut_off
    file = made_by(ana).content
    lines = file.splitlines(keepends=True)
    assert "photos" not in taken(street, b"".join(lines[:2]))
    ana.syncs()
    assert has_all(street, photos)
    assert taken(street, file)["photos_known"] == 2
    assert street.office.store.counts()["blob"] == 2
    assert list(street.office.store.flaws()) == []


def test_a_damaged_part_is_counted_and_what_it_lacks_is_brought_by_the_sound_file_later(cut_off):
    street, ana, photos = cut_off
    lines = made_by(ana).content.splitlines(keepends=True)
    hurt = [*lines[:1], lines[1].replace(b'"sealed":"', b'"sealed":"AAAA', 1), *lines[2:]]
    told = taken(street, b"".join(hurt))
    assert (told["damaged"], told["photos_missing"], told["photos"]) == (1, 1, 1)
    assert not has_all(street, photos)
    assert taken(street, b"".join(lines)[:-50])["damaged"] == 1
    assert taken(street, b"".join(lines))["photos_known"] == 2
    assert has_all(street, photos)


def test_where_no_part_can_be_opened_it_says_why_and_takes_nothing(cut_off):
    street, ana, _ = cut_off
    content = made_by(ana).content.replace(b'"sealed":"', b'"sealed":"AAAA')
    with pytest.raises(NotValid, match="sealed_elsewhere"):
        taken(street, content)


def test_bytes_that_no_record_tells_of_any_more_are_not_kept(cut_off):
    street, ana, photos = cut_off
    file = made_by(ana).content
    ana.syncs()
    take_away(ana.store, photos[0].id)
    ana.syncs()
    told = taken(street, file)
    assert (told["photos_refused"], told["photos_known"]) == (1, 1)


def test_whoever_keeps_a_file_with_all_photographs_may_leave_until_another_is_taken(cut_off):
    ana = cut_off[1]
    assert this_device.why_not_leave(ana.store)
    has_kept(ana.store, made_by(ana))
    assert this_device.why_not_leave(ana.store) is None
    photographed(ana, ana.store.find("visit")[0].id)
    assert this_device.why_not_leave(ana.store)


def test_what_one_file_has_no_room_for_goes_into_the_next(cut_off, monkeypatch):
    street, ana, photos = cut_off
    monkeypatch.setattr("field_app.actions.rescuing.MOST_PHOTO_BYTES", photos[0].size + 1)
    first = made_by(ana)
    assert (len(first.rescued.photos), first.rescued.photos_left) == (1, 1)
    has_kept(ana.store, first)
    why = this_device.why_not_leave(ana.store)
    assert why
    assert why.why == "photos_unsent"
    second = made_by(ana)
    has_kept(ana.store, second)
    assert {*first.rescued.photos, *second.rescued.photos} == {photo.id for photo in photos}
    assert this_device.why_not_leave(ana.store) is None
    assert [taken(street, made.content)["photos"] for made in (second, first)] == [1, 1]
    assert has_all(street, photos)


def test_a_script_writes_all_of_them_into_one_file(cut_off, monkeypatch, tmp_path):
    street, ana, photos = cut_off
    monkeypatch.setattr("field_app.actions.rescuing.MOST_PHOTO_BYTES", 1)
    kept = keep_rescue_file(ana.store, entrusted_of(ana.place)[1], tmp_path / "rescue")
    assert (set(kept.photos), kept.photos_left) == ({photo.id for photo in photos}, 0)
    assert taken(street, (tmp_path / "rescue").read_bytes())["photos"] == 2


def test_a_file_of_which_a_window_has_only_the_beginning_is_refused_as_too_large(cut_off, monkeypatch):
    street, ana, _ = cut_off
    content = made_by(ana).content
    monkeypatch.setattr("field_app.actions.rescuing.MAX_FILE_BYTES", len(content) - 1)

    async def picked():
        async with ana.connect(ana.me) as remote:
            await take_in(ana.store, remote, at_once, content=content)

    with pytest.raises(TooLarge):
        asyncio.run(picked())
    assert not street.office.store.counts()["blob"]


def test_a_part_stays_below_what_the_server_takes():
    assert PHOTO_PART_BYTES * (4 / 3) ** 2 * 1.1 < MOST_PIECE_BYTES
