"""Whose change is taken, and who is sent what (M9)."""

import pytest

from visit_core.errors import NotAllowed
from visit_core.ids import form_scope, lead_scope, team_scope, user_scope


def refusal(answer):
    (result,) = answer.results
    return result.status, result.error.code if result.error else None


def test_a_change_in_somebody_elses_name_is_refused(office):
    ana, ben = office.phone("Ana"), office.phone("Ben")
    ana.creates(name="王芳")
    ana.unsent[0]["by"] = ben.person
    assert refusal(ana.syncs()) == ("rejected", "not_allowed")


def test_a_device_cannot_push_under_another_devices_name(office):
    ana, ben = office.phone("Ana"), office.phone("Ben")
    with pytest.raises(NotAllowed):
        ana.syncs(device=ben.device)


def test_another_team_cannot_see_or_touch_a_record_by_its_id(office):
    ana, eve = office.phone("Ana"), office.phone("Eve", team="west")
    id = ana.creates(name="王芳")
    ana.syncs()
    eve.sets("customer", id, name="overwritten")
    eve.syncs()
    assert office.sees(ana.team, "customer", id)["name"] == "王芳"
    ana.syncs()
    assert ana.sees("customer", id)["name"] == "王芳"
    assert eve.sees("customer", id)["name"] == "overwritten"


def test_a_private_record_is_sent_to_nobody_else(office):
    ana, ben = office.phone("Ana"), office.phone("Ben")
    id = ana.creates("note_to_self", text="mine")
    ana.unsent[0]["scope"] = user_scope(ana.person)
    ana.syncs()
    ben.sets("note_to_self", id, text="yours")
    answer = ben.syncs()
    assert refusal(answer) == ("rejected", "not_allowed")
    assert ("note_to_self", id) not in ben.rows
    assert ana.sees("note_to_self", id)["text"] == "mine"


@pytest.mark.parametrize("scope", ["team:other", "lead:{team}", "user:" + "f" * 32])
def test_nobody_files_a_record_where_they_have_no_business(office, scope):
    ana = office.phone("Ana")
    ana.creates(name="王芳")
    ana.unsent[0]["scope"] = scope.format(team=ana.team)
    assert refusal(ana.syncs()) == ("rejected", "not_allowed")


@pytest.mark.parametrize(
    ("role", "kinds"),
    [
        ("rep", (team_scope, form_scope, user_scope)),
        ("supervisor", (team_scope, lead_scope, form_scope, user_scope)),
        ("admin", (form_scope, user_scope)),
    ],
)
def test_each_role_is_given_its_scopes_and_no_other(office, role, kinds):
    phone = office.phone("Ana", role)
    named = {team_scope: phone.team, lead_scope: phone.team, form_scope: phone.team, user_scope: phone.person}
    answer = phone.syncs(pull={"cursors": {team_scope("other"): 0, lead_scope(phone.team): 0}})
    assert answer.pull.scopes == [kind(named[kind]) for kind in kinds]
    assert {row.scope for row in answer.pull.rows} <= set(answer.pull.scopes)


@pytest.mark.parametrize("role", ["marketing", "auditor"])
def test_roles_without_a_scope_are_denied(office, role):
    with pytest.raises(NotAllowed):
        office.phone("Ana", role).syncs()


def test_an_admin_changes_no_customer(office):
    admin = office.phone("Ada", "admin")
    admin.creates(name="王芳")
    assert refusal(admin.syncs()) == ("rejected", "not_allowed")


def test_an_admin_adds_a_field_that_the_team_gets_and_no_customer_comes_back(office):
    admin, ana = office.phone("Ada", "admin"), office.phone("Ana")
    customer = ana.creates(name="王芳")
    ana.syncs()
    field = admin.creates("custom_field", entity="customer", key="shoe_size", label_zh="鞋码", data_type="integer")
    admin.unsent[0]["scope"] = form_scope(admin.team)
    assert refusal(admin.syncs()) == ("applied", None)
    ana.syncs()
    assert ana.sees("custom_field", field)["label_zh"] == "鞋码"
    assert ("customer", customer) not in admin.rows


