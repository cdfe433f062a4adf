"""An admin adds fields; phones ask for them, check, list and send them; the server checks them, too."""

from typing import Any

import pytest

from field_app.actions import customer_list, customer_page, drafting, record_form
from field_app.actions.exporting import Wish, export_table
from field_app.actions.importing import Asked, import_table
from field_app.actions.unmasking import Masked, in_full
from field_app.local_store import Edit
from field_app.screens.fact_words import fact_words
from field_app.screens.look import Look
from visit_core.errors import NotAllowed, NotValid
from visit_core.explain import explain
from visit_core.shapes import OneOf

AGE: dict[str, Any] = {
    "key": "customer_age",
    "label_zh": "客户年龄",
    "data_type": "整数",
    "validation": {"min": "0", "max": "120"},
}
SEX: dict[str, Any] = {"key": "customer_gender", "label_zh": "客户性别", "data_type": "单选"}
SEX |= {"options": [{"code": "m", "zh": "男"}, {"code": "f", "zh": "女"}]}
LIKES: dict[str, Any] = {"key": "likes", "label_zh": "爱好", "data_type": "多选"}
LIKES |= {"options": [{"code": "tea", "zh": "喝茶"}, {"code": "go", "zh": "围棋"}, {"code": "run", "zh": "跑步"}]}

IN_FULL = Wish(reason="核对")


@pytest.fixture
def town(street):
    ana, ben, ada = street.phone("安娜"), street.phone("本"), street.phone("艾达", "admin")
    old = ana.adds("customer", name="老客户", mobile="13900000000")
    ids = {one["key"]: ada.adds("custom_field", entity="customer", **one) for one in (AGE, SEX, LIKES)}
    street.everyone_syncs()
    return street, ana, ben, ada, old, ids


def refused(phone, **fields):
    with pytest.raises(NotValid) as why:
        phone.adds("customer", name="张三", **fields)
    return explain(why.value, "zh", kind="customer")


def test_a_new_field_stands_in_the_remarks_of_the_form_and_old_records_open(town):
    _, ana, _, _, old, _ = town
    opened = record_form.load(ana.store, drafting.begin(ana.store, "customer", {}, record=old).id)
    assert opened.specs["custom.customer_age"].asked.section == "remarks"
    assert opened.specs["custom.customer_gender"].control == "chips"
    assert ana.sees("customer", old)["custom"] == {}


def test_a_value_goes_to_the_other_phone_in_canonical_form(town):
    street, ana, ben, *_ = town
    id = ana.adds(
        "customer", name="张三", custom={"customer_age": "３５", "customer_gender": "女", "likes": "围棋、喝茶"}
    )
    street.everyone_syncs()
    assert ben.sees("customer", id)["custom"] == {"customer_age": 35, "customer_gender": "f", "likes": ["go", "tea"]}
    assert [one["id"] for one in ben.lists("customer", **{"custom.customer_gender": "女"})] == [id]


def test_two_people_who_add_a_like_each_both_keep_it(town):
    street, ana, ben, _, old, _ = town
    ana.sets("customer", old, **{"custom.likes": "喝茶"})
    street.everyone_syncs()
    ana.sets("customer", old, **{"custom.likes": "喝茶、围棋"})
    ben.sets("customer", old, **{"custom.likes": "喝茶、跑步"})
    street.everyone_syncs()
    assert set(ana.sees("customer", old)["custom"]["likes"]) == {"tea", "go", "run"}


def test_a_wrong_value_is_refused_by_the_name_people_gave_the_field(town):
    _, ana, *_ = town
    assert refused(ana, **{"custom.customer_age": 130}) == "客户年龄应在 0 到 120 之间"
    assert refused(ana, **{"custom.customer_gender": "猫"}) == "客户性别请从下列选项中选择：男、女"
    assert "没有" in refused(ana, **{"custom.nosuch": 1})


def test_the_server_refuses_what_a_phone_did_not_check(town):
    street, ana, _, _, old, _ = town
    ana.sets("customer", old, **{"custom.customer_age": 35})
    ana.syncs()
    ana.store.keep(Edit("set", "customer", old, {"custom.customer_age": 130}))
    assert ana.syncs().quarantined == 1
    assert street.server_sees("customer", old)["custom.customer_age"] == 35


def test_a_field_that_must_be_filled_makes_a_customer_incomplete(town):
    street, ana, _, ada, old, ids = town
    ada.sets("custom_field", ids["customer_age"], required_level="必填")
    street.everyone_syncs()
    assert ana.sees("customer", old)["missing"] == ["custom.customer_age"]
    (row,) = customer_list.load(ana.store).rows
    assert row.is_incomplete


