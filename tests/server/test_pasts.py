"""Does the server tell who put what into a field, and to nobody whom the record is not sent to?"""

import pytest

from sync_server.pasts import MOST, past_of
from tests.server.world import MINUTE, NINE
from visit_core.errors import NotFound
from visit_core.stamp import instant


def told(office, phone, id, field, kind="customer"):
    return past_of(office.store, phone.principal, (kind, id), field).steps


@pytest.fixture
def two(office):
    """Ana writes a customer down, Bo corrects the number ten minutes later."""
    ana, bo = office.phone("Ana"), office.phone("Bo")
    id = ana.creates(name="王芳", mobile="+8613500001111")
    ana.syncs()
    bo.syncs()
    office.clock.at(10)
    bo.sets("customer", id, mobile="+8613500002222")
    bo.syncs()
    return ana, bo, id


def test_the_past_of_a_field_tells_value_person_time_and_device_the_latest_first(office, two):
    ana, bo, id = two
    steps = told(office, ana, id, "mobile")
    assert [(s.value, s.by, s.device) for s in steps] == [
        ("+8613500002222", bo.person, bo.device),
        ("+8613500001111", ana.person, ana.device),
    ]
    assert [s.at for s in steps] == [instant(NINE + 10 * MINUTE), instant(NINE)]


def test_changes_of_other_fields_are_not_told(office, two):
    ana, _, id = two
    assert [step.value for step in told(office, ana, id, "name")] == ["王芳"]
    assert told(office, ana, id, "remark") == []


def test_each_member_of_a_list_is_a_step_of_its_field(office, two):
    ana, _, id = two
    ana.sets("customer", id, **{"tags.vip": 1, "tags.老客户": 2})
    ana.syncs()
    office.clock.at(20)
    ana.sets("customer", id, **{"tags.vip": None})
    ana.syncs()
    assert {(s.name, s.value) for s in told(office, ana, id, "tags")} == {
        ("tags.vip", None), ("tags.vip", 1), ("tags.老客户", 2)
    }  # fmt: skip


def test_a_value_that_lost_at_once_is_marked_as_overruled(office, two):
    ana, bo, id = two
    cy = office.phone("Cy")
    cy.syncs()
    office.clock.at(12)
    cy.sets("customer", id, mobile="+8613500003333")
    office.clock.at(15)
    bo.syncs()
    bo.sets("customer", id, mobile="+8613500004444")
    bo.syncs()
    office.clock.at(20)
    cy.syncs()
    steps = {s.value: s.is_overruled for s in told(office, ana, id, "mobile")}
    assert steps["+8613500003333"] is True
    assert steps["+8613500004444"] is False


def test_a_private_record_has_no_past_for_anybody_else(office, two):
    ana, bo, _ = two
    id = ana.creates("consent_note", remark="mine")
    ana.unsent[-1]["scope"] = f"user:{ana.person}"
    ana.syncs()
    assert len(told(office, ana, id, "remark", "consent_note")) == 1
    with pytest.raises(NotFound):
        told(office, bo, id, "remark", "consent_note")


def test_an_answer_holds_the_latest_values_and_no_more_than_it_may(office, two):
    ana, _, id = two
    for n in range(MOST + 5):
        office.clock.at(30 + n)
        ana.sets("customer", id, remark=f"第{n}次")
    ana.syncs()
    steps = told(office, ana, id, "remark")
    assert (len(steps), steps[0].value) == (MOST, f"第{MOST + 4}次")
