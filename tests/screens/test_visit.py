"""Is a visit filled in with few taps, kept with every change, and refused where the mistake is?"""

import flet as ft
import pytest

from field_app.actions import customer_list, drafting, records, reviewing, visiting
from field_app.screens.look import Look
from field_app.screens.new_visit import new_visit_screen
from field_app.screens.visit import visit_screen
from tests.app.fakes import FakeClock, FakeServer
from tests.app.phones import a_phone
from tests.screens.doing import Doing
from tests.screens.neighbours import a_field
from visit_core.errors import NotFound


@pytest.fixture
def clock():
    return FakeClock()


@pytest.fixture
def do(tmp_path, clock):
    """A rep's phone with nothing on it."""
    return Doing(a_phone(tmp_path / "phone", FakeServer(clock)).store)


@pytest.fixture
def customer(do):
    return records.add(do.store, "customer", {"name": "张三", "mobile": "13800000000"})


def begun(do, customer, **given):
    return drafting.begin(do.store, "visit", {"customer_id": customer, **given}).id


def opened(window, do, draft_id, look=None):
    return window(visit_screen, visiting.load(do.store, draft_id), do, look or Look())


def kept(do, draft_id):
    return do.store.drafts.get(draft_id).given


def chosen(screen, name):
    """Whether a tile of that name is chosen."""
    tiles = [each for each in screen.all(ft.Semantics) if each.selected is not None]
    return any(each.selected and name in each.content.content.value for each in tiles)


def test_what_the_customer_wanted_last_time_is_there_already(window, do, customer):
    known = {"purchase_intention": "yes", "product_interest": "手表"}
    records.add(do.store, "visit", {"customer_id": customer, "outcome": "interested", **known})
    screen = opened(window, do, begun(do, customer))
    assert screen.sees("沿用上次")
    assert chosen(screen, "感兴趣")
    screen.tap("犹豫")
    assert not screen.sees("沿用上次")


def test_every_tap_is_kept_and_the_form_comes_back_as_it_was(window, do, customer):
    draft = begun(do, customer)
    screen = opened(window, do, draft)
    screen.tap("感兴趣")
    screen.tap("1周后")
    assert kept(do, draft)["outcome"] == "interested"
    again = opened(window, do, draft)
    assert chosen(again, "1周后")


def test_a_killed_app_resumes_with_the_section_open_in_which_the_person_was(window, do, customer):
    draft = begun(do, customer)
    screen = opened(window, do, draft)
    screen.tap("联系记录 未填")
    screen.type("沟通内容", "想看新款")
    again = opened(window, do, draft)
    assert again.sees("想看新款")


def test_the_last_character_is_saved_though_the_tap_follows_at_once(window, do, customer):
    screen = opened(window, do, begun(do, customer, outcome="sold"))
    screen.tap("联系记录 未填")
    screen.at_once(screen.typed("沟通内容", "买了一块手表"), screen.tapped("保存并离开"))
    assert records.get(do.store, "visit", do.saved[0].id)["content"] == "买了一块手表"


def test_a_visit_without_outcome_is_refused_at_the_outcome_and_stays_a_draft(window, do, customer):
    draft = begun(do, customer)
    screen = opened(window, do, draft)
    screen.tap("保存并离开")
    assert screen.sees("请填写拜访结果")
    assert (do.saved, kept(do, draft)["customer_id"]) == ([], customer)


def test_rare_outcomes_stand_behind_one_tile(window, do, customer):
    screen = opened(window, do, begun(do, customer))
    assert not screen.sees("已搬迁")
    screen.tap("更多")
    screen.tap("已搬迁")
    assert chosen(screen, "已搬迁")


def test_a_visit_let_go_of_is_asked_about_first_and_then_gone(window, do, customer):
    draft = begun(do, customer)
    screen = opened(window, do, draft)
    screen.tap("放弃填写")
    assert do.store.drafts.get(draft)
    assert screen.sees("丢弃这份草稿？")
    screen.tap("丢弃草稿")
    assert do.store.drafts.get(draft) is None
    with pytest.raises(NotFound):
        visiting.load(do.store, draft)


