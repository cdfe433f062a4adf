"""Is what a person types kept to the letter, told at once, and complained of at the right moment?"""

from datetime import date, time

import flet as ft
import pytest

from field_app.forms import Draft, as_typed, is_asked
from field_app.screens.controls.dated import day_shown
from field_app.screens.field_control import CONTROLS, control_for, field_control
from field_app.screens.form import SECTIONS, form
from field_app.screens.look import Look
from field_app.screens.parts.button import filled
from field_app.screens.surroundings import Surroundings
from tests.screens.driver import Deed
from visit_core.errors import NotValid
from visit_core.fields import fields_of
from visit_core.kinds import KINDS, kind_named
from visit_core.shapes import Moment

NOON = Moment(1_795_000_000_000, date(2026, 11, 21))


def a_draft(kind="customer", **given):
    told: list[tuple[str, object]] = []
    return Draft(kind_named(kind), given, lambda: NOON, lambda name, raw: told.append((name, raw))), told


def around(lang="zh", **more):
    picked: list[str] = []
    return Surroundings(Look(lang), lambda kind, record_id: "李姐", picked.append, **more), picked


def one(window, draft, name, surroundings=None):
    return window(lambda: field_control(draft, name, surroundings or around()[0]))


# ------------------------------------------------------------------- drafts


def test_every_change_is_told_at_once_as_it_was_typed():
    draft, told = a_draft()
    draft.change("name", "张")
    draft.change("name", "张 ")
    assert told == [("name", "张"), ("name", "张 ")]


def test_what_cannot_be_read_yet_is_kept_to_the_letter():
    draft, _ = a_draft(mobile="+8613800000000")
    draft.change("mobile", "1380")
    assert draft.answers["mobile"].raw == "1380"
    assert "mobile" not in draft.fields()


def test_a_draft_gives_canonical_values():
    draft, _ = a_draft()
    draft.change("mobile", "138 0013 8000")
    draft.change("interests", "手表、 耳机")
    draft.change("email", "  ")
    assert draft.fields()["mobile"] == "+8613800138000"
    assert draft.fields()["interests"] == ["手表", "耳机"]
    assert draft.fields()["email"] is None


def test_opening_a_record_and_saving_it_changes_nothing():
    given = {"name": "张三", "mobile": "+8613800138000", "interests": ["手表"], "age": 40, "do_not_visit": True}
    draft, _ = a_draft(**given)
    kept = draft.fields()
    assert {name: kept[name] for name in given} == given


def test_a_record_is_shown_as_people_write_it():
    specs = fields_of(kind_named("customer"))
    assert as_typed(specs["mobile"], "+8613800138000") == "138 0013 8000"
    assert as_typed(specs["tags"], ["VIP", "有狗"]) == "VIP、有狗"


def test_a_form_asks_for_nothing_that_only_a_supervisor_or_the_server_sets():
    asked = set(a_draft("visit")[0].answers)
    assert not asked & {"review_state", "reviewed_by", "geo_verdict", "status"}


def test_a_refused_save_points_at_its_field_and_opens_its_section():
    draft, _ = a_draft()
    draft.refuse(NotValid("required", field="tags"))
    assert draft.answers["tags"].wrong.why == "required"
    assert draft.pointed_at == {"remarks"}


def test_a_refusal_about_a_field_the_form_has_not_is_left_to_the_screen():
    draft, _ = a_draft()
    draft.refuse(NotValid("required", field="owner_id"))
    assert draft.pointed_at == frozenset()


def test_all_mistakes_are_listed_in_the_order_of_the_form():
    draft, _ = a_draft()
    draft.change("age", "x")
    draft.change("mobile", "1")
    assert [mistake.field for mistake in draft.mistakes()] == ["mobile", "age"]
    assert draft.answers["age"].is_left


def test_a_draft_knows_what_a_complete_record_still_lacks():
    draft, _ = a_draft(name="张三")
    assert list(draft.missing("quick")) == ["mobile"]


# ------------------------------------------------------------------ controls


def test_every_field_of_every_kind_has_a_control():
    asked = [spec for kind in KINDS for spec in fields_of(kind).values() if is_asked(spec)]
    assert {spec.control for spec in asked} <= CONTROLS.keys()


def test_a_typed_character_is_never_lost_though_the_tap_follows_at_once(window):
    draft, _ = a_draft()
    saved: list[object] = []

    def screen():
        return ft.Column(
            [field_control(draft, "name", around()[0]), filled("保存", lambda: saved.append(draft.fields()["name"]))]
        )

    shown = window(screen)
    for typed in ("张", "张小", "张小伟"):
        shown.at_once(shown.typed("客户姓名", typed), shown.tapped("保存"))
    assert saved == ["张", "张小", "张小伟"]


