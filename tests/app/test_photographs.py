"""A photograph stays with its visit: kept before it is named, guarded until it has arrived, gone when taken away."""

from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from field_app.actions import records
from field_app.actions.consents import keep_word
from field_app.actions.photographing import Attached, attach, take_away
from field_app.actions.photographs import MOST, in_full, on_their_way, photos_of, sweep, thumbnail
from field_app.actions.this_device import why_not_leave
from field_app.local_store import Edit
from field_app.photo import Photo, photo_of
from tests.app.fakes import FakeClock, FakeServer
from tests.app.phones import Phone, a_phone
from tests.app.vaults import reopened
from visit_core.errors import NoRoom, NotFound, NotHere, NotValid


def a_photo(colour: str = "red", taken: datetime | None = None) -> Photo:
    """A photograph of one colour."""
    written = BytesIO()
    Image.new("RGB", (640, 480), colour).save(written, "JPEG")
    made = photo_of(written.getvalue())
    return Photo(made.content, made.width, made.height, taken)


@pytest.fixture
def phone(tmp_path: Path) -> Phone:
    return a_phone(tmp_path / "data.log", FakeServer(FakeClock()))


@pytest.fixture
def visit(phone: Phone) -> str:
    """A visit that the server has."""
    customer = records.add(phone.store, "customer", {"name": "张三", "mobile": "13800000000"})
    made = records.add(phone.store, "visit", {"customer_id": customer, "outcome": "interested"})
    phone.syncs()
    return made


def customer_of(phone: Phone, visit: str) -> str:
    view = phone.store.view("visit", visit)
    return str(view.fields["customer_id"]) if view else ""


def arrive(phone: Phone, made: Attached) -> None:
    """The server says that it has every byte."""
    phone.store.keep(Edit("set", "attachment", made.id, {"received_at": "2026-11-22T08:00:00.000Z"}))


def test_a_photograph_is_kept_with_what_is_known_of_it_and_stands_with_its_visit(phone: Phone, visit: str) -> None:
    photo = a_photo()
    made = attach(phone.store, photo, visit=visit)
    record, of_visit = phone.store.view("attachment", made.id), phone.store.view("visit", visit)
    assert record
    assert of_visit
    assert (made.sha256, made.size) == (photo.sha256, len(photo.content))
    said = {name: record.fields[name] for name in ("kind", "sha256", "size", "mime", "width", "height", "visit_id")}
    assert list(said.values()) == ["photo", photo.sha256, made.size, "image/jpeg", 640, 480, visit]
    assert record.fields["customer_id"] == customer_of(phone, visit)
    assert of_visit.fields["attachments"] == [made.id]
    assert in_full(phone.store, made.id) == photo.content
    assert Image.open(BytesIO(thumbnail(phone.store, made.id))).size == (320, 240)


def test_it_was_taken_when_its_camera_says_and_never_in_the_future(phone: Phone, visit: str) -> None:
    now = datetime.fromtimestamp(phone.store.now_ms() / 1000)
    cases = {
        None: ("album", 0),
        now.replace(year=now.year - 1): ("album", 300),
        now.replace(year=now.year + 1): ("camera", 0),
        now: ("camera", 0),
    }
    for taken, (source, days) in cases.items():
        record = phone.store.view("attachment", attach(phone.store, a_photo(taken=taken), visit=visit).id)
        assert record
        at = datetime.fromisoformat(str(record.fields["taken_at"])).timestamp() * 1000
        assert phone.store.now_ms() - at >= 0
        assert (phone.store.now_ms() - at) // 86_400_000 >= days
        assert record.fields["source"] == source
    told = phone.store.view("attachment", attach(phone.store, a_photo(), visit=visit, source="camera").id)
    assert told
    assert told.fields["source"] == "camera"


def test_the_bytes_are_on_the_disk_before_a_record_names_them(
    phone: Phone, visit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_id: str, _content: bytes) -> None:
        assert phone.store.find("attachment") == []
        raise NoRoom(step="write")

    monkeypatch.setattr(phone.store.attachments, "keep", full)
    with pytest.raises(NoRoom):
        attach(phone.store, a_photo(), visit=visit)
    assert phone.store.find("attachment") == []


def test_what_a_crash_left_without_a_record_is_swept_and_nothing_else(phone: Phone, visit: str) -> None:
    kept, gone = attach(phone.store, a_photo(), visit=visit), attach(phone.store, a_photo("blue"), visit=visit)
    phone.store.attachments.keep("f" * 32, b"a crash came before the commit")
    records.delete(phone.store, "attachment", gone.id)  # on another device, say
    assert sweep(phone.store) == 2
    assert phone.store.attachments.ids() == {kept.id}


