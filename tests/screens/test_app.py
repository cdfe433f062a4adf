"""The window itself: in by PIN, from screen to screen, out by the lock; over a real store and a server in memory."""

from dataclasses import replace
from functools import partial
from io import BytesIO

import flet as ft
import pytest
from PIL import Image

from field_app.actions import records
from field_app.actions.photographing import attach
from field_app.photo import photo_of
from field_app.places import CUSTOMERS, MINE, SYNC, Place
from field_app.preferences import read_preferences
from tests.app.device import PIN
from tests.screens.house import enter
from tests.screens.tree import below, name_of
from visit_core.invite import Invite, make_invite
from visit_core.protocol import ErrorInfo


@pytest.fixture
def at_home(house):
    """Ana's window, unlocked."""
    house.belongs_to_ana()
    window = house.window()
    enter(window)
    return window


def test_before_anything_is_asked_one_is_told_what_is_kept_of_whom(house):
    window = house.window()
    assert window.sees("使用前请了解")
    window.tap("知道了，继续")
    assert window.sees("登记这台设备")
    assert read_preferences(house.settings.home).has_read_notice


def test_an_invite_and_a_pin_make_a_home_somebodys_device(house):
    window = house.window()
    window.tap("知道了，继续")
    window.type("邀请", make_invite(Invite("http://127.0.0.1:1", None, house.server.invites("安娜"))))
    window.type("PIN", PIN)
    window.type("再输一次 PIN", PIN)
    window.tap("登记")
    assert house.device.me.name == "安娜"
    assert window.sees("今日")


def test_who_has_no_invite_types_address_and_code(house):
    window = house.window()
    window.tap("知道了，继续")
    window.tap("没有邀请？输入地址和登记码")
    window.type("服务器地址", "http://127.0.0.1:1")
    window.type("登记码", house.server.invites("安娜"))
    window.type("PIN", PIN)
    window.type("再输一次 PIN", PIN)
    window.tap("登记")
    assert house.device.me.name == "安娜"


def test_two_pins_that_are_not_alike_enrol_nobody(house):
    window = house.window()
    window.tap("知道了，继续")
    window.type("PIN", PIN)
    window.type("再输一次 PIN", "000000")
    window.tap("登记")
    assert window.sees("两次输入的 PIN 不一样")


@pytest.mark.parametrize(
    ("invite", "pin", "said", "above"),
    [("visit1-half", PIN, "邀请", "PIN"), ("", "111111", "请换一个更难猜的 PIN", "再输一次 PIN")],
)
def test_what_is_wrong_with_an_enrolment_is_said_at_the_field_that_is_to_be_mended(house, invite, pin, said, above):
    window = house.window()
    window.tap("知道了，继续")
    window.type("邀请", invite or make_invite(Invite("http://127.0.0.1:1", None, house.server.invites("安娜"))))
    window.type("PIN", pin)
    window.type("再输一次 PIN", pin)
    before = window.texts()
    window.tap("登记")
    (told,) = [text for text in window.texts() if text not in before]
    assert said in told
    assert window.texts().index(told) < window.texts().index(above)


def test_a_code_that_was_used_is_told_over_the_button(house):
    code = house.server.invites("安娜")
    window = house.window()
    window.tap("知道了，继续")
    window.type("邀请", make_invite(Invite("http://127.0.0.1:1", None, code + "x")))
    window.type("PIN", PIN)
    window.type("再输一次 PIN", PIN)
    window.tap("登记")
    assert window.sees("这台设备还没有登记")


def test_a_wrong_pin_says_so_and_the_right_one_opens(house):
    house.belongs_to_ana()
    window = house.window()
    enter(window, "111222")
    assert window.sees("PIN 不正确")
    enter(window)
    assert window.sees("今日")


def test_the_lock_asks_for_the_pin_again(house):
    house.belongs_to_ana()
    window = house.window(route=str(MINE))
    enter(window)
    window.tap("立即锁定")
    assert window.sees("没有网络也可以解锁")
    assert not house.device.is_open


def test_a_window_that_nobody_touches_locks_itself(house, at_home):
    house.clock.passes(4 * 60_000)
    at_home.runner.run(house.apps[0].lock_if_idle())
    assert house.device.is_open
    house.clock.passes(2 * 60_000)
    at_home.runner.run(house.apps[0].lock_if_idle())
    assert not house.device.is_open


