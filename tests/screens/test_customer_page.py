"""Does a customer's page tell what one needs at the door, and keep the number to itself?"""

import flet as ft
import pytest
from pydantic import JsonValue

from field_app.actions import customer_page, drafting, records
from field_app.actions.disclosing import disclosed
from field_app.actions.happenings import HANGS_ON, LINES
from field_app.places import Place
from field_app.screens.adding import KINDS
from field_app.screens.customer import customer_screen
from field_app.screens.kind_signs import SIGNS
from field_app.screens.look import Look
from field_app.screens.parts.tabs import Line
from tests.screens.doing import Doing
from tests.screens.driver import Deed
from tests.screens.neighbours import HANGING, LONG, a_customer, a_field, a_life, a_rep, a_visit
from tests.screens.tree import name_of, tap_event
from visit_core.explain import sentence
from visit_core.fields import fields_of
from visit_core.kinds import KINDS as KINDS_DECLARED
from visit_core.kinds import kind_named


@pytest.fixture
def phone(tmp_path):
    return a_rep(tmp_path)


@pytest.fixture
def opened(window, phone):
    def open_page(customer, look=None):
        do = Doing(phone.store)
        return window(customer_screen, customer_page.load(phone.store, customer), do, look or Look()), do

    return open_page


def test_the_number_is_masked_until_the_eye_is_tapped_and_again_after(opened, phone):
    page, _ = opened(a_customer(phone.store))
    assert page.sees("138****0000")
    page.tap("显示号码")
    assert page.sees("138 0000 0000")
    assert not page.sees("138****0000")
    page.tap("隐藏号码")
    assert page.sees("138****0000")


def test_masked_values_of_the_profile_are_shown_one_at_a_time(opened, phone):
    page, _ = opened(a_customer(phone.store, wechat_id="zhangsan88", email="zhangsan@example.com"))
    page.tap("资料")
    assert page.sees("zha****an88")
    assert page.sees("z****@example.com")
    page.tap("显示微信号")
    assert page.sees("zhangsan88")
    page.tap("显示电子邮箱")
    assert page.sees("zhangsan@example.com")
    assert not page.sees("zhangsan88")


def test_a_sensitive_field_of_our_own_is_shown_in_words_when_the_eye_is_tapped(opened, phone):
    options: list[JsonValue] = [{"code": "a", "zh": "甲型"}, {"code": "b", "zh": "乙型"}]
    a_field(phone.store, "customer", "blood", "血型", data_type="choice", options=options, sensitive=True)
    page, _ = opened(a_customer(phone.store, custom={"blood": "b"}))
    page.tap("资料")
    assert not page.sees("乙型")
    page.tap("显示血型")
    assert page.sees("乙型")
    assert [(each["field"], each["purpose"]) for each in disclosed(phone.store)] == [("custom.blood", "shown")]


def test_every_look_call_and_copy_is_written_down_without_the_value(opened, phone):
    customer = a_customer(phone.store, wechat_id="zhangsan88")
    page, do = opened(customer)
    for name in ("显示号码", "电话", "微信"):
        page.tap(name)
    assert (do.outside.called, do.outside.copied) == (["+8613800000000"], ["zhangsan88"])
    told = [(each["field"], each["purpose"], each["record"]) for each in disclosed(phone.store)]
    assert told == [("mobile", "shown", customer), ("mobile", "called", customer), ("wechat_id", "copied", customer)]
    assert "13800000000" not in str(disclosed(phone.store))


def test_a_system_without_a_map_gets_the_address_on_its_clipboard(opened, phone):
    page, do = opened(a_customer(phone.store, address_detail="幸福路 12 号"))
    do.outside.can = False
    page.tap("导航")
    assert (do.outside.led, do.outside.copied) == (["幸福路 12 号"], ["幸福路 12 号"])
    assert do.said == ["地址已复制，可粘贴到地图"]


def test_a_way_that_is_not_known_has_no_button(opened, phone):
    page, _ = opened(records.add(phone.store, "customer", {"name": LONG}))
    assert page.sees("没有电话")
    assert not {"电话", "微信", "导航"} & set(page.names())


def test_what_happened_stands_newest_first(opened, phone):
    customer = a_customer(phone.store)
    a_life(phone.store, customer)
    page, _ = opened(customer)
    told = [name for name in page.names() if "·" in name and name != "需求·投诉"]
    assert [each.split("·")[0] for each in told] == ["提醒", "拜访", "联系记录", "购买记录"]
    assert page.sees("购买记录·¥2,600")


def test_what_a_visit_promised_without_a_word_is_told_in_the_persons_language(window, phone):
    customer = a_customer(phone.store)
    for promise in ({"title": "回访"}, {"title": "送样品"}):
        records.add(phone.store, "followup", {"customer_id": customer, "due_date": "2026-11-25", **promise})
    page = window(customer_screen, customer_page.load(phone.store, customer), Doing(phone.store), Look(lang="en"))
    assert page.sees("Revisit")
    assert page.sees("送样品")
    assert not page.sees("回访")


