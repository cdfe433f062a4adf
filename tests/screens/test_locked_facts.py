"""What only supervisors or admins may change everybody reads, with a lock and who may; nothing sensitive, though."""

import pytest
from pydantic import JsonValue

from field_app.actions import customer_page, drafting, record_form, records
from field_app.local_store import Edit, LocalStore
from field_app.screens.customer import customer_screen
from field_app.screens.look import Look
from tests.app.fakes import FakeClock, FakeServer
from tests.app.phones import a_phone
from tests.screens.doing import Doing
from tests.screens.neighbours import a_customer, a_field
from visit_core.errors import NotAllowed

LOCKED, BY_ADMINS = "只有主管可以修改", "只有管理员可以修改"


def a_store(folder, role):
    store: LocalStore = a_phone(folder / role, FakeServer(FakeClock()), role, role).store
    a_field(store, "customer", "contract", "合同号", lock_roles=["supervisor"])
    a_field(store, "customer", "quota", "额度", lock_roles=["admin"])
    a_field(store, "customer", "illness", "病史", lock_roles=["supervisor"], sensitive=True)
    return store


def somebody(store):
    """As a supervisor and an admin have written it."""
    customer = a_customer(store)
    said: dict[str, JsonValue] = {
        "strategic_value": 4,
        "custom.contract": "HT-7",
        "custom.quota": "三级",
        "custom.illness": "哮喘",
    }
    store.keep(Edit("set", "customer", customer, said))
    return customer


def profile(window, store, customer):
    page = window(customer_screen, customer_page.load(store, customer), Doing(store), Look())
    page.tap("资料")
    return page


def test_a_rep_reads_what_is_locked_and_who_may_change_it(window, tmp_path):
    store = a_store(tmp_path, "rep")
    customer = somebody(store)
    page = profile(window, store, customer)
    assert page.sees("战略价值")
    assert page.sees("HT-7")
    assert page.sees(LOCKED)
    assert page.sees("三级")
    assert page.sees(BY_ADMINS)
    assert not page.sees("病史")
    with pytest.raises(NotAllowed):
        records.change(store, "customer", customer, {"strategic_value": 5})


def test_a_supervisor_reads_it_without_a_lock_and_is_asked_for_it_in_the_form(window, tmp_path):
    store = a_store(tmp_path, "supervisor")
    customer = somebody(store)
    page = profile(window, store, customer)
    assert page.sees("战略价值")
    assert page.sees("病史")
    assert not page.sees(LOCKED)
    assert page.sees(BY_ADMINS)
    records.change(store, "customer", customer, {"strategic_value": 5})


@pytest.mark.parametrize(("role", "asks"), [("rep", False), ("supervisor", True)])
def test_a_form_asks_a_supervisor_alone_for_what_is_locked(tmp_path, role, asks):
    store = a_store(tmp_path, role)
    customer = somebody(store)
    begun = drafting.begin(store, "customer", {}, record=customer)
    specs = record_form.load(store, begun.id).specs
    writers = {name: specs[name].asked.writer for name in ("strategic_value", "custom.contract", "custom.quota")}
    assert [writer == "anyone" for writer in writers.values()] == [asks, asks, False]
