"""A form asks for what its template and version say; a record keeps the version it was made by."""

from datetime import date

import pytest
from pydantic import JsonValue

from visit_core.custom import custom_specs
from visit_core.fields import Fields, fields_of
from visit_core.kinds import kind_named
from visit_core.picklists import TEMPLATES
from visit_core.rules.profile import flaws, profile
from visit_core.templates import BUILT_IN, Layouts

TODAY = date(2026, 11, 21)
OWN: list[Fields] = [{"entity": "customer", "key": "size", "label_zh": "尺寸", "data_type": "text"}]


def layouts(kind="customer", *told: Fields):
    return Layouts(kind, {**fields_of(kind_named(kind)), **custom_specs(kind, OWN)}, told)


def asked(laid):
    return [name for name, spec in laid.items() if spec.control != "hidden" and spec.asked.writer == "anyone"]


def v2(**more) -> Fields:
    return {"entity": "customer", "key": "quick", "version": 2, "status": "published", "base": "quick", **more}


def test_every_field_of_a_form_of_ours_is_declared_and_every_form_has_a_name():
    for (kind, code), layout in BUILT_IN.items():
        assert {placed.field for placed in layout.fields} <= fields_of(kind_named(kind)).keys()
        assert TEMPLATES.label(code, "zh") != code


def test_the_door_sheet_has_exactly_the_columns_of_its_article():
    laid = layouts().of({"template_id": "door_sheet"})
    first = ["name", "mobile", "email", "address_detail", "purchase_intention", "interests", "remark"]
    assert [name for name in asked(laid) if name != "template_id"] == first


@pytest.mark.parametrize("absent", ["purchase_date", "product_name", "quantity", "amount"])
def test_the_management_sheet_wants_all_four_of_a_purchase(absent):
    whole = {"customer_id": "c", "purchase_date": "2024-09-10", "product_name": "表", "quantity": "1", "amount": "1.00"}
    given: Fields = {**whole, "template_id": "management_sheet", absent: None}
    laid = layouts("purchase").of(given)
    assert [(flaw.why, flaw.field) for flaw in flaws("purchase", given, TODAY, laid)] == [("required", absent)]


def test_the_door_sheet_takes_a_purchase_without_quantity_and_amount():
    given: Fields = {
        "customer_id": "c",
        "purchase_date": "2024-09-10",
        "product_name": "智能手表",
        "feedback": "功能齐全",
    }
    given = {**given, "template_id": "door_sheet"}
    assert list(flaws("purchase", given, TODAY, layouts("purchase").of(given))) == []


def test_without_a_word_of_the_organisation_a_form_is_as_declared_with_its_own_fields():
    laid = layouts().of({"template_id": "quick"})
    assert laid["custom.size"].control == "text"
    assert {name: laid[name] for name in fields_of(kind_named("customer"))} == fields_of(kind_named("customer"))


def test_a_field_of_the_second_version_is_asked_for_by_it_and_not_by_the_first():
    told = layouts("customer", v2(fields=[{"field": "custom.size", "required_level": "must", "section": "basic"}]))
    old, new = told.of({"template_version": 1}), told.of({"template_version": 2})
    assert told.version_in_force("quick") == 2
    assert (old["custom.size"].control, new["custom.size"].control) == ("hidden", "text")
    assert new["custom.size"].asked.section == "basic"
    known: Fields = {"name": "张三", "mobile": "+8613800000000"}
    assert profile("customer", known, old).missing == ()
    assert profile("customer", {**known, "template_version": 2}, new).missing == ("custom.size",)


def test_what_is_filled_in_is_shown_though_its_version_does_not_ask_for_it():
    told = layouts("customer", v2(fields=[{"field": "custom.size"}, {"field": "age", "required_level": "off"}]))
    assert told.of({"template_version": 1, "custom.size": "大"})["custom.size"].control == "text"
    assert told.of({"template_version": 2})["age"].control == "hidden"
    assert told.of({"template_version": 2, "age": 40})["age"].control == "number"


def test_listed_fields_come_first_in_their_order_and_the_rest_may_be_left_out():
    told = layouts("customer", v2(fields=[{"field": "remark"}, {"field": "name"}], only_listed=True))
    laid = told.of({"template_version": 2})
    assert [name for name in asked(laid) if name != "template_id"] == ["remark", "name"]


def test_a_draft_and_a_retired_version_are_not_in_force_and_a_retired_one_is_still_read():
    must_have_age: JsonValue = [{"field": "age", "required_level": "must"}]
    told = layouts("customer", v2(version=3, status="draft"), v2(status="retired", fields=must_have_age))
    assert told.version_in_force("quick") is None
    made_by_it: Fields = {"template_version": 2}
    assert set(profile("customer", made_by_it, told.of(made_by_it)).missing) == {"age", "name", "mobile"}


def test_a_form_of_the_organisations_own_is_built_on_one_of_ours():
    told = layouts(
        "customer", v2(key="vip", version=1, base="standard", fields=[{"field": "age", "required_level": "soft"}])
    )
    laid = told.of({"template_id": "vip"})
    assert "vip" in laid["email"].asked.must
    assert "vip" in laid["age"].asked.soft
