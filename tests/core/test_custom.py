"""A field that an organisation adds behaves like one that was declared."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visit_core.custom import custom_specs, flat, together
from visit_core.errors import NotValid
from visit_core.explain import explain
from visit_core.fields import Condition, Fields, parted
from visit_core.kinds.custom_field import DATA_TYPE
from visit_core.registers import fold, spread
from visit_core.rules.profile import profile
from visit_core.shapes import Moment

NOW = Moment(now_ms=1_795_226_400_000, today=date(2026, 11, 21))
OPTIONS = [{"code": "s", "zh": "小"}, {"code": "l", "zh": "大", "active": False}]


def spec(data_type, **more):
    told = {"entity": "customer", "key": "size", "label_zh": "尺寸", "data_type": data_type, **more}
    return custom_specs("customer", [told])["custom.size"]


def read(value, data_type, **more):
    return spec(data_type, **more).read(value, NOW)


@pytest.mark.parametrize(
    ("data_type", "typed", "kept"),
    [
        ("text", " 三 ", "三"),
        ("multiline", "一\n二", "一\n二"),
        ("integer", "-5", -5),
        ("decimal", "-2.50", "-2.5"),
        ("money", "¥1,200", "1200.00"),
        ("date", "2026/1/2", "2026-01-02"),
        ("datetime", "2026-01-02T03:04:05Z", "2026-01-02T03:04:05.000Z"),
        ("yes_no", "是", True),
        ("phone", "138 0000 0000", "+8613800000000"),
        ("phone", "010-12345678", "010-12345678"),
        ("email", "a@B.cn", "a@b.cn"),
        ("rating", 4, 4),
        ("choice", "小", "s"),
        ("choice", "大", "l"),
        ("choices", "小、大", ["s", "l"]),
    ],
)
def test_each_type_is_kept_in_its_one_form(data_type, typed, kept):
    assert read(typed, data_type, options=OPTIONS) == kept
    assert read(kept, data_type, options=OPTIONS) == kept


def test_every_type_of_the_list_can_be_made():
    assert all(spec(choice.code, options=OPTIONS) for choice in DATA_TYPE.choices)


@pytest.mark.parametrize(
    ("data_type", "typed", "why"),
    [("integer", "121", "range"), ("decimal", "121", "range"), ("money", "-1", "range"), ("phone", "12345", "mobile")],
)
def test_a_value_outside_its_limits_is_refused(data_type, typed, why):
    with pytest.raises(NotValid) as refused:
        read(typed, data_type, validation={"max": "120", "min": "0"})
    assert refused.value.why == why
    assert refused.value.field == "custom.size"


def test_a_refusal_knows_the_label_on_this_side_and_the_name_over_the_wire():
    with pytest.raises(NotValid) as refused:
        read("x", "integer")
    assert explain(refused.value, "zh", kind="customer") == "尺寸：请输入整数"
    assert "尺寸" not in str(refused.value.facts)


def test_fields_stand_in_the_order_the_organisation_gave_them():
    told: list[Fields] = [
        {"entity": "customer", "key": key, "data_type": "text", "order": order}
        for key, order in (("bb", 2), ("aa", 2), ("cc", 1))
    ]
    assert list(custom_specs("customer", told)) == ["custom.cc", "custom.aa", "custom.bb"]
    assert not custom_specs("visit", told)


def test_a_type_of_a_newer_version_is_left_out_and_its_values_pass_through():
    assert not custom_specs("customer", [{"entity": "customer", "key": "size", "data_type": "hologram"}])
    assert fold("customer", {"custom.size": {"x": 1}}) == {"custom.size": {"x": 1}}


@given(st.lists(st.sampled_from("abcd"), unique=True), st.lists(st.sampled_from("abcd"), unique=True))
def test_several_values_are_kept_one_by_one(before, after):
    kept = spread("customer", {}, {"custom.likes": before})
    kept |= spread("customer", fold("customer", kept), {"custom.likes": after})
    members = fold("customer", kept).get("custom.likes", [])
    assert isinstance(members, list)
    assert sorted(map(str, members)) == sorted(after)


def test_they_are_given_and_shown_together():
    apart = {"name": "张三", "custom.size": "s"}
    assert together(apart) == {"name": "张三", "custom": {"size": "s"}}
    assert flat(together(apart)) == apart
    assert parted("custom.likes.tea") == ("custom.likes", "tea")
    assert parted("tags.vip") == ("tags", "vip")


@pytest.mark.parametrize(
    ("op", "value", "said", "holds"),
    [
        ("is", "company", "company", True),
        ("is", "true", True, True),
        ("is_not", "company", None, True),
        ("has", "tea", ["tea", "go"], True),
        ("has", "tea", None, False),
        ("filled", "", [], False),
        ("filled", "", 0, True),
    ],
)
def test_a_condition_holds_or_does_not(op, value, said, holds):
    assert Condition("kind", op, value).holds({"kind": said}) is holds
    assert Condition("kind", op, value).holds({"custom.kind": said}) is holds


def test_a_field_that_is_not_asked_for_is_not_missed():
    told: Fields = {"entity": "customer", "key": "size", "data_type": "text", "required_level": "must"}
    only_companies: Fields = {"visible_if": {"field": "customer_kind", "op": "is", "value": "company"}}
    custom = custom_specs("customer", [{**told, **only_companies}])
    known = {"name": "张三", "mobile": "+8613800000000"}
    assert profile("customer", {**known, "customer_kind": "person"}, custom).missing == ()
    assert profile("customer", {**known, "customer_kind": "company"}, custom).missing == ("custom.size",)