def test_a_visit_opens_to_be_read_and_a_purchase_to_be_corrected(opened, phone):
    customer = a_customer(phone.store)
    a_life(phone.store, customer)
    visit = phone.store.find("visit")[0].id
    purchase = phone.store.find("purchase")[0].id
    page, do = opened(customer)
    page.tap("拜访·感兴趣")
    page.tap("购买记录·")
    assert do.went == [Place("visit_page", visit)]
    assert [(draft.kind, draft.record) for draft in do.begun] == [("purchase", purchase)]


def test_a_visit_begins_with_one_tap(opened, phone):
    customer = a_customer(phone.store)
    page, do = opened(customer)
    page.tap("开始拜访")
    assert [(draft.kind, draft.given) for draft in do.begun] == [("visit", {"customer_id": customer})]


@pytest.mark.parametrize("kind", KINDS)
def test_whatever_is_written_down_begins_from_one_button_with_the_customer_given(opened, phone, kind):
    customer = a_customer(phone.store)
    page, do = opened(customer)
    page.tap("记一笔")
    named = [each for each in page.controls() if tap_event(each) and name_of(each) == kind_named(kind).zh]
    page.at_once(Deed(named[-1], "click"))  # a view may bear the same name
    assert [(draft.kind, draft.given) for draft in do.begun] == [(kind, {"customer_id": customer})]


def test_everything_that_hangs_on_a_customer_stands_on_the_timeline_under_a_sign(opened, phone):
    customer = a_customer(phone.store)
    for kind, given in HANGING.items():
        records.add(phone.store, kind, {"customer_id": customer, **given})
    page, _ = opened(customer)
    told = {text.split("·")[0] for text in page.texts()}
    assert {kind_named(kind).zh for kind in HANGING} <= told
    for said in ("投诉与反馈·待处理", "需求·待处理", "销售机会·方案报价", "偏好·喜欢", "满意度·4/5", "同意·同意"):
        assert page.sees(said)
    assert page.sees("全家四块手表·¥7,800")
    assert set(LINES) <= set(SIGNS)


def test_no_kind_that_names_a_customer_is_forgotten_by_the_timeline():
    named = {kind.kind_name for kind in KINDS_DECLARED if "customer_id" in fields_of(kind)}
    assert named - set(HANGS_ON) == {"attachment"}  # it stands with what it was taken for


def test_a_step_by_rule_says_which_rule(opened, phone):
    customer = a_customer(phone.store)
    a_life(phone.store, customer)
    page, _ = opened(customer)
    assert page.sees(sentence("stage.why.month_after_first", "zh"))
    assert not [name for name in page.names() if name.startswith("生命周期变更")]  # it is never corrected


def test_the_grade_says_why_term_by_term(opened, phone):
    customer = a_customer(phone.store)
    a_life(phone.store, customer)
    page, _ = opened(customer)
    page.tap("C 潜在客户")
    assert page.sees("为什么是 C")
    assert page.sees("得分 28（满分 100）")
    assert page.sees("近一年购买 ¥2,600：2/5 分，计 12 分")
    assert page.sees("阶段：")
    assert page.sees(sentence("stage.why.month_after_first", "zh"))


def test_a_grade_by_hand_says_its_reason(opened, phone):
    page, _ = opened(a_customer(phone.store, grade_manual="A", grade_reason="介绍了半栋楼"))
    page.tap("A 重要客户")
    assert page.sees("人工评级：介绍了半栋楼")


def test_who_never_bought_has_no_grade_and_is_told_as_promising_or_not(opened, phone):
    page, _ = opened(a_customer(phone.store, willingness=4))
    assert not page.sees("C 潜在客户")
    page.tap("初次接触")
    assert page.sees("合作潜力")
    assert page.sees("合作意愿 4：4/5 分，计 40 分")


def test_what_an_organisation_asks_for_is_missed_by_its_own_name(opened, phone):
    a_field(phone.store, "customer", "shoe_size", "鞋码")
    page, _ = opened(a_customer(phone.store))
    page.tap("资料")
    assert page.sees("还缺：鞋码")


def test_a_customer_who_wants_no_visits_is_announced(opened, phone):
    page, _ = opened(a_customer(phone.store, do_not_visit=True, do_not_visit_until="2027-01-01"))
    assert page.sees("谢绝上门")
    assert page.sees("2027-01-01")


def test_the_profile_says_what_is_missing_and_shows_what_is_known(opened, phone):
    friend = a_customer(phone.store, "李姐")
    customer = records.add(phone.store, "customer", {"name": "张三", "referrer_id": friend, "gender": "male"})
    page, _ = opened(customer)
    page.tap("资料")
    assert page.sees("还缺：联系电话")
    assert page.sees("李姐")
    assert page.sees("男")


