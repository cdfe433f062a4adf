"""Do photographs stand with their visit: how many have arrived, each to be opened, added and taken away?"""

import asyncio
from io import BytesIO

import flet as ft
import pytest
from PIL import Image

from field_app.actions import photographs, review_queue, sync_centre, visit_page
from field_app.actions.consents import keep_word
from field_app.actions.photographing import attach
from field_app.local_store import Edit
from field_app.photo import Photo, photo_of
from field_app.places import Place
from field_app.screens.look import Look
from field_app.screens.photo import photo_screen
from field_app.screens.review.one import review_one_screen
from field_app.screens.sync_centre import sync_centre_screen
from field_app.screens.visit_page import visit_page_screen
from tests.screens.doing import Doing
from tests.screens.neighbours import a_customer, a_rep, a_visit
from visit_core.errors import NotValid


def a_photo(colour="red"):
    written = BytesIO()
    Image.new("RGB", (64, 48), colour).save(written, "JPEG")
    return photo_of(written.getvalue())


@pytest.fixture
def phone(tmp_path):
    return a_rep(tmp_path)


@pytest.fixture
def visit(phone):
    return a_visit(phone.store, a_customer(phone.store))


@pytest.fixture
def opened(window, phone):
    def open_page(visit, *picked: Photo | NotValid, look=None):
        do = Doing(phone.store)
        do.outside.photos = list(picked)
        return window(visit_page_screen, visit_page.load(phone.store, visit), do, look or Look()), do

    return open_page


def arrives(phone, photo):
    phone.store.keep(Edit("set", "attachment", photo, {"received_at": "2026-11-22T08:00:00.000Z"}))


def pictures(page):
    return [each for each in page.all(ft.Image) if isinstance(each.src, bytes)]


def test_the_page_says_how_many_have_arrived_and_shows_each(opened, phone, visit):
    first, _ = (attach(phone.store, a_photo(colour), visit=visit) for colour in ("red", "blue"))
    arrives(phone, first.id)
    page, do = opened(visit)
    assert page.sees("照片 1/2 已送达")
    assert len(pictures(page)) == 2
    page.tap("第 2 张照片，还没有送达")
    page.tap("第 1 张照片")
    assert [place.screen for place in do.went] == ["photo", "photo"]
    assert do.went[1] == Place("photo", first.id)


def test_in_english_too(opened, phone, visit):
    attach(phone.store, a_photo(), visit=visit)
    page, _ = opened(visit, look=Look("en"))
    assert page.sees("Photos 0/1 received")


def test_chosen_pictures_are_kept_and_what_is_none_is_said(opened, phone, visit):
    page, do = opened(visit, a_photo("red"), NotValid("no_photo", field="file"), a_photo("blue"))
    page.tap("添加照片")
    assert len(photographs.photos_of(phone.store, visit).all) == 2
    assert any("打不开这张图片" in said for said in do.said)
    page.tap("添加照片")  # the button is there again


def test_choosing_nothing_changes_nothing(opened, phone, visit):
    page, do = opened(visit)
    page.tap("添加照片")
    assert do.said == []
    assert photographs.photos_of(phone.store, visit).all == ()


def test_it_asks_for_things_and_not_for_people_until_the_customer_agrees(opened, phone, visit):
    page, _ = opened(visit)
    assert page.sees("拍物不拍人")
    customer = phone.store.view("visit", visit).fields["customer_id"]
    keep_word(phone.store, customer, "photo", "given")
    page, _ = opened(visit)
    assert page.sees("客户同意拍照")


def test_a_customers_no_stands_where_the_button_would_do_something(opened, phone, visit):
    keep_word(phone.store, phone.store.view("visit", visit).fields["customer_id"], "photo", "refused")
    page, _ = opened(visit, a_photo())
    assert page.sees("客户不同意拍照")
    assert "添加照片" not in page.names()


def test_a_photograph_is_looked_at_and_taken_away_after_a_question(window, phone, visit):
    made = attach(phone.store, a_photo(), visit=visit)
    do = Doing(phone.store)
    page = window(photo_screen, photographs.load(phone.store, made.id), do, Look())
    assert len(pictures(page)) == 1
    assert page.sees("还没有送达")
    page.tap("删除照片")
    assert page.sees("找不回来")
    page.tap("保留")
    assert photographs.photos_of(phone.store, visit).all
    page.tap("删除照片")
    page.tap("删除")
    assert photographs.photos_of(phone.store, visit).all == ()
    assert do.backs == 1


