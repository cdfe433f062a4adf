"""At a desk: does one go through the customers with keys, heads and filters, and read whoever is chosen beside them?"""

import asyncio
from dataclasses import replace

import flet as ft
import pytest

from field_app.actions import customer_list, records
from field_app.places import Place
from field_app.screens.customer_table import LEAST, columns_in
from field_app.screens.customers import customers_screen
from field_app.screens.look import Look
from tests.screens.doing import Doing
from tests.screens.driver import Deed
from tests.screens.evening import Redrawing, live
from tests.screens.neighbours import a_customer, a_life, a_rep, a_street, a_visit
from tests.screens.tree import below

DESK = Look(width=1280)


@pytest.fixture
def phone(tmp_path):
    return a_rep(tmp_path)


@pytest.fixture
def desk(window, phone):
    """Opens the customers at a desk; gives the window and the app behind it."""

    def show(look=DESK):
        do = Redrawing(phone.store)
        return window(live, lambda store, about: customer_list.load(store), customers_screen, "", do, look), do

    return show


def neighbours(phone, *names):
    """They come in the order given: whoever was added last stands first."""
    made = {}
    for number, name in enumerate(reversed(names)):
        made[name] = a_customer(phone.store, name, f"1390000000{number}")
        phone.server.clock.passes(1000)
    return made


def presses(shown, key):
    told = {"key": key, "shift": False, "ctrl": False, "alt": False, "meta": False}
    shown.at_once(Deed(shown.page, "keyboard_event", told))


def presses_and_goes_on(shown, key):
    """A key whose handling is not waited for."""
    told = {"key": key, "shift": False, "ctrl": False, "alt": False, "meta": False}
    shown.runner.run(hearing(shown, told))
    shown.settle()


async def hearing(shown, told):
    asyncio.get_running_loop().create_task(shown.line.session.dispatch_event(shown.page._i, "keyboard_event", told))


def enters(shown):
    """Enter, while the lines have the focus."""
    (listening,) = shown.all(ft.KeyboardListener)
    shown.at_once(Deed(listening, "key_down", {"key": "Enter"}))


def lines(shown):
    """Who is in the table, from the top."""
    return [next(iter(texts(each))) for each in shown.all(ft.GestureDetector)]


def texts(control):
    return [cell.value for cell in control.content.content.controls]


def chosen(shown):
    return [each for each in shown.all(ft.Semantics) if each.selected and isinstance(each.content, ft.GestureDetector)]


def test_the_first_customer_is_read_beside_the_table(desk, phone):
    a_life(phone.store, neighbours(phone, "张三", "李四")["张三"])
    shown, _ = desk()
    assert lines(shown) == ["张三", "李四"]
    assert shown.sees("1/2")
    assert shown.sees("想看手表，约了周末再来。")


def test_the_arrows_move_the_choice_and_stop_at_either_end(desk, phone):
    neighbours(phone, "张三", "李四")
    shown, _ = desk()
    for key, place in (("Arrow Down", "2/2"), ("Arrow Down", "2/2"), ("Arrow Up", "1/2"), ("Arrow Up", "1/2")):
        presses(shown, key)
        assert shown.sees(place)
        assert len(chosen(shown)) == 1


def test_the_arrows_move_the_choice_although_the_client_does_not_answer(desk, phone):
    neighbours(phone, "张三", "李四")
    shown, _ = desk()
    shown.line.deaf_to = {"focus", "scroll_to"}
    presses_and_goes_on(shown, "Arrow Down")
    assert shown.sees("2/2")


def test_enter_opens_the_chosen_customer_once_the_arrows_gave_the_lines_the_focus(desk, phone):
    made = neighbours(phone, "张三", "李四")
    shown, do = desk()
    presses(shown, "Arrow Down")
    assert {"scroll_to", "focus"} <= set(shown.line.asked)
    enters(shown)
    assert do.went == [Place("customer", made["李四"])]


def test_enter_on_a_button_is_the_buttons_alone(desk, phone):
    neighbours(phone, "张三")
    shown, do = desk()
    presses(shown, "Enter")
    assert do.went == []


def test_a_tap_on_a_line_shows_the_customer_beside_it_and_opens_nothing(desk, phone):
    neighbours(phone, "张三", "李四")
    shown, do = desk()
    shown.at_once(Deed(shown.all(ft.GestureDetector)[1], "tap"))
    assert shown.sees("2/2")
    assert do.went == []


def test_the_button_beside_opens_the_whole_page(desk, phone):
    made = neighbours(phone, "张三")
    shown, do = desk()
    shown.tap("打开整页")
    assert do.went == [Place("customer", made["张三"])]


