"""What a record must have, who may set what, and how a visit goes through review."""

from datetime import date

import pytest

from visit_core.errors import NotAllowed
from visit_core.kinds.contact_record import ContactRecord
from visit_core.rules.profile import flaws, profile
from visit_core.rules.reviewing import is_content, judged, reopened
from visit_core.rules.rights import check_write

TODAY = date(2026, 11, 21)
WHOLE = {"name": "张三", "mobile": "+8613800000000", "email": "zhangsan@example.com", "address_detail": "北京市"}


def broken(kind, fields):
    return [(flaw.why, flaw.field) for flaw in flaws(kind, fields, TODAY)]


@pytest.mark.parametrize(
    ("template", "absent", "status"),
    [
        ("standard", "name", "incomplete"),
        ("standard", "mobile", "incomplete"),
        ("standard", "email", "incomplete"),
        ("standard", "address_detail", "complete"),
        ("quick", "name", "incomplete"),
        ("quick", "email", "complete"),
    ],
)
def test_each_template_asks_for_its_own_fields(template, absent, status):
    fields = {**WHOLE, "template_id": template, absent: None}
    assert profile("customer", fields).status == status
    assert profile("customer", fields).completeness < 100


def test_a_customer_is_kept_however_little_is_known():
    assert broken("customer", {}) == []


def test_a_whole_customer_of_the_quick_template_is_complete_to_the_last_percent():
    assert profile("customer", WHOLE).completeness == 100


def test_a_standard_purchase_names_each_field_it_lacks():
    got = broken("purchase", {"template_id": "standard", "customer_id": "c"})
    assert got == [("required", n) for n in ("purchase_date", "product_name", "quantity", "amount")]


def test_a_quick_purchase_may_lack_quantity_and_amount():
    known = {"customer_id": "c", "purchase_date": "2024-09-10", "product_name": "智能手表"}
    assert broken("purchase", known) == []


@pytest.mark.parametrize(
    ("fields", "flawed"),
    [
        ({"template_id": "standard", "contact_at": "2024-09-15", "topic": "咨询"}, ["content"]),
        ({"template_id": "standard", "content": "谈了"}, ["contact_at"]),
        ({"template_id": "standard", "contact_at": "2024-09-15", "content": "谈了"}, []),
        ({"contact_at": "2024-09-15"}, ["content"]),
        ({"contact_at": "2024-09-15", "result": "解答了"}, []),
    ],
)
def test_a_contact_tells_something(fields, flawed):
    assert [field for _, field in broken("contact_record", {"customer_id": "c", **fields})] == flawed


def test_the_channel_of_a_contact_follows_from_its_kind_unless_it_is_said():
    assert ContactRecord.completed({"kind": "email"})["channel"] == "email"
    assert ContactRecord.completed({"kind": "email", "channel": "wechat"})["channel"] == "wechat"


def test_a_visit_is_at_somebodys_door_with_an_outcome():
    assert broken("visit", {}) == [("required", "check_in_at"), ("required", "outcome"), ("required", "customer_id")]


def test_nobody_leaves_before_arriving():
    times = {"check_in_at": "2026-11-21T02:00:00.000Z", "check_out_at": "2026-11-21T01:00:00.000Z"}
    assert ("left_before_arriving", "check_out_at") in broken("visit", {"outcome": "sold", "customer_id": "c", **times})


APPROVED = judged({"review_round": 1}, "approved", by="s", at="2026-11-21T12:00:00.000Z")


def test_only_a_supervisor_judges():
    check_write("visit", APPROVED, "supervisor")
    with pytest.raises(NotAllowed):
        check_write("visit", APPROVED, "rep")


def test_a_rep_hands_a_visit_in_again_but_signs_for_nobody():
    check_write("visit", {"content": "补充", **reopened({"review_round": 1})}, "rep")
    with pytest.raises(NotAllowed):
        check_write("visit", {**reopened({}), "reviewed_by": "s"}, "rep")


@pytest.mark.parametrize("role", ["admin", "marketing", "auditor", "nobody"])
def test_who_is_neither_rep_nor_supervisor_writes_nothing(role):
    with pytest.raises(NotAllowed):
        check_write("customer", {"name": "张三"}, role)


@pytest.mark.parametrize(
    ("kind", "register"),
    [("customer", "created_at"), ("customer", "deleted"), ("conflict", "winner_value"), ("person", "role")],
)
def test_what_the_server_tells_nobody_else_may_set(kind, register):
    with pytest.raises(NotAllowed):
        check_write(kind, {register: "x"}, "supervisor")


def test_an_admin_writes_fields_and_templates_and_no_customer():
    check_write("custom_field", {"key": "shoe_size"}, "admin", op="create")
    for role in ("rep", "supervisor"):
        with pytest.raises(NotAllowed):
            check_write("form_template", {"name": "x"}, role, op="create")


def test_a_strategic_value_is_a_supervisors_word():
    check_write("customer", {"strategic_value": 5}, "supervisor")
    with pytest.raises(NotAllowed):
        check_write("customer", {"strategic_value": 5}, "rep")


@pytest.mark.parametrize("kind", ["consent", "lifecycle_event", "survey_response", "audit_event"])
@pytest.mark.parametrize("op", ["set", "delete", "restore"])
def test_what_was_told_once_is_not_altered(kind, op):
    check_write(kind, {}, "rep", op="create")
    with pytest.raises(NotAllowed):
        check_write(kind, {}, "rep", op=op)


@pytest.mark.parametrize("kind", ["conflict", "person"])
def test_people_make_and_remove_nothing_that_the_server_makes(kind):
    for op in ("create", "delete"):
        with pytest.raises(NotAllowed):
            check_write(kind, {}, "supervisor", op=op)


def test_handing_in_again_begins_another_round():
    assert reopened({"review_round": 2})["review_round"] == 3
    assert judged({"review_round": 3}, "returned", by="s", at="t")["review_round"] == 3


def test_a_supervisor_judges_what_was_done_not_the_judgement_itself():
    assert all(map(is_content, ("content", "product_interest.鞋")))
    assert not any(map(is_content, ("review_state", "review_notes.x", "deleted", "created_at")))