def test_one_that_is_on_another_device_alone_says_so(window, phone, visit):
    made = attach(phone.store, a_photo(), visit=visit)
    phone.store.attachments.discard(made.id)
    do = Doing(phone.store)
    page = window(photo_screen, photographs.load(phone.store, made.id), do, Look())
    assert pictures(page) == []
    assert page.sees("还在拍它的设备上")
    assert do.fetched == []


def test_one_that_is_with_the_server_is_fetched_when_it_is_looked_at_or_says_why_not(window, phone, visit):
    photo = a_photo()
    made = attach(phone.store, photo, visit=visit)
    arrives(phone, made.id)
    phone.store.attachments.discard(made.id)
    do = Doing(phone.store)
    page = window(photo_screen, photographs.load(phone.store, made.id), do, Look())
    assert page.sees("没有网络")
    page = window(review_one_screen, review_queue.load_one(phone.store, visit), do, Look())
    assert (pictures(page), signs(page)) == ([], [ft.Icons.CLOUD_OFF_OUTLINED])
    do.to_fetch[made.id] = photo.content
    page = window(review_one_screen, review_queue.load_one(phone.store, visit), do, Look())
    assert len(pictures(page)) == 1
    assert do.fetched == [made.id] * 3


def test_one_that_is_being_fetched_does_not_look_as_if_it_could_not_be_had(window, phone, visit):
    made = attach(phone.store, a_photo(), visit=visit)
    phone.store.attachments.discard(made.id)

    def on_the_page():
        return signs(window(review_one_screen, review_queue.load_one(phone.store, visit), Slow(phone.store), Look()))

    assert on_the_page() == [ft.Icons.CLOUD_OFF_OUTLINED]
    arrives(phone, made.id)
    assert on_the_page() == [ft.Icons.CLOUD_DOWNLOAD_OUTLINED]


class Slow(Doing):
    """What is fetched does not come while one looks."""

    async def fetch_photo(self, _):
        await asyncio.wait_for(asyncio.Event().wait(), 60)


def signs(page):
    clouds = (ft.Icons.CLOUD_OFF_OUTLINED, ft.Icons.CLOUD_DOWNLOAD_OUTLINED)
    return [each.icon for each in page.all(ft.Icon) if each.icon in clouds]


def damage(phone, photo):
    phone.store.attachments.discard(photo)
    type(phone.store.attachments)(phone.path.parent / "attachments", bytes(32)).keep(photo, b"of another key")


def test_a_damaged_one_is_fetched_again_where_the_server_has_it_and_told_where_not(window, phone, visit):
    photo = a_photo()
    made = attach(phone.store, photo, visit=visit)
    damage(phone, made.id)
    page = window(photo_screen, photographs.load(phone.store, made.id), Doing(phone.store), Look())
    assert page.sees("损坏")
    assert photographs.damaged_photos(phone.store) == [made.id]
    arrives(phone, made.id)
    do = Doing(phone.store, to_fetch={made.id: photo.content})
    page = window(review_one_screen, review_queue.load_one(phone.store, visit), do, Look())
    assert len(pictures(page)) == 1
    assert photographs.damaged_photos(phone.store) == []


def test_a_supervisor_sees_them_beside_what_was_written(window, phone, visit):
    attach(phone.store, a_photo(), visit=visit)
    do = Doing(phone.store)
    page = window(review_one_screen, review_queue.load_one(phone.store, visit), do, Look())
    assert page.sees("照片 0/1 已送达")
    assert len(pictures(page)) == 1


def test_the_sync_centre_tells_whose_photographs_are_on_their_way(window, phone, visit):
    first, second = (attach(phone.store, a_photo(colour), visit=visit) for colour in ("red", "blue"))
    arrives(phone, first.id)
    do = Doing(phone.store)
    page = window(sync_centre_screen, sync_centre.load(phone.store, ""), do, Look())
    assert page.sees("等待送达的照片")
    page.tap("照片 1/2 已送达")
    page.tap("不等 Wi-Fi，现在发送")
    sent = phone.store.view("attachment", second.id)
    assert (sent.fields["upload_policy"], do.syncs) == ("now", 1)
    assert not sync_centre.load(phone.store, "").photos_wait_for_wifi
    assert do.went == [Place("visit_page", visit)]
    arrives(phone, second.id)
    page = window(sync_centre_screen, sync_centre.load(phone.store, ""), do, Look())
    assert not page.sees("等待送达的照片")