def test_a_save_taken_back_is_the_form_again(do, customer, window):
    draft = begun(do, customer)
    opened(window, do, draft).tap("感兴趣")
    screen = opened(window, do, draft)
    screen.tap("保存并离开")
    assert drafting.take_back(do.store, do.saved[0])
    assert kept(do, draft)["outcome"] == "interested"


def test_a_correction_changes_what_was_touched_and_keeps_the_times(window, do, customer):
    visit = records.add(do.store, "visit", {"customer_id": customer, "outcome": "sold", "content": "一"})
    before = records.get(do.store, "visit", visit)
    screen = opened(window, do, drafting.begin(do.store, "visit", {}, record=visit).id)
    screen.tap("需跟进")
    screen.tap("保存并离开")
    after = records.get(do.store, "visit", visit)
    assert (after["outcome"], after["content"]) == ("follow_up", "一")
    assert (after["check_in_at"], after["check_out_at"]) == (before["check_in_at"], before["check_out_at"])


def test_what_the_supervisor_wrote_stands_above_the_form(window, tmp_path, clock):
    desk = Doing(a_phone(tmp_path / "desk", FakeServer(clock), role="supervisor").store)
    customer = records.add(desk.store, "customer", {"name": "张三", "mobile": "13800000000"})
    visit = records.add(desk.store, "visit", {"customer_id": customer, "outcome": "sold", "content": "好"})
    reviewing.review(desk.store, visit, "returned", [("content", "请写清楚谈了什么")])
    screen = opened(window, desk, drafting.begin(desk.store, "visit", {}, record=visit).id)
    assert screen.sees("请写清楚谈了什么")


def test_no_message_is_more_than_a_phone_bears(window, do, customer):
    records.add(do.store, "visit", {"customer_id": customer, "outcome": "sold", "product_interest": "手表、耳机、手环"})
    bare = max(sent.size for sent in window(lambda: ft.Text("")).line.sent)
    screen = opened(window, do, begun(do, customer))
    assert screen.sees("联系记录")
    assert max(sent.size for sent in screen.line.sent) - bare < 20_000
    screen.tap("感兴趣")
    assert sum(sent.size for sent in screen.answers()) < 3_000


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_visit_is_drawn_at_twice_the_size(window, do, customer, lang):
    assert opened(window, do, begun(do, customer), Look(lang, 360, 2.0)).sees("张三")


# ----------------------------------------------------------------- ＋ visit


def choosing(window, do):
    return window(new_visit_screen, customer_list.load(do.store), do, Look())


def test_a_customer_is_found_by_the_end_of_the_number_and_called_on(window, do, customer):
    records.add(do.store, "customer", {"name": "李四", "mobile": "13900001234"})
    screen = choosing(window, do)
    screen.type("找客户", "1234")
    assert not screen.sees("张三")
    screen.tap("李四")
    assert do.backs == 1
    assert do.begun[0].kind == "visit"


def test_somebody_who_is_not_found_begins_as_a_new_customer_with_what_was_typed(window, do, customer):
    screen = choosing(window, do)
    screen.type("找客户", "王小明")
    screen.tap("新客户")
    assert (do.begun[0].kind, do.begun[0].given) == ("customer", {"name": "王小明"})


def test_no_more_than_fifty_customers_are_drawn_at_first(window, do):
    for number in range(60):
        records.add(do.store, "customer", {"name": f"客户{number}", "mobile": "13800000000"})
    assert sum(name.startswith("客户") for name in choosing(window, do).names()) == 50


def test_a_visit_asks_for_the_organisations_own_fields_and_keeps_their_defaults(window, do, customer):
    a_field(do.store, "visit", "parking", "停车位置", section="contact", required_level="none", default="地下车库")
    screen = opened(window, do, begun(do, customer, outcome="sold"))
    screen.tap("联系记录")
    assert screen.labelled("停车位置", ft.TextField).value == "地下车库"
    screen.type("停车位置", "东门")
    screen.tap("保存并离开")
    assert records.get(do.store, "visit", do.saved[0].id)["custom"] == {"parking": "东门"}
