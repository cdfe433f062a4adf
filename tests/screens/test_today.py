"""Does a rep's day stand ready at a glance, and does a planned door take no more taps than promised?"""

from datetime import date, timedelta

import flet as ft
import pytest

from field_app.actions import drafting, quick, records, today, visiting
from field_app.actions.promises import promises
from field_app.places import NEW_VISIT, REMINDERS, SYNC, Place
from field_app.screens.fitting import longest_run
from field_app.screens.look import Look
from field_app.screens.quick import quick_screen
from field_app.screens.today import today_screen
from field_app.screens.visit import visit_screen
from field_app.theme.type import Role, size_of
from tests.app.fakes import FakeClock, FakeServer
from tests.app.phones import a_phone
from tests.screens.doing import Doing
from tests.screens.driver import Deed
from tests.screens.promised import a_customer, at, day, promised

MINUTE_MS = 60_000


@pytest.fixture
def clock():
    return FakeClock()


@pytest.fixture
def do(tmp_path, clock):
    """A rep's phone with nothing on it."""
    return Doing(a_phone(tmp_path / "phone", FakeServer(clock)).store)


def on_today(window, do, look=None):
    return window(today_screen, today.load(do.store), do, look or Look())


def on_quick(window, do, load, customer):
    return window(quick_screen, load(do.store, customer), do, Look())


class Counted:
    """A person's finger: every tap is one."""

    def __init__(self):
        self.taps = 0

    def tap(self, window, name):
        self.taps += 1
        window.tap(name)


# ----------------------------------------------------------------- the day


def test_an_empty_day_offers_one_thing_to_do(window, do):
    screen = on_today(window, do)
    screen.tap("＋ 新的拜访")
    assert do.went == [NEW_VISIT]


def test_the_earliest_stop_comes_first_and_its_number_is_masked(window, do):
    promised(do, "王芳", remind_at=at(do, 14))
    promised(do, "张三", remind_at=at(do, 10))
    screen = on_today(window, do)
    assert screen.sees("下一站·10:00")
    assert screen.sees("138****0000")
    assert not screen.sees("0000 0000")
    assert [each.customer for each in today.load(do.store).later] == ["王芳"]


def test_what_is_late_is_counted_and_no_stop_of_today(window, do):
    promised(do, "李家", ahead=-2)
    model = today.load(do.store)
    assert (model.next_stop, model.overdue) == (None, 1)
    on_today(window, do).tap("逾期提醒")
    assert do.went == [REMINDERS]


def test_the_state_of_sync_opens_the_sync_centre(window, do):
    a_customer(do, "张三")
    on_today(window, do).tap("待同步 1")
    assert do.went == [SYNC]


def test_a_visit_keeps_the_promise_and_moves_the_day_on(do, clock):
    customer = promised(do)
    promised(do, "李家")
    clock.passes(MINUTE_MS)
    records.add(do.store, "visit", {"customer_id": customer, "outcome": "interested"})
    model = today.load(do.store)
    assert (model.visited, model.planned) == (1, 2)
    assert [model.next_stop and model.next_stop.customer] == ["李家"]


def test_nobody_at_home_and_no_new_day_keeps_no_promise(do, clock):
    customer = promised(do)
    clock.passes(MINUTE_MS)
    records.add(do.store, "visit", {"customer_id": customer, "outcome": "not_home"})
    assert [each.customer_id for each in promises(do.store)] == [customer]


def test_what_a_colleague_promised_is_not_this_reps_day(do):
    promised(do, owner_id="f" * 32)
    assert today.load(do.store).next_stop is None


def test_two_promises_at_one_door_are_one_stop(do):
    customer = promised(do)
    records.add(do.store, "followup", {"customer_id": customer, "title": "送资料", "due_date": day(do)})
    assert today.load(do.store).planned == 1


def test_fifty_stops_come_as_one_page_of_a_modest_message(window, do):
    for number in range(60):
        promised(do, f"客户{number}", remind_at=at(do, 9 + number % 9))
    screen = on_today(window, do)
    assert screen.sees("今天还有 59 站")
    assert sum(name.endswith("的拜访结果") for name in screen.names()) == 50


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_the_day_is_drawn_in_both_languages_and_at_any_size(window, do, lang, scale):
    promised(do, "欧阳修远之家电维修服务有限公司")
    assert on_today(window, do, Look(lang, 360, scale)).sees("欧阳修远")


def test_where_words_are_large_the_buttons_come_before_what_can_wait(window, do):
    customer = promised(do, title="送样品")
    records.add(do.store, "visit", {"customer_id": customer, "outcome": "interested", "content": "想看手表"})
    records.add(do.store, "followup", {"customer_id": customer, "title": "送样品", "due_date": day(do)})
    for scale, is_first in ((1.0, False), (2.0, True)):
        texts = on_today(window, do, Look("zh", 360, scale)).texts()
        assert (texts.index("到访") < texts.index("送样品")) is is_first