def test_two_characters_in_one_breath_are_not_written_over_by_the_first_redraw(window):
    draft, _ = a_draft()
    shown = one(window, draft, "mobile")
    shown.at_once(shown.typed("联系电话", "1"), shown.typed("联系电话", "13"))
    assert draft.answers["mobile"].raw == "13"
    assert shown.labelled("联系电话", ft.TextField).value == "13"


def test_typing_sends_little_and_redraws_only_its_own_field(window):
    draft, _ = a_draft(mobile="+8613800138000")
    shown = window(form, draft, around()[0])
    shown.type("客户姓名", "张")
    shown.type("客户姓名", "张三")
    assert sum(sent.size for sent in shown.answers()) <= 300
    assert sum(sent.controls for sent in shown.answers()) == 0


def test_while_a_person_types_advice_is_given_and_an_error_only_once_the_cursor_went_on(window):
    draft, _ = a_draft()
    shown = one(window, draft, "mobile")
    shown.type("联系电话", "1380")
    box = shown.labelled("联系电话", ft.TextField)
    assert (box.helper, box.error) == ("请输入正确的11位手机号码", None)
    shown.leave("联系电话")
    box = shown.labelled("联系电话", ft.TextField)
    assert (box.helper, box.error) == (None, "请输入正确的11位手机号码")
    shown.type("联系电话", "13800138000")
    box = shown.labelled("联系电话", ft.TextField)
    assert (box.helper, box.error) == (None, None)


def test_complaints_are_in_the_language_of_the_person(window):
    draft, _ = a_draft()
    shown = one(window, draft, "mobile", around("en")[0])
    shown.type("Mobile", "1")
    assert shown.sees("Please enter a correct 11-digit mobile number")


@pytest.mark.parametrize(
    ("name", "label", "keyboard"),
    [
        ("mobile", "联系电话", ft.KeyboardType.PHONE),
        ("landline", "固定电话", ft.KeyboardType.PHONE),
        ("email", "电子邮箱", ft.KeyboardType.EMAIL),
        ("age", "年龄", ft.KeyboardType.NUMBER),
        ("name", "客户姓名", ft.KeyboardType.TEXT),
        ("remark", "附加备注", ft.KeyboardType.MULTILINE),
    ],
)
def test_the_keyboard_fits_the_field(window, name, label, keyboard):
    shown = one(window, a_draft()[0], name)
    assert shown.labelled(label, ft.TextField).keyboard_type == keyboard


def test_only_what_the_template_must_have_is_called_required(window):
    draft, _ = a_draft()
    assert one(window, draft, "mobile").sees("必填")
    assert not one(window, draft, "email").sees("必填")
    assert one(window, draft, "email", around(template="standard")[0]).sees("必填")


def test_money_shows_its_sign_and_keeps_what_was_typed(window):
    draft, told = a_draft("purchase")
    shown = one(window, draft, "amount")
    assert shown.labelled("购买金额", ft.TextField).prefix == "¥ "
    shown.type("购买金额", "2,600")
    assert told == [("amount", "2,600")]
    assert draft.fields()["amount"] == "2600.00"


def test_a_second_tap_takes_a_choice_back(window):
    draft, told = a_draft()
    shown = one(window, draft, "purchase_intention")
    shown.tap("感兴趣")
    shown.tap("感兴趣")
    assert told == [("purchase_intention", "yes"), ("purchase_intention", None)]


def test_a_menu_has_the_name_of_its_field_and_can_be_emptied(window):
    draft, told = a_draft(gender="male")
    shown = one(window, draft, "gender")
    assert shown.labelled("性别", ft.Dropdown).value == "male"
    shown.select("性别", "female")
    shown.select("性别", "")
    assert told == [("gender", "female"), ("gender", None)]


def test_a_switch_says_yes_and_no(window):
    draft, told = a_draft()
    shown = one(window, draft, "do_not_visit")
    shown.turn("谢绝上门", True)
    shown.turn("谢绝上门", False)
    assert told == [("do_not_visit", True), ("do_not_visit", False)]


def test_a_face_is_a_number_and_a_second_tap_takes_it_back(window):
    draft, told = a_draft("visit")
    shown = one(window, draft, "satisfaction")
    shown.tap("4 分，最高 5 分")
    shown.tap("4 分，最高 5 分")
    assert told == [("satisfaction", 4), ("satisfaction", None)]


def test_several_values_are_typed_or_tapped_and_nothing_half_typed_is_lost(window):
    draft, _ = a_draft(interests=["手表"])
    shown = one(window, draft, "interests", around(suggested={"interests": ["耳机"]})[0])
    shown.tap("耳机")
    shown.type("产品兴趣", "手表、耳机、充电")
    assert draft.fields()["interests"] == ["手表", "耳机", "充电"]
    shown.tap("手表")
    assert draft.fields()["interests"] == ["耳机", "充电"]