def test_a_head_orders_the_lines_and_says_which_way(desk, phone):
    neighbours(phone, "赵敏", "陈伟", "李娜")
    shown, _ = desk()
    for order, said in ((["陈伟", "李娜", "赵敏"], "升序"), (["赵敏", "李娜", "陈伟"], "降序")):
        shown.at_once(head(shown, "客户"))
        assert lines(shown) == order
        assert [each.value for each in shown.all(ft.Semantics) if each.value in ("升序", "降序")] == [said]
    shown.at_once(head(shown, "客户"))
    assert lines(shown) == ["赵敏", "陈伟", "李娜"]


def head(shown, label):
    return next(shown.tapped(name) for name in shown.names() if name == label)


def test_whoever_is_read_stays_chosen_when_the_order_changes(desk, phone):
    neighbours(phone, "赵敏", "陈伟", "李娜")
    shown, _ = desk()
    presses(shown, "Arrow Down")
    shown.at_once(head(shown, "客户"))
    assert shown.sees("1/3")
    presses(shown, "Arrow Down")
    assert shown.sees("2/3")


def test_filters_are_offered_where_somebody_passes_them(desk, phone):
    made = neighbours(phone, "张三", "李四")
    a_visit(phone.store, made["张三"])
    records.add(phone.store, "customer", {"name": "王五"})
    shown, _ = desk()
    assert shown.sees("全部 3")
    assert not any("谢绝上门" in text for text in shown.texts())
    shown.tap("待完善 1")
    assert lines(shown) == ["王五"]
    shown.tap("还没拜访 2")
    assert sorted(lines(shown)) == ["李四", "王五"]


def test_what_is_typed_narrows_what_the_filter_lets_through(desk, phone):
    made = neighbours(phone, "张三", "张丽", "李四")
    a_visit(phone.store, made["张三"])
    shown, _ = desk()
    shown.tap("还没拜访 2")
    shown.type("姓名、电话、地址、标签", "张")
    assert lines(shown) == ["张丽"]
    shown.type("姓名、电话、地址、标签", "没有这个人")
    assert shown.sees("没有找到“没有这个人”")


def test_the_customer_beside_is_read_anew_when_something_is_kept(desk, phone):
    made = neighbours(phone, "张三")
    shown, do = desk()
    assert not shown.sees("想看手表")

    async def keep():
        await do.act(lambda store: a_visit(store, made["张三"], content="想看手表"))

    shown.runner.run(keep())
    shown.settle()
    assert shown.sees("想看手表")


def test_an_arrow_sends_little_even_from_a_long_life_to_a_long_life(desk, phone):
    for customer in a_street(phone.store, 60)[-3:]:
        for _ in range(30):
            a_visit(phone.store, customer, content="想看手表，约了下次带样品来" * 3)
    shown, _ = desk()
    presses(shown, "Arrow Down")
    assert max(each.size for each in shown.answers()) <= 20_000
    assert max(each.controls for each in shown.answers()) <= 600


def test_where_there_is_no_room_beside_the_table_a_tap_opens_the_customer(desk, phone):
    made = neighbours(phone, "张三")
    shown, do = desk(Look(width=1024, scale=2))
    assert not shown.sees("1/1")
    shown.at_once(Deed(shown.all(ft.GestureDetector)[0], "tap"))
    assert do.went == [Place("customer", made["张三"])]


@pytest.mark.parametrize("scale", [1, 1.25, 1.5, 2])
@pytest.mark.parametrize("width", [400, 688, 832, 1500])
def test_a_table_has_the_columns_it_has_room_for_and_a_name_always(width, scale):
    kept = columns_in(width, Look(scale=scale))
    assert kept[0] == "name"
    assert len(kept) == 1 or sum(LEAST[column] for column in kept) * scale < width
    assert set(kept) == set(list(LEAST)[: len(kept)])


def test_the_box_says_in_full_by_what_one_may_search_also_in_english_beside_a_customer(desk, phone):
    neighbours(phone, "张三")
    chinese, _ = desk(Look(width=1280))
    english, _ = desk(Look("en", width=1280))
    assert [len(_beside(shown, ft.TextField)) for shown in (chinese, english)] == [3, 1]


def _beside(shown, kind):
    """What stands on one line with the first of a kind."""
    box = shown.all(kind)[0]
    *_, line = (row.controls for row in shown.all(ft.Row) if any(box in below(each) for each in row.controls or ()))
    return line


@pytest.mark.parametrize(("role", "offered"), [("rep", True), ("auditor", False)])
def test_the_way_to_the_tables_is_shown_to_whom_it_is_open(window, phone, role, offered):
    neighbours(phone, "张三")
    for width in (390, 1280):
        model = replace(customer_list.load(phone.store), role=role)
        shown = window(customers_screen, model, Doing(phone.store), Look(width=width))
        assert ("数据导入导出" in shown.names()) is offered