def test_the_lock_leaves_nothing_of_the_customers_in_mind(house, at_home):
    house.run_here(house.apps[0].home(CUSTOMERS))
    kept = house.device._store.gists
    assert len(kept) > 0
    house.run_here(house.device.lock())
    assert len(kept) == 0


def test_a_second_window_enters_the_same_pin_and_sees_the_same_store(house, at_home):
    second = house.window()
    enter(second, "111222")
    assert second.sees("PIN 不正确")
    enter(second)
    assert second.sees("今日")


def test_whose_edit_was_overruled_is_told_so_on_the_day_and_finds_both_values(house):
    house.belongs_to_ana()
    house.run("sync")
    (customer,) = house.run("list", "customer")["records"]
    device = house.run("status")["device"]
    values = {"loser": device, "stands": "+8613822223333", "lost": "+8613811112222"}
    house.server.overrules("customer", customer["id"], "mobile", **values)
    window = house.window()
    enter(window)
    assert window.sees("您的修改未被采用")
    window.tap("您的修改未被采用")
    window.tap("张三·联系电话")
    assert window.sees("2222")
    assert window.sees("3333")
    assert "改用这个" in window.names()


def is_overruled(house, lost="+8613811112222", stands="+8613822223333"):
    """Somebody's number stands instead of Ana's, and her device hears of it."""
    customer = house.run_here(house.device.run(lambda store: store.find("customer")[0].id))
    loser = house.device.me.device
    house.server.overrules("customer", customer, "mobile", loser=loser, stands=stands, lost=lost)
    house.run_here(house.device.meet())


def test_the_sync_that_brings_an_overruled_value_shows_both_at_once_and_only_then(house, at_home):
    house.run_here(house.device.meet())
    assert "看冲突" not in at_home.names()
    is_overruled(house)
    assert at_home.sees("张三·联系电话")
    assert at_home.sees("您的 138****2222 → 同事的 138****3333")
    at_home.tap("知道了，关闭")
    house.run_here(house.device.meet())
    assert "看冲突" not in at_home.names()
    is_overruled(house, lost="+8613844445555")
    at_home.tap("看冲突")
    assert "改用这个" in at_home.names()
    assert "看冲突" not in at_home.names()


def test_several_overruled_values_are_one_notice_that_leads_to_all(house, at_home):
    for lost in ("+8613811112222", "+8613844445555"):
        is_overruled(house, lost=lost)
    assert at_home.names().count("看冲突") == 1
    assert at_home.sees("另外还有 1 处")
    at_home.tap("看冲突")
    assert sum(name.startswith("张三·联系电话") for name in at_home.names()) == 2


def test_a_notice_leaves_alone_what_is_being_typed(house, at_home):
    house.run_here(house.apps[0].begin("customer", {}))
    at_home.type("客户姓名", "王小芳")
    is_overruled(house)
    assert "看冲突" in at_home.names()
    assert at_home.labelled("客户姓名", ft.TextField).value == "王小芳"


def test_what_another_person_lost_is_no_notice_here(house, at_home):
    house.server.invites("李四")
    house.server.guests["bbbbbbbb"] = replace(house.server.guests[house.device.me.device], person="c" * 32, scopes=[])
    customer = house.run_here(house.device.run(lambda store: store.find("customer")[0].id))
    house.server.overrules("customer", customer, "mobile", loser="bbbbbbbb", stands="1", lost="2")
    house.run_here(house.device.meet())
    assert "看冲突" not in at_home.names()


def test_nobody_signs_out_while_anything_is_unsent(house):
    house.belongs_to_ana()
    house.server.is_off = True
    window = house.window(route=str(MINE))
    enter(window)
    window.tap("退出登记")
    assert window.sees("还有 1 处改动只在本机上")
    house.run_here(house.apps[0].entrance.sign_out())
    assert window.sees("还有 1 条没有发送")
    assert house.device.is_open


def a_visit_is_begun(house, window):
    """Ana stands at 张三's door; all that was saved before is sent."""
    house.run_here(house.device.meet())
    customer = house.run_here(house.device.run(lambda store: store.find("customer")[0].id))
    house.run_here(house.apps[0].begin("visit", {"customer_id": customer}))
    window.tap("返回，草稿留在本机")
    window.tap("退出登记")