def test_another_record_is_shown_by_its_name_and_picked_elsewhere(window):
    surroundings, picked = around()
    draft, _ = a_draft(referrer_id="01a8c20a9d7b7c8f9b1e2d3c4b5a6978")
    shown = one(window, draft, "referrer_id", surroundings)
    shown.tap("李姐")
    assert picked == ["referrer_id"]


def test_a_day_is_picked_from_a_calendar_in_the_persons_language(window):
    draft, told = a_draft("purchase")
    shown = one(window, draft, "purchase_date")
    shown.tap("选日期")
    assert shown.sees("2026年11月")
    shown.tap("20")
    assert told == [("purchase_date", "2026-11-20")]
    assert not any(sheet.open for sheet in shown.all(ft.BottomSheet))


def test_a_moment_is_picked_by_its_day_and_by_its_time_each_leaving_the_other(window):
    draft, told = a_draft("contact_record", contact_at="2026-11-17 09:15")
    shown = one(window, draft, "contact_at")
    shown.tap("选择时间")
    face = shown.all(ft.TimePicker)[0]
    assert (face.locale.language_code, face.value) == ("zh", time(9, 15))
    assert face.hour_format == ft.TimePickerHourFormat.H24
    shown.at_once(Deed(face, "change", None, {"value": time(14, 5)}))
    shown.tap("选日期")
    shown.tap("16")
    assert told == [("contact_at", "2026-11-17 14:05"), ("contact_at", "2026-11-16 14:05")]


def test_a_time_alone_is_of_today(window):
    draft, told = a_draft("contact_record")
    shown = one(window, draft, "contact_at")
    shown.tap("选择时间")
    shown.at_once(Deed(shown.all(ft.TimePicker)[0], "change", None, {"value": time(8, 0)}))
    assert told == [("contact_at", f"{NOON.today.isoformat()} 08:00")]


def test_an_instant_is_shown_as_day_and_minute_and_typed_words_stay():
    assert day_shown("2026-11-2") == "2026-11-2"
    assert day_shown(None) == ""
    assert len(day_shown("2026-11-21T02:00:00.000Z")) == len("2026-11-21 10:00")


def test_a_set_is_several_whatever_its_declared_control():
    draft, _ = a_draft()
    assert control_for(draft.answers["tags"]).__name__ == "several_control"


# --------------------------------------------------------------------- forms


def test_a_form_shows_its_sections_and_only_the_first_is_open(window):
    shown = window(form, a_draft()[0], around()[0])
    assert [which for which in SECTIONS if shown.sees(Look().says(f"form.section.{which}"))] == [
        "basic",
        "behaviour",
        "leads",
        "remarks",
    ]
    assert shown.sees("客户姓名")
    assert not shown.sees("附加备注 附加备注")


def test_a_section_opens_and_closes(window):
    shown = window(form, a_draft()[0], around()[0])
    shown.tap("附加备注")
    assert shown.sees("谢绝上门")
    shown.tap("附加备注")
    assert not shown.sees("谢绝上门")


def test_several_of_a_closed_list_are_chosen_by_their_labels_and_kept_by_their_codes(window):
    draft, _ = a_draft("household", best_time=["weekday_evening"])
    shown = window(field_control, draft, "best_time", around()[0])
    shown.tap("周末上午")
    assert draft.fields()["best_time"] == ["weekday_evening", "weekend_morning"]
    shown.tap("工作日晚")
    assert draft.fields()["best_time"] == ["weekend_morning"]
    assert not shown.sees("weekend_morning")


def test_a_section_with_a_mistake_opens_by_itself(window):
    draft, _ = a_draft()
    shown = window(lambda: ft.Column([form(draft, around()[0]), filled("保存", draft.mistakes)]))
    shown.tap("附加备注")
    shown.type("标签", "超过十二个字的一个很长很长的标签")
    shown.tap("附加备注")
    shown.tap("保存")
    assert shown.labelled("标签", ft.TextField).error == "标签最多 12 个字"


def test_a_section_counts_what_is_filled_in_while_a_person_types(window):
    draft, _ = a_draft()
    shown = window(form, draft, around()[0])
    filled_before = sum(answer.is_filled for answer in draft.section("basic"))
    shown.type("客户姓名", "张三")
    assert shown.sees(f"已填 {filled_before + 1}/{len(draft.section('basic'))}")


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.kind_name)
def test_the_form_of_every_kind_is_drawn_within_what_a_message_may_carry(window, kind):
    shown = window(form, a_draft(kind.kind_name)[0], around()[0])
    assert max(sent.controls for sent in shown.line.sent) <= 600
