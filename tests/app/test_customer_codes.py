"""Has every customer a number of its own from the door on, that no other phone can give?"""

import pytest

from field_app.actions import customer_list, records
from field_app.actions.importing import Asked, import_table
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


def test_a_number_is_one_customers_alone(phones):
    phone, _ = phones
    add(phone, "张三", code="KH-00917")
    other = records.add(phone.store, "customer", {"name": "李四"})
    for given in (lambda: add(phone, "王五", code="KH-00917"), lambda: change(phone, other, code="KH-00917")):
        with pytest.raises(NotValid) as refused:
            given()
        assert (refused.value.why, refused.value.field) == ("customer_code_taken", "code")
    change(phone, other, code="KH-00918")
    change(phone, other, code="KH-00918", remark="周六在家")
    assert records.get(phone.store, "customer", other)["remark"] == "周六在家"


def change(phone, record, **fields):
    records.change(phone.store, "customer", record, fields)


LIST = "姓名,手机,编号\n赵六,13700000001,KH-00917\n孙七,13700000002,kh-1\n周八,13700000003,kh-1\n吴九,13700000004,\n"


def test_a_table_brings_no_number_that_is_somebodys_and_gives_one_where_it_has_none(phones, tmp_path):
    phone, _ = phones
    add(phone, "张三", code="KH-00917")
    (tmp_path / "list.csv").write_text(LIST, "utf-8")
    made = import_table(phone.store, tmp_path / "list.csv", Asked(columns={"编号": "code"}))
    told = [(cell.row, cell.column, cell.why.why) for cell in made.refusals]
    assert told == [(2, "编号", "customer_code_taken"), (4, "编号", "customer_code_taken")]
    codes = {view.fields["name"]: view.fields["code"] for view in phone.store.find("customer")}
    assert codes == {"张三": "KH-00917", "孙七": "kh-1", "吴九": f"C-{phone.store.me.device.upper()}-0003"}