@pytest.mark.parametrize("role", ["rep", "supervisor"])
def test_only_an_admin_adds_a_field(office, role):
    phone = office.phone("Ana", role)
    phone.creates("custom_field", entity="customer", key="shoe_size", label_zh="鞋码", data_type="integer")
    assert refusal(phone.syncs()) == ("rejected", "not_allowed")


@pytest.mark.parametrize("role", ["rep", "supervisor"])
@pytest.mark.parametrize("op", ["set", "delete"])
@pytest.mark.parametrize("kind", ["custom_field", "form_template"])
def test_only_an_admin_changes_a_field_or_a_form(office, role, op, kind):
    admin, phone = office.phone("Ada", "admin"), office.phone("Ana", role)
    told = {"entity": "customer", "key": "shoe_size", "name": "鞋", "label_zh": "鞋码", "data_type": "integer"}
    names = ("entity", "key", "label_zh", "data_type") if kind == "custom_field" else ("entity", "key", "name")
    id = admin.creates(kind, **{name: told[name] for name in names})
    admin.unsent[0]["scope"] = form_scope(admin.team)
    assert refusal(admin.syncs()) == ("applied", None)
    phone.syncs()
    phone.sets(kind, id, **({} if op == "delete" else {"active": False}))
    phone.unsent[0]["op"] = op
    assert refusal(phone.syncs()) == ("rejected", "not_allowed")


def test_a_locked_field_is_refused_from_whoever_may_not_set_it(office):
    ana, lea = office.phone("Ana"), office.phone("Lea", "supervisor")
    id = ana.creates(name="王芳")
    ana.syncs()
    ana.sets("customer", id, strategic_value=5)
    assert refusal(ana.syncs()) == ("rejected", "not_allowed")
    lea.syncs()
    lea.sets("customer", id, strategic_value=4)
    assert refusal(lea.syncs()) == ("applied", None)


@pytest.mark.parametrize("op", ["set", "create", "delete"])
def test_a_consent_stays_as_it_was_given(office, op):
    ana, ben = office.phone("Ana"), office.phone("Ben")
    id = ana.creates("consent", purpose="service", state="given")
    ana.syncs()
    ben.syncs()
    ben.sets("consent", id, **({} if op == "delete" else {"state": "refused"}))
    ben.unsent[0]["op"] = op
    assert refusal(ben.syncs()) == ("rejected", "not_allowed")
    assert office.sees(ana.team, "consent", id)["state"] == "given"


@pytest.mark.parametrize("field", ["deleted", "created_at", "updated_by", "team_id"])
def test_nobody_sets_what_only_the_server_tells(office, field):
    ana = office.phone("Ana")
    ana.creates(name="王芳", **{field: "x"})
    assert refusal(ana.syncs()) == ("rejected", "not_allowed")


def test_nobody_writes_a_conflict_or_a_colleague(office):
    lead = office.phone("Lea", "supervisor")
    lead.creates("person", name="Nobody", role="supervisor")
    lead.creates("conflict", field="mobile")
    assert {result.status for result in lead.syncs().results} == {"rejected"}


def test_everybody_in_the_team_sees_who_is_in_it(office):
    lea, ana = office.phone("Lea", "supervisor"), office.phone("Ana")
    ana.syncs()
    assert ana.sees("person", lea.person)["name"] == "Lea"


def test_only_a_supervisor_says_that_two_customers_are_one(office):
    ana, lea = office.phone("Ana"), office.phone("Lea", "supervisor")
    one, other = ana.creates(name="王芳"), ana.creates(name="王芳")
    ana.syncs()
    ana.sets("customer", other, merged_into=one)
    assert refusal(ana.syncs()) == ("rejected", "not_allowed")
    ana.creates("customer_merge", customer_id=one, other_id=other, state="merged")
    assert refusal(ana.syncs()) == ("rejected", "not_allowed")
    lea.sets("customer", other, merged_into=one)
    assert refusal(lea.syncs()) == ("applied", None)