def test_a_name_is_as_large_as_its_longest_word_allows():
    look = Look("en", 360, 2.0)
    assert look.name_role("欧阳修远之家电维修服务有限公司") == Role.DISPLAY
    assert look.name_role("Alexandra Featherstonehaugh") != Role.DISPLAY
    assert longest_run("Featherstonehaugh", size_of(look.name_role("Featherstonehaugh"), 2.0)) <= look.body_width


# ------------------------------------------------------------ taps at a door


def test_a_planned_door_takes_three_taps_and_no_typing(window, do, clock):
    promised(do)
    finger = Counted()
    finger.tap(on_today(window, do), "到访")
    clock.passes(3 * MINUTE_MS)
    visit = window(visit_screen, visiting.load(do.store, do.begun[0].id), do, Look())
    finger.tap(visit, "感兴趣")
    finger.tap(visit, "保存并离开")
    assert finger.taps == 3
    saved = records.get(do.store, "visit", do.saved[0].id)
    assert saved["outcome"] == "interested"
    assert str(saved["check_in_at"]) < str(saved["check_out_at"])
    assert today.load(do.store).visited == 1


def test_a_planned_door_with_product_and_next_step_takes_five_taps(window, do):
    before = promised(do)
    records.add(do.store, "visit", {"customer_id": before, "outcome": "interested", "product_interest": "手表、耳机"})
    records.add(do.store, "followup", {"customer_id": before, "title": "回访", "due_date": day(do)})
    finger = Counted()
    finger.tap(on_today(window, do), "到访")
    visit = window(visit_screen, visiting.load(do.store, do.begun[0].id), do, Look())
    for name in ("需跟进", "耳机", "3天后", "保存并离开"):
        finger.tap(visit, name)
    assert finger.taps == 5
    saved = records.get(do.store, "visit", do.saved[0].id)
    assert (saved["product_interest"], saved["next_date"]) == (["手表"], day(do, 3))


def test_nobody_at_home_takes_two_taps(window, do):
    customer = promised(do)
    finger = Counted()
    finger.tap(on_today(window, do), "无人在家")
    assert do.went == [Place("not_home", customer)]
    finger.tap(on_quick(window, do, quick.load_not_home, customer), "明天")
    assert finger.taps == 2
    saved = records.get(do.store, "visit", do.saved[0].id)
    assert (saved["outcome"], saved["next_date"]) == ("not_home", day(do, 1))
    assert do.backs == 1


def test_a_swipe_on_the_card_asks_only_for_the_day_and_can_be_taken_back(window, do):
    customer = promised(do)
    screen = on_today(window, do)
    (card,) = screen.all(ft.Dismissible)
    screen.at_once(Deed(card, "confirm_dismiss", {"direction": "startToEnd"}))
    assert do.went == [Place("not_home", customer)]
    assert "confirm_dismiss" in screen.line.asked  # the card comes back: a swipe alone decides nothing
    assert {"无人在家", "到访", "改约"} <= set(screen.names())
    on_quick(window, do, quick.load_not_home, customer).tap("明天")
    assert drafting.take_back(do.store, do.saved[0])


def test_another_day_takes_two_taps_too(window, do):
    customer = promised(do)
    on_today(window, do).tap("改约")
    assert do.went == [Place("rescheduled", customer)]
    on_quick(window, do, quick.load_rescheduled, customer).tap("后天")
    saved = records.get(do.store, "visit", do.saved[0].id)
    assert (saved["outcome"], saved["next_date"]) == ("rescheduled", day(do, 2))


# ------------------------------------------------------------ quick outcomes


@pytest.mark.parametrize(
    ("word", "code"), [("无人在家", "not_home"), ("拒访", "refused"), ("已搬迁", "moved"), ("地址无效", "invalid")]
)
def test_an_outcome_that_says_all_is_saved_with_one_tap_and_can_be_taken_back(window, do, word, code):
    customer = a_customer(do, "张三")
    on_quick(window, do, quick.load, customer).tap(word)
    assert records.get(do.store, "visit", do.saved[0].id)["outcome"] == code
    assert drafting.take_back(do.store, do.saved[0])
    assert do.store.find("visit") == []


def test_an_outcome_that_needs_words_opens_the_visit_with_it(window, do):
    on_quick(window, do, quick.load, a_customer(do, "张三")).tap("成交")
    assert do.begun[0].given["outcome"] == "sold"
    assert do.saved == []


def test_a_new_day_is_asked_for_where_the_customer_asked_for_one(window, do):
    screen = on_quick(window, do, quick.load, a_customer(do, "张三"))
    screen.tap("改约")
    screen.tap("先不约时间")
    assert "next_date" not in do.saved[0].draft.given


def test_the_days_to_come_again_are_all_different():
    for weekday in range(7):
        days = list(visiting.another_time(date(2026, 11, 16) + timedelta(days=weekday)).values())
        assert days == sorted(set(days))


# ------------------------------------------------------------- interrupted


def test_a_visit_that_was_interrupted_comes_first_and_is_not_begun_twice(window, do):
    customer = promised(do)
    draft = drafting.begin(do.store, "visit", {"customer_id": customer})
    model = today.load(do.store)
    assert (model.next_stop, model.planned) == (None, 1)
    on_today(window, do).tap("继续张三的拜访")
    assert do.went == [Place("visit", draft.id)]