def test_a_form_that_is_not_saved_is_named_before_one_signs_out_and_can_be_gone_on_with(house):
    house.belongs_to_ana()
    window = house.window(route=str(MINE))
    enter(window)
    a_visit_is_begun(house, window)
    assert window.sees("张三的拜访从今天")
    window.tap("继续填写")
    assert window.sees("保存并离开")
    assert house.device.is_open


def test_a_form_that_is_not_wanted_is_discarded_after_a_question_and_then_one_may_sign_out(house):
    house.belongs_to_ana()
    window = house.window(route=str(MINE))
    enter(window)
    a_visit_is_begun(house, window)
    window.tap("丢弃")
    assert window.sees("丢弃这份草稿？")
    window.tap("丢弃草稿")
    window.tap("删除本机数据并退出")
    assert window.sees("登记这台设备")


def test_who_signs_out_leaves_nothing_on_the_device(house):
    house.belongs_to_ana()
    window = house.window(route=str(MINE))
    enter(window)
    house.run_here(house.device.meet())
    window.tap("退出登记")
    window.tap("删除本机数据并退出")
    assert window.sees("登记这台设备")
    assert not list(house.settings.home.rglob("data.vault*"))
    assert not list(house.settings.secrets.glob("*.secret"))


def signing_out_with_a_photograph(house):
    """The window at the question what is to become of one that has not arrived, and the photograph."""
    house.belongs_to_ana()
    window = house.window(route=str(MINE))
    enter(window)
    made = house.run_here(house.device.run(with_a_photograph))
    house.run_here(house.device.meet())
    window.tap("退出登记")
    return window, made


def test_who_has_photographs_on_their_way_may_leave_once_a_rescue_file_of_them_is_kept(house):
    window, _ = signing_out_with_a_photograph(house)
    window.line.answers["save_file"] = "/Download/救援文件.json"
    window.tap("保存救援文件")
    assert window.sees("已保存。请确认文件在手边")
    assert not window.sees("放弃这些照片")
    window.tap("删除本机数据并退出")
    assert window.sees("登记这台设备")


def test_a_photograph_that_no_rescue_file_takes_is_told_and_may_still_be_given_up(house):
    window, photo = signing_out_with_a_photograph(house)
    path = house.settings.home / "store" / "attachments" / photo.id
    *sound, last = path.read_bytes()
    path.write_bytes(bytes([*sound, last ^ 1]))
    window.line.answers["save_file"] = "/Download/救援文件.json"
    window.tap("保存救援文件")
    assert window.sees("损坏的照片存不进去")
    assert not window.sees("删除本机数据并退出")
    window.tap("放弃这些照片")
    assert window.sees("删除本机数据并退出")


def test_who_has_photographs_on_their_way_leaves_only_by_giving_them_up(house):
    window, _ = signing_out_with_a_photograph(house)
    assert window.sees("还有 1 张照片没有送达")
    (asked,) = [each for each in window.all(ft.AlertDialog) if each.open]
    assert "放弃这些照片" in [name_of(each) for each in below(asked.actions)]  # in sight, however large the words
    house.run_here(house.apps[0].entrance.sign_out())
    assert house.device.is_open
    window.tap("放弃这些照片")
    window.tap("删除本机数据并退出")
    assert window.sees("登记这台设备")
    assert not (house.settings.home / "store" / "attachments").exists()


def with_a_photograph(store):
    visit = records.add(store, "visit", {"customer_id": store.find("customer")[0].id, "outcome": "interested"})
    written = BytesIO()
    Image.new("RGB", (64, 48)).save(written, "JPEG")
    return attach(store, photo_of(written.getvalue()), visit=visit)


def test_who_has_something_unsent_may_leave_once_a_rescue_file_of_it_is_kept(house):
    house.belongs_to_ana()
    house.server.is_off = True
    window = house.window(route=str(MINE))
    enter(window)
    window.tap("退出登记")
    assert not window.sees("删除本机数据并退出")
    window.tap("保存救援文件")
    assert window.sees("没有保存救援文件")
    assert not window.sees("删除本机数据并退出")
    window.line.answers["save_file"] = "/Download/救援文件.json"
    window.tap("保存救援文件")
    assert window.sees("已保存。请确认文件在手边")
    window.tap("删除本机数据并退出")
    assert window.sees("登记这台设备")


