"""What people type becomes one canonical value, or a refusal on that very field."""

import math
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visit_core import phones
from visit_core.errors import NotValid
from visit_core.fields import FieldSpec, fields_of
from visit_core.kinds import KINDS, kind_named
from visit_core.shapes import Moment

NOW = Moment(now_ms=1_795_226_400_000, today=date(2026, 11, 21))


def spec(kind: str, name: str) -> FieldSpec:
    return fields_of(kind_named(kind))[name]


def read(kind, name, value):
    return spec(kind, name).read(value, NOW)


def why(kind, name, value):
    with pytest.raises(NotValid) as refused:
        read(kind, name, value)
    assert refused.value.field == name
    return refused.value.why


@pytest.mark.parametrize(
    "typed",
    ["13800000000", "+86 138-0000-0000", "8613800000000", "0086 138 0000 0000", "１３８００００００００", 13800000000],
)
def test_a_mobile_number_is_read_in_any_usual_form(typed):
    assert read("customer", "mobile", typed) == "+8613800000000"


@pytest.mark.parametrize(
    "typed", ["1380000000", "12345678901", "23800000000", "1380000000a", "138000000000", "1.38E+10"]
)
def test_any_other_mobile_number_is_refused(typed):
    assert why("customer", "mobile", typed) == "mobile"


def test_a_mobile_number_is_shown_in_groups_and_masked_in_lists():
    assert phones.shown("+8613800000000") == "138 0000 0000"
    assert phones.masked("+8613800000000") == "138****0000"
    assert phones.digits("+8613800000000") == "13800000000"


@pytest.mark.parametrize("typed", ["010-12345678", "0571-87654321", "01012345678", "400-800-1234", "010-12345678-12"])
def test_a_landline_is_kept_as_typed(typed):
    assert read("customer", "landline", typed) == typed


def test_a_landline_has_a_message_of_its_own():
    assert why("customer", "landline", "12345") == "landline"


@pytest.mark.parametrize(
    "typed", ["a@b", "a@b@c.cn", "a b@c.cn", "@c.cn", "a@.cn", "a@c.", "张三", "a@c..cn", f"{'a' * 65}@c.cn"]
)
def test_a_wrong_email_address_is_refused(typed):
    assert why("customer", "email", typed) == "email"


def test_an_email_domain_is_kept_in_small_letters():
    assert read("customer", "email", " Zhang.San@Example.COM ") == "Zhang.San@example.com"


@pytest.mark.parametrize("typed", ["2024-09-10", "2024/9/10", "2024.9.10", "2024年9月10日", "２０２４-09-10"])
def test_a_date_is_read_as_people_write_it(typed):
    assert read("purchase", "purchase_date", typed) == "2024-09-10"


@pytest.mark.parametrize(
    "typed", ["2026-13-01", "2026-02-29", "0000-01-01", "0001-01-01", "9999-12-31", "昨天", "20240910"]
)
def test_what_is_no_date_of_our_time_is_refused(typed):
    assert why("purchase", "purchase_date", typed) == "date"


def test_nothing_is_bought_tomorrow():
    assert why("purchase", "purchase_date", "2026-11-22") == "future_date"
    assert spec("purchase", "purchase_date").read("2026-11-22", Moment(NOW.now_ms, NOW.today, slack_days=1))


def test_an_instant_is_kept_in_utc_to_the_millisecond():
    assert read("visit", "check_in_at", "2026-11-21T10:00:00+08:00") == "2026-11-21T02:00:00.000Z"
    assert why("visit", "check_in_at", "2026-11-21T10:00:00") == "instant"
    assert why("visit", "check_in_at", "2026-11-21T23:00:00Z") == "future_time"
    assert why("visit", "check_in_at", "0000-01-01T00:00:00Z") == "instant"


@pytest.mark.parametrize(
    "typed", ["2024-09-15 9:05", "2024/9/15 09:05", "2024年9月15日 09：05", "2024-09-15  09:05:00"]
)
def test_a_moment_as_people_type_it_is_of_the_place_where_they_are(typed):
    here = datetime(2024, 9, 15, 9, 5).astimezone()
    kept = read("contact_record", "contact_at", typed)
    assert datetime.fromisoformat(kept.replace("Z", "+00:00")) == here


@pytest.mark.parametrize("typed", ["2024-09-15 25:00", "2024-09-15 9", "9:05", "2024-13-15 09:05", "明天 9:05"])
def test_what_is_no_moment_is_refused(typed):
    assert why("contact_record", "contact_at", typed) in ("instant", "date")


def test_a_contact_may_be_known_by_its_day_alone():
    assert read("contact_record", "contact_at", "2024-09-15") == "2024-09-15"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("8500", "8500.00"), ("8,500.5", "8500.50"), ("￥99999999.99", "99999999.99"), (0, "0.00"), (0.1, "0.10")],
)
def test_money_is_kept_as_text_with_two_places(typed, kept):
    assert read("purchase", "amount", typed) == kept


