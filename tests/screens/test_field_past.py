"""Does a long press on a field tell who put what there, and when, with and without a network?"""

import flet as ft
import pytest

from field_app.actions import customer_page, records
from field_app.actions.disclosing import disclosed
from field_app.screens.customer import customer_screen
from field_app.screens.look import Look
from tests.screens.doing import Doing
from tests.screens.driver import Deed
from tests.screens.neighbours import a_customer, a_rep
from tests.screens.tree import below, texts_of
from visit_core.protocol import FieldPast, FieldStep


@pytest.fixture
def phone(tmp_path):
    return a_rep(tmp_path)


@pytest.fixture
def profile(window, phone):
    def open_profile(customer, look=None, told=None):
        do = Doing(phone.store, told=told)
        page = window(customer_screen, customer_page.load(phone.store, customer), do, look or Look())
        page.tap("资料")
        return page

    return open_profile


def press_long(page, value):
    pressed = [
        each
        for each in page.all(ft.GestureDetector)
        if each.on_long_press and any(value in text for part in below(each) for text in texts_of(part))
    ]
    page.at_once(Deed(pressed[0], "long_press"))


def test_a_long_press_tells_what_this_device_knows_and_that_it_is_not_all(profile, phone):
    customer = a_customer(phone.store, remark="狗很凶")
    records.change(phone.store, "customer", customer, {"remark": "狗已搬走"})
    page = profile(customer)
    press_long(page, "狗已搬走")
    assert page.sees("「附加备注」的来历")
    assert page.sees("狗很凶")
    assert page.sees("我·本机·今天 ")
    assert page.sees("没有连上服务器。以上只是本机知道的")


def test_with_a_network_it_tells_whose_value_it_was_and_on_which_device(profile, phone):
    customer = a_customer(phone.store, remark="狗很凶")
    step = FieldStep(
        name="remark", value="没有狗", by="b" * 32, at="2026-11-20T02:00:00.000Z", device="bbbbbbbb", device_name="红米"
    )
    page = profile(customer, told=FieldPast(steps=[step]))
    press_long(page, "狗很凶")
    assert page.sees("没有狗")
    assert page.sees("团队成员·设备 红米·11月20日 ")
    assert page.sees("以上是服务器上的全部记录。")


def test_numbers_of_before_stand_masked_until_the_eye_is_tapped_which_is_written_down(profile, phone):
    customer = a_customer(phone.store)
    records.change(phone.store, "customer", customer, {"mobile": "13911112222"})
    page = profile(customer)
    press_long(page, "139****2222")
    assert page.sees("138****0000")
    assert not page.sees("138 0000 0000")
    page.at_once(Deed([each for each in page.all(ft.IconButton) if each.tooltip == "显示联系电话"][-1], "click"))
    assert page.sees("138 0000 0000")
    assert [(each["field"], each["purpose"]) for each in disclosed(phone.store)] == [("mobile", "shown")]


def test_at_a_desk_each_field_has_a_sign_and_a_right_click_does_the_same(profile, phone):
    customer = a_customer(phone.store, remark="狗很凶")
    page = profile(customer, Look(width=1280))
    page.tap("「附加备注」的来历")
    assert page.sees("我·本机·今天 ")


def test_on_a_phone_it_is_said_that_a_long_press_tells_more(profile, phone):
    assert profile(a_customer(phone.store)).sees("长按任一项，可看谁在何时改过。")


def test_a_value_that_was_emptied_says_so(profile, phone):
    customer = a_customer(phone.store, tags="老客户、vip")
    records.change(phone.store, "customer", customer, {"tags": ["vip"]})
    page = profile(customer)
    press_long(page, "vip")
    assert page.sees("老客户：")


def test_a_field_that_was_cleared_tells_of_its_past_from_the_fold(profile, phone):
    customer = a_customer(phone.store, wechat_id="zhangsan88", occupation="教师")
    records.change(phone.store, "customer", customer, {"occupation": None})
    page = profile(customer)
    assert not page.sees("职业")
    page.tap(next(name for name in page.names() if name.startswith("空着的")))
    assert "微信号" not in page.names()
    page.tap("职业")
    assert page.sees("「职业」的来历")
    assert page.sees("教师")
    assert page.sees("（已清空）")
