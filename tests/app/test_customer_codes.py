"""Has every customer a number of its own from the door on, that no other phone can give?"""

import pytest

from field_app.actions import customer_list, records
from field_app.local_store import LocalStore
from tests.app.fakes import FakeClock, FakeServer
from tests.app.phones import a_phone
from visit_core.errors import NotValid


@pytest.fixture
def phones(tmp_path):
    server = FakeServer(FakeClock())
    return a_phone(tmp_path / "one", server), a_phone(tmp_path / "two", server, "bo")


def add(phone, name, **more):
    return records.get(phone.store, "customer", records.add(phone.store, "customer", {"name": name, **more}))["code"]


def test_each_customer_of_a_device_has_the_next_number_and_the_devices_name_in_it(phones):
    phone, other = phones
    device = phone.store.me.device.upper()
    assert [add(phone, "张三"), add(phone, "李四")] == [f"C-{device}-0001", f"C-{device}-0002"]
    assert add(other, "王五") == f"C-{other.store.me.device.upper()}-0001"
    assert device != other.store.me.device.upper()


def test_many_in_one_commit_have_numbers_of_their_own(phones):
    phone, _ = phones
    ids = records.add_each(phone.store, "customer", [{"name": f"客户{n}"} for n in range(12)])
    assert len({records.get(phone.store, "customer", str(each))["code"] for each in ids}) == 12


def test_a_number_is_not_given_again_after_the_app_was_closed(phones):
    phone, _ = phones
    first = add(phone, "张三")
    again = LocalStore(phone.store.together, phone.store.clock)
    second = records.get(again, "customer", records.add(again, "customer", {"name": "李四"}))["code"]
    assert (first[-4:], str(second)[-4:]) == ("0001", "0002")


def test_a_number_from_an_older_system_is_kept_and_found(phones):
    phone, _ = phones
    assert add(phone, "张三", code="KH-00917") == "KH-00917"
    rows = customer_list.load(phone.store).rows
    assert [row.name for row in customer_list.matching(rows, "kh-009")] == ["张三"]


def test_what_is_no_number_is_refused(phones):
    phone, _ = phones
    with pytest.raises(NotValid) as refused:
        add(phone, "张三", code="客户一")
    assert (refused.value.why, refused.value.field) == ("customer_code", "code")