def test_a_field_taken_out_of_use_is_asked_for_no_more_and_keeps_its_data(town):
    street, ana, _, ada, old, ids = town
    ana.sets("customer", old, **{"custom.customer_age": 35})
    ada.sets("custom_field", ids["customer_age"], active=False, required_level="must")
    street.everyone_syncs()
    opened = record_form.load(ana.store, drafting.begin(ana.store, "customer", {}, record=old).id)
    assert opened.specs["custom.customer_age"].control == "hidden"
    assert ana.sees("customer", old)["custom"]["customer_age"] == 35
    assert ana.sees("customer", old)["profile_status"] == "complete"


def test_an_option_taken_out_of_use_stays_where_it_was_chosen(town):
    street, ana, _, ada, old, ids = town
    ana.sets("customer", old, **{"custom.customer_gender": "m"})
    ada.sets(
        "custom_field",
        ids["customer_gender"],
        options=[{"code": "f", "zh": "女"}, {"code": "m", "zh": "男", "active": False}],
    )
    street.everyone_syncs()
    ana.sets("customer", old, **{"custom.customer_gender": "m", "remark": "仍可保存"})
    opened = record_form.load(ana.store, drafting.begin(ana.store, "customer", {}, record=old).id)
    shape = opened.specs["custom.customer_gender"].shape
    assert isinstance(shape, OneOf)
    assert [one.code for one in shape.picklist.choices] == ["f"]


def test_a_locked_field_is_a_supervisors(town):
    street, ana, _, ada, old, ids = town
    ada.sets("custom_field", ids["customer_age"], lock_roles=["supervisor", "admin"])
    street.everyone_syncs()
    with pytest.raises(NotAllowed):
        ana.sets("customer", old, **{"custom.customer_age": 35})


def test_the_server_refuses_a_locked_field_too_and_takes_it_from_a_supervisor(town):
    street, ana, _, ada, old, ids = town
    sue = street.phone("苏", "supervisor")
    ada.sets("custom_field", ids["customer_age"], lock_roles=["supervisor"])
    street.everyone_syncs()
    ana.store.keep(Edit("set", "customer", old, {"custom.customer_age": 35}))
    ana.store.keep(Edit("set", "customer", old, {"strategic_value": 5}))
    ana.store.keep(Edit("set", "customer", old, {"remark": "周六在家"}))
    assert ana.syncs().quarantined == 2
    seen = street.server_sees("customer", old)
    assert (seen.get("custom.customer_age"), seen.get("strategic_value"), seen["remark"]) == (None, None, "周六在家")
    sue.sets("customer", old, **{"custom.customer_age": 36, "strategic_value": 4})
    street.everyone_syncs()
    seen = street.server_sees("customer", old)
    assert (seen["custom.customer_age"], seen["strategic_value"]) == (36, 4)


def test_a_field_goes_out_and_comes_in_with_a_table_under_its_label(town, tmp_path):
    _, ana, _, _, old, _ = town
    ana.sets("customer", old, **{"custom.customer_age": 35, "custom.likes": "喝茶、围棋"})
    export_table(ana.store, "customer", tmp_path / "out.csv", IN_FULL)
    text = (tmp_path / "out.csv").read_text("utf-8-sig")
    assert "客户年龄" in text
    assert "喝茶、围棋" in text
    (tmp_path / "in.csv").write_text("客户姓名,客户年龄,客户性别\n李四,41,男\n王五,141,男\n", "utf-8")
    made = import_table(ana.store, tmp_path / "in.csv", Asked())
    assert ana.sees("customer", made.ids[0])["custom"] == {"customer_age": 41, "customer_gender": "m"}
    assert [(cell.row, cell.column) for cell in made.refusals] == [(3, "客户年龄")]


def test_the_customers_page_tells_it(town):
    _, ana, _, _, old, _ = town
    ana.sets("customer", old, **{"custom.customer_age": 35})
    told = {fact.spec.asked.zh: fact.value for fact in customer_page.load(ana.store, old).facts}
    assert told["客户年龄"] == 35


def test_defaults_fill_themselves_in(street):
    ada, ana = street.phone("艾达", "admin"), street.phone("安娜")
    area = {"entity": "customer", "data_type": "text"}
    ada.adds("custom_field", key="area", label_zh="片区", default="城东", **area)
    ada.adds("custom_field", key="route", label_zh="路线", default_rule="上次的值", **area)
    ada.adds("custom_field", key="since", label_zh="建档日", data_type="date", entity="customer", default_rule="today")
    street.everyone_syncs()
    first = ana.adds("customer", name="张三", **{"custom.route": "三号线"})
    second = ana.sees("customer", ana.adds("customer", name="李四"))
    assert second["custom"]["area"] == "城东"
    assert second["custom"]["route"] == "三号线"
    assert second["custom"]["since"] == ana.store.moment().today.isoformat()
    assert first