def test_nothing_is_swept_while_records_may_be_missing_after_a_salvage(phone: Phone, visit: str) -> None:
    attach(phone.store, a_photo(), visit=visit)
    phone.syncs()
    phone.store.attachments.keep("f" * 32, b"its record was in the damaged part")
    phone.store.begin_after_salvage()
    assert sweep(phone.store) == 0
    phone.syncs()
    assert sweep(phone.store) == 1


def test_a_photograph_that_has_not_arrived_keeps_its_person_from_leaving(phone: Phone, visit: str) -> None:
    made = attach(phone.store, a_photo(), visit=visit)
    assert waits(phone) == "unsent"
    phone.syncs()  # the record is there, the bytes are not
    assert waits(phone) == "photos_unsent"
    assert why_not_leave(phone.store, but_photos=True) is None
    assert [view.id for view in on_their_way(phone.store)] == [made.id]
    arrive(phone, made)
    assert on_their_way(phone.store) == []


def waits(phone: Phone) -> str:
    refused = why_not_leave(phone.store)
    return refused.why if refused else ""


def test_a_photograph_taken_away_is_gone_from_the_device_and_from_its_visit(phone: Phone, visit: str) -> None:
    made, other = attach(phone.store, a_photo(), visit=visit), attach(phone.store, a_photo("blue"), visit=visit)
    take_away(phone.store, made.id)
    assert [photo.id for photo in photos_of(phone.store, visit).all] == [other.id]
    assert phone.store.attachments.ids() == {other.id}
    with pytest.raises(NotHere):
        in_full(phone.store, made.id)
    view = phone.store.view("visit", visit)
    assert view
    assert view.fields["attachments"] == [other.id]


def test_how_many_have_arrived_is_counted_for_each_visit(phone: Phone, visit: str) -> None:
    first = attach(phone.store, a_photo(), visit=visit)
    attach(phone.store, a_photo("blue"), visit=visit)
    arrive(phone, first)
    read = photos_of(phone.store, visit)
    assert (read.arrived, len(read.all), read.left) == (1, 2, MOST - 2)
    assert [photo.is_here for photo in read.all] == [True, True]
    phone.store.attachments.discard(first.id)
    assert [photo.is_here for photo in photos_of(phone.store, visit).all] == [False, True]


def test_nine_are_enough(phone: Phone, visit: str) -> None:
    for number in range(MOST):
        attach(phone.store, a_photo("red" if number % 2 else "blue"), visit=visit)
    refused = photos_of(phone.store, visit).why_no_more
    assert refused
    assert refused.why == "photos_enough"
    with pytest.raises(NotValid, match="photos_enough"):
        attach(phone.store, a_photo(), visit=visit)


@pytest.mark.parametrize("said", ["refused", "withdrawn"])
def test_a_customers_no_to_photographs_is_heeded(phone: Phone, visit: str, said: str) -> None:
    assert photos_of(phone.store, visit).why_no_more is None
    keep_word(phone.store, customer_of(phone, visit), "photo", said)
    with pytest.raises(NotValid, match="photos_unwanted"):
        attach(phone.store, a_photo(), visit=visit)
    assert phone.store.attachments.ids() == set()


def test_with_a_customers_yes_people_may_be_on_it(phone: Phone, visit: str) -> None:
    assert not photos_of(phone.store, visit).may_people
    keep_word(phone.store, customer_of(phone, visit), "photo", "given")
    assert photos_of(phone.store, visit).may_people


def test_a_photograph_needs_a_visit_that_is_here(phone: Phone) -> None:
    with pytest.raises(NotFound):
        attach(phone.store, a_photo(), visit="0" * 32)


def test_a_photograph_outlives_the_program(phone: Phone, visit: str, tmp_path: Path) -> None:
    made = attach(phone.store, a_photo(), visit=visit)
    phone.store.together.close()
    again = Phone(phone.path, phone.server, reopened(tmp_path / "data.log"))
    assert in_full(again.store, made.id) == a_photo().content
    again.store.together.close()


def test_a_photograph_of_a_judged_visit_brings_it_before_the_supervisor_again(phone: Phone, visit: str) -> None:
    sue = a_phone(phone.path.with_name("sue.log"), phone.server, "sue", "supervisor")
    sue.syncs()
    records.change(sue.store, "visit", visit, {"review_state": "approved"})
    sue.syncs()
    phone.syncs()
    attach(phone.store, a_photo(), visit=visit)
    view = phone.store.view("visit", visit)
    assert view
    assert view.fields["review_state"] == "pending"
