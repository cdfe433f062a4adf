"""A photograph that its customer does not want is refused by the server, and its phone says so where refusals stand."""

import io

import pytest
from PIL import Image

from field_app.actions import consents, sync_centre
from field_app.actions.photographing import attach, take_away
from field_app.actions.photographs import on_their_way, photos_of
from field_app.photo import photo_of
from visit_core.explain import explain


@pytest.fixture
def photographed(street):
    """本 has photographed something at 张三's, who had told 安娜 that nobody may."""
    ana, ben = street.phone("安娜"), street.phone("本")
    customer = ana.adds("customer", name="张三", mobile="13800000000")
    street.everyone_syncs()
    visit = ben.adds("visit", customer_id=customer, outcome="interested")
    ben.syncs()
    street.at(1)
    consents.keep_word(ana.store, customer, "photo", "refused")
    ana.syncs()
    street.at(5)
    written = io.BytesIO()
    Image.new("RGB", (64, 48)).save(written, "JPEG")
    return street, ben, visit, attach(ben.store, photo_of(written.getvalue()), visit=visit)


def test_it_stands_in_the_sync_centre_with_its_reason_and_its_bytes_stay_on_the_phone(photographed):
    street, ben, _, photo = photographed
    assert ben.syncs().quarantined >= 1
    items = sync_centre.load(ben.store, "").items
    told = {item.kind: explain(item.why, "zh", kind=item.kind) for item in items if item.why}
    assert told["attachment"] == "客户不同意拍照，服务器没有收下这张照片，请删除它"
    assert told.keys() == {"attachment", "visit"}
    assert street.office.store.counts()["blob"] == 0
    assert photo.id in ben.store.attachments


def test_once_it_is_deleted_nothing_waits_and_the_visit_is_as_it_was(photographed):
    _, ben, visit, photo = photographed
    ben.syncs()
    take_away(ben.store, photo.id)
    ben.syncs()
    assert (on_their_way(ben.store), ben.store.quarantined(), ben.waiting()) == ([], [], 0)
    assert photos_of(ben.store, visit).all == ()
    assert photo.id not in ben.store.attachments