@pytest.mark.parametrize(
    ("typed", "rule"),
    [
        ("-1", "range"),
        ("1e400", "number"),
        ("1" * 500, "number"),
        ("100000000", "range"),
        ("1.005", "places"),
        ("NaN", "number"),
        ("Infinity", "number"),
        (math.nan, "number"),
        (math.inf, "number"),
        ("很多", "number"),
        (True, "text"),
        (10**400, "range"),
    ],
)
def test_what_is_no_sum_of_money_is_refused(typed, rule):
    assert why("purchase", "amount", typed) == rule


def test_a_quantity_is_more_than_nothing():
    assert why("purchase", "quantity", "0") == "above_zero"
    assert read("purchase", "quantity", "2.50") == "2.5"
    assert read("purchase", "quantity", "100") == "100"


def test_an_age_is_a_whole_number_up_to_120():
    assert read("customer", "age", "３５") == 35
    assert why("customer", "age", "130") == "range"
    assert why("customer", "age", "35.5") == "whole"
    assert why("customer", "age", 35.0) == "text"


@pytest.mark.parametrize("typed", ["very", "非常感兴趣", "Very interested", " VERY "])
def test_a_choice_is_read_by_code_or_label(typed):
    assert read("visit", "purchase_intention", typed) == "very"


def test_a_choice_outside_the_list_is_refused_with_the_list():
    with pytest.raises(NotValid) as refused:
        read("visit", "outcome", "也许")
    assert "成交" in str(refused.value.about["choices"])


def test_several_interests_in_one_cell_keep_their_order():
    assert read("customer", "interests", "运动鞋、健身器材，运动鞋") == ["运动鞋", "健身器材"]


def test_a_name_is_trimmed_and_cannot_be_digits_or_hide_marks():
    assert read("customer", "name", "  欧阳\u202e修\u200b ") == "欧阳修"
    assert why("customer", "name", "12345") == "name_digits"
    assert why("customer", "name", "张" * 51) == "too_long"


def test_a_line_break_pasted_into_a_line_becomes_a_blank():
    assert read("customer", "address_detail", "望京街道\r\n花家地\t北里\n") == "望京街道 花家地 北里"


@pytest.mark.parametrize("broken", ["a\x00b", "a\ud800b", "a\x07b"])
def test_characters_that_cannot_be_kept_are_refused_everywhere(broken):
    assert why("customer", "name", broken) == "text_broken"
    assert why("visit", "content", broken) == "text_broken"


def test_a_note_is_kept_to_the_letter():
    note = "  好👨‍👩‍👧‍👦 \u202bעברית\u202c\r\n第二行\t。 "
    assert read("visit", "content", note) == note


def test_a_note_of_100_kilobytes_is_refused_on_its_field():
    assert why("visit", "content", "长" * 34_000) == "too_long"


def test_entries_without_an_id_get_the_same_one_for_the_same_words_everywhere():
    number = {"type": "home", "number": "010-12345678"}
    assert read("customer", "phones_extra", [number]) == read("customer", "phones_extra", number)
    assert why("customer", "phones_extra", [number, number]) == "entry_twice"
    assert why("customer", "phones_extra", ["010-12345678"]) == "entry"


def test_options_keep_the_order_they_are_given_in_and_are_called_by_their_code():
    options = read("custom_field", "options", [{"code": "m", "zh": "男"}, {"code": "f", "zh": "女"}])
    turned = read("custom_field", "options", options[::-1])
    assert [(option["code"], option["order"]) for option in turned] == [("f", 1), ("m", 2)]
    assert why("custom_field", "options", [{"zh": "男"}]) == "entry"


@pytest.mark.parametrize("code", ["91350100M000100Y43", "9135 0100 m000100y43"])
def test_a_social_credit_code_is_checked_by_its_last_sign(code):
    assert read("company", "credit_code", code) == "91350100M000100Y43"
    assert why("company", "credit_code", code[:-1] + "4") == "credit_code"
    assert why("company", "credit_code", "I" + code[1:]) == "credit_code"


def test_a_place_in_degrees_is_on_earth():
    assert read("customer", "lat", "39.9042") == 39.9042
    assert why("customer", "lat", 91) == "range"
    assert why("customer", "lng", float("nan")) == "range"


def test_a_small_object_keeps_parts_that_nobody_described():
    assert read("custom_field", "validation", {"min": "1", "unit": "cm"}) == {"min": "1", "unit": "cm"}
    assert why("custom_field", "validation", "1..9") == "entry"
    assert why("custom_field", "entity", "客户!") == "snake_case"


def test_an_empty_text_is_no_value():
    assert read("customer", "email", "  ") is None
    assert read("customer", "interests", "") is None


@given(st.text() | st.integers() | st.floats() | st.booleans() | st.none() | st.lists(st.text(max_size=3), max_size=3))
def test_every_field_of_every_kind_reads_or_refuses_whatever_it_is_given(value):
    for kind in KINDS:
        for field in fields_of(kind).values():
            try:
                kept = field.read(value, NOW)
            except NotValid:
                continue
            assert field.read(kept, NOW) == kept