def test_no_tab_shows_a_number_in_full(opened, phone):
    page, _ = opened(a_customer(phone.store, landline="010-12345678"))
    page.tap("资料")
    assert not page.sees("13800000000")
    assert not page.sees("12345678")


def test_a_form_about_the_customer_that_was_left_is_offered_again(opened, phone):
    customer = a_customer(phone.store)
    kept = drafting.begin(phone.store, "contact_record", {"customer_id": customer})
    drafting.journal(phone.store, drafting.with_answer(kept, "topic", "报价"))
    page, do = opened(customer)
    page.tap("继续填写")
    assert do.went == [Place("form", kept.id)]


def test_scrolling_leaves_the_name_in_the_bar(opened, phone):
    page, _ = opened(a_customer(phone.store))
    before = page.texts().count("张三")
    told = {"event_type": "update", "pixels": 400, "min_scroll_extent": 0, "max_scroll_extent": 900}
    page.at_once(Deed(page.all(ft.ListView)[0], "scroll", {**told, "viewport_dimension": 800}))
    assert page.texts().count("张三") == before + 1


def test_fifty_visits_open_in_messages_a_phone_can_bear(opened, phone):
    customer = a_customer(phone.store)
    for _ in range(60):
        phone.server.clock.passes(1000)
        a_visit(phone.store, customer, content="想看手表，约了周末上午再来，带两款样品和报价单。" * 3)
    page, _ = opened(customer)
    assert sum(text.startswith(("拜访·感兴趣", "生命周期变更·")) for text in page.texts()) == 50
    assert max(sent.size for sent in page.line.sent[1:]) <= 20_000
    assert max(sent.controls for sent in page.line.sent[1:]) <= 600


LARGE = Look(width=390, scale=2.0)


def test_at_200_percent_the_head_has_one_line_for_where_and_one_for_the_ways(opened, phone):
    customer = a_customer(phone.store, wechat_id="zhangsan88", address_detail="北京市朝阳区幸福路 12 号 3 单元 502 室")
    page, do = opened(customer, LARGE)
    (address,) = [each for each in page.all(ft.Text) if each.value.startswith("北京市")]
    assert address.max_lines == 1
    assert len([each for each in page.all(ft.IconButton) if each.tooltip in ("电话", "微信", "导航")]) == 3
    page.tap("电话")
    assert do.outside.called == ["+8613800000000"]


def test_tabs_that_go_on_past_the_edge_say_so_and_tabs_with_room_do_not(opened, phone):
    customer = a_customer(phone.store)
    phone_page, _ = opened(customer, Look(width=390))
    desk_page, _ = opened(customer, Look(width=1280))
    assert "更多栏目" in phone_page.names()
    assert "更多栏目" not in desk_page.names()
    english_desk, _ = opened(customer, Look("en", width=1280))  # the page is in the middle, and no wider than one reads
    assert "More tabs" in english_desk.names()


def test_a_tab_of_which_a_part_is_out_of_sight_is_moved_into_sight_once_it_is_chosen(opened, phone):
    page, _ = opened(a_customer(phone.store), Look(width=390))
    for each in [*page.all(ft.Row), *page.all(ft.Container)]:
        if each.on_size_change:
            wide = 330.0 if isinstance(each, ft.Row) else 100.0
            page.at_once(Deed(each, "size_change", {"w": wide, "h": 48.0}))
    page.tap("资料")
    assert page.line.asked == []
    page.tap("购买")  # it ends after 316 of 330 pixels
    assert page.line.asked == []
    page.tap("需求")
    assert page.line.asked == ["scroll_to"]


def test_a_line_of_names_moves_no_further_than_it_must_and_shows_that_it_goes_on():
    line, codes = Line(), ["a", "b", "c", "d", "e"]
    assert line.way_to("e", codes) is None  # nothing is drawn yet
    line.widths, line.room = dict.fromkeys(codes, 100.0), 330.0
    assert line.way_to("c", codes) is None
    assert line.way_to("d", codes) == 3 * 108 + 100 - 330 + 24
    line.moved = 118.0
    assert line.way_to("b", codes) == 108 - 24
    assert line.way_to("a", codes) == 0
    line.widths["e"] = 400.0  # wider than the line: it begins where the line begins
    assert line.way_to("e", codes) == 4 * 108


def test_at_the_end_of_the_tabs_the_arrow_leads_back(opened, phone):
    page, _ = opened(a_customer(phone.store), Look(width=390))
    line = next(each for each in page.all(ft.Row) if each.on_scroll)
    for pixels, name in ((200, "前面的栏目"), (40, "更多栏目")):
        told = {"event_type": "update", "pixels": pixels, "min_scroll_extent": 0, "max_scroll_extent": 200}
        page.at_once(Deed(line, "scroll", {**told, "viewport_dimension": 340}))
        assert {"前面的栏目", "更多栏目"} & set(page.names()) == {name}