def test_a_pattern_of_our_own_is_refused_in_our_own_words(street):
    ada, ana = street.phone("艾达", "admin"), street.phone("安娜")
    plate = {"regex": "京A[0-9]{5}", "msg_zh": "请填写京A车牌"}
    ada.adds("custom_field", entity="customer", key="plate", label_zh="车牌", data_type="text", validation=plate)
    street.everyone_syncs()
    assert refused(ana, **{"custom.plate": "京B12345"}) == "请填写京A车牌"
    ana.adds("customer", name="张三", **{"custom.plate": "京A12345"})


def test_a_new_version_of_a_form_asks_new_records_and_leaves_old_ones_as_they_were(town):
    street, ana, _, ada, old, _ = town
    age = {"field": "custom.customer_age", "required_level": "must"}
    ada.adds("form_template", name="快速", key="quick", version=2, status="发布", fields=[age])
    street.everyone_syncs()
    new = ana.adds("customer", name="张三", mobile="13800000000")
    assert (ana.sees("customer", old)["template_version"], ana.sees("customer", new)["template_version"]) == (None, 2)
    assert ana.sees("customer", old)["profile_status"] == "complete"
    assert ana.sees("customer", new)["missing"] == ["custom.customer_age"]
    opened = record_form.load(ana.store, drafting.begin(ana.store, "customer", {}, record=old).id)
    assert opened.specs["custom.customer_age"].control == "hidden"
    begun = record_form.load(ana.store, drafting.begin(ana.store, "customer", {}).id)
    assert begun.specs["custom.customer_age"].control == "number"


def test_a_form_that_nobody_made_is_refused(town):
    _, ana, *_ = town
    ana.adds("customer", name="张三", template_id="上门客户管理表格模板")
    assert "上门客户管理表格模板" in refused(ana, template_id="nosuch")


def test_a_default_that_its_field_cannot_hold_hinders_nobody(town):
    street, ana, _, ada, *_ = town
    ada.adds("custom_field", entity="customer", key="shoe", label_zh="鞋码", data_type="integer", default="大")
    street.everyone_syncs()
    id = ana.adds("customer", name="新客户")
    assert "shoe" not in ana.sees("customer", id)["custom"]


SIZE: dict[str, Any] = {"key": "shoe_size", "label_zh": "鞋码", "data_type": "文本"}
CARD: dict[str, Any] = {"key": "card_no", "label_zh": "证件号", "data_type": "文本", "sensitive": True}
OTHER: dict[str, Any] = {"key": "other_phone", "label_zh": "邻居电话", "data_type": "电话"}


def found(phone, typed):
    return [row.name for row in customer_list.matching(customer_list.load(phone.store).rows, typed)]


def test_what_stands_in_a_field_of_our_own_is_searched_for_and_what_is_masked_is_not(town):
    street, ana, ben, ada, *_ = town
    for one in (SIZE, CARD, OTHER):
        ada.adds("custom_field", entity="customer", **one)
    street.everyone_syncs()
    assert found(ben, "xl-46") == []
    own = {"shoe_size": "XL-46", "card_no": "Q7788", "other_phone": "13755556666", "likes": "围棋", "customer_age": 87}
    customer = ana.adds("customer", name="张三", custom=own)
    street.everyone_syncs()
    for typed in ("xl-46", "围棋", "87"):
        assert found(ben, typed) == ["张三"], typed
    for typed in ("q7788", "5556666", "55556666"):
        assert found(ben, typed) == [], typed
    ana.sets("customer", customer, **{"custom.shoe_size": "S-35"})
    street.everyone_syncs()
    assert (found(ben, "xl-46"), found(ben, "s-35")) == ([], ["张三"])


def test_a_sensitive_field_stands_masked_on_the_page_and_in_a_table_without_a_reason(town, tmp_path):
    street, ana, ben, ada, *_ = town
    kinds = {"card_no": CARD, "income": {"key": "income", "label_zh": "年收入", "data_type": "整数", "sensitive": True}}
    for one in kinds.values():
        ada.adds("custom_field", entity="customer", **one)
    street.everyone_syncs()
    customer = ana.adds("customer", name="张三", custom={"card_no": "Q7788", "income": 340000})
    street.everyone_syncs()
    facts = {fact.spec.name: fact for fact in customer_page.load(ben.store, customer).facts}
    for name in kinds:
        assert fact_words(facts[f"custom.{name}"], Look(), ben.store.moment().today, {}) == "****"
    export_table(ben.store, "customer", tmp_path / "out.csv", Wish())
    told = (tmp_path / "out.csv").read_text("utf-8-sig")
    assert ("Q7788" in told, "340000" in told, "****" in told) == (False, False, True)
    made = import_table(ben.store, tmp_path / "out.csv", Asked(dry_run=True, columns={"客户编号": ""}))
    assert {cell.why.why for cell in made.refusals} == {"table_masked"}
    assert in_full(ben.store, Masked("customer", customer, "custom.card_no"), "shown") == "Q7788"
    export_table(ben.store, "customer", tmp_path / "full.csv", IN_FULL)
    assert "Q7788" in (tmp_path / "full.csv").read_text("utf-8-sig")