def test_an_address_opens_its_screen_once_one_is_in(house):
    house.belongs_to_ana()
    window = house.window(route=str(SYNC))
    enter(window)
    assert window.sees("同步中心")
    window.tap("返回")
    assert window.sees("今日")


def test_a_new_customer_and_the_visit_take_eight_taps_at_most_besides_typing(house):
    house.belongs_to_ana()
    window = house.window(route=str(CUSTOMERS))
    enter(window)
    taps = [
        lambda: window.tap("新客户"),
        lambda: window.type("客户姓名", "张小伟"),  # a tap into the field
        lambda: window.type("联系电话", "13800138000"),  # another
        lambda: window.tap("保存并开始拜访"),
        lambda: window.tap("感兴趣"),
        lambda: window.tap("保存并离开"),
    ]
    for tap in taps:
        tap()
    assert len(taps) <= 7  # the tap on the bar's 客户 is the eighth
    house.run_here(house.device.lock())
    assert '"outcome": "interested"' in house.told("list", "visit")


def test_another_language_and_size_are_there_at_once_and_next_time(house):
    house.belongs_to_ana()
    window = house.window(route=str(MINE))
    enter(window)
    window.tap("English")
    assert window.sees("Language")
    window.tap("200%")
    kept = read_preferences(house.settings.home)
    assert (kept.lang, kept.scale) == ("en", 2.0)


def test_the_sync_centre_shows_what_waits_by_its_name_and_empties_when_it_was_sent(house):
    house.belongs_to_ana()
    house.server.is_off = True
    window = house.window(route=str(SYNC))
    enter(window)
    assert window.sees("张三·客户")
    assert window.sees("没有网络")
    assert window.sees("1 条修改已保存在本机")
    house.server.is_off = False
    window.tap("立即同步")
    assert window.sees("全部已发送")
    house.server.is_off = True
    window.tap("立即同步")
    assert window.sees("本机没有要发送的修改"), window.texts()


def test_what_the_server_refused_stands_above_what_waits(house):
    house.belongs_to_ana()
    house.server.refuses = lambda change: ErrorInfo(code="not_allowed") if change.kind == "customer" else None
    window = house.window(route=str(SYNC))
    enter(window)
    house.run_here(house.device.meet())
    house.server.is_off = True
    house.run_here(house.apps[0].act(partial(records.add, kind_name="followup", given={"title": "回访"})))
    texts = window.texts()
    assert texts.index("张三·客户") < texts.index("回访·提醒")
    headed = [text for text in texts if text in ("需处理", "待发送")]
    assert headed[-4:] == ["需处理", "需处理", "待发送", "待发送"]  # each name, and the mark on its row


def test_a_server_that_goes_away_is_told_though_nothing_else_has_changed(house):
    house.belongs_to_ana()
    window = house.window(route=str(SYNC))
    enter(window)
    house.run_here(house.device.meet())
    assert window.sees("全部已发送")
    house.server.is_off = True
    house.run_here(house.device.meet())
    assert window.sees("没有网络")


@pytest.mark.parametrize(
    ("role", "screen"),
    [
        *(("rep", name) for name in ("today", "customers", "reminders", "sync", "new_visit", "mine", "returned")),
        *(("supervisor", name) for name in ("review", "customers", "conflicts")),
    ],
)
@pytest.mark.parametrize("width", [390, 1280])
def test_no_message_after_the_first_is_larger_than_a_poor_network_likes(house, role, screen, width):
    house.belongs_to_ana(role)
    house.works_all_day()
    window = house.window(route=str(SYNC), width=width)
    enter(window)
    first = len(window.line.sent)
    window.page.run_task(house.apps[0].home, Place(screen))
    window.settle()
    sent = window.line.sent[first:]
    assert max(message.size for message in sent) <= 20_000
    assert max(message.controls for message in sent) <= 600


def test_what_the_server_has_confirmed_is_listed_with_the_time_it_had_it(house):
    house.belongs_to_ana()
    house.server.is_off = True
    window = house.window(route=str(SYNC))
    enter(window)
    assert not window.sees("最近确认")
    house.server.is_off = False
    house.run_here(house.device.meet())
    assert window.sees("最近确认")
    assert window.sees("张三·客户")
    assert any(text.startswith("服务器已确认") for text in window.texts())
    assert window.sees("全部已发送")
