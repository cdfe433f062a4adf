"""A list of customers that the operator brings in reaches the phones, and may be taken back from them."""

import re

import pytest

from sync_server.importing import BATCH, Asked, bring_in, gather
from sync_server.reverting import take_back

ROWS = BATCH + 20


@pytest.fixture
def listed(street):
    """A phone, and a list of more customers than one batch."""
    ana = street.phone("安娜")
    lines = ["客户姓名,联系电话", *(f"客户{n}号,138{n:08d}" for n in range(ROWS))]
    office, team = street.office, ana.me.team
    gathered = gather(office.store, team, "\n".join(lines).encode(), Asked(), office.clock())
    import_id = bring_in(office.store, team, gathered.fresh, office.clock())
    street.everyone_syncs()
    return street, ana, import_id


def test_a_list_is_taken_back_but_for_whom_somebody_has_worked_on(listed):
    street, ana, import_id = listed
    records = ana.lists("customer")
    assert len(records) == ROWS
    changed, visited, binned = (records[place]["id"] for place in (0, BATCH, ROWS - 1))
    own = ana.adds("customer", name="老客户")
    ana.sets("customer", changed, remark="周六在家")
    ana.adds("visit", customer_id=visited, outcome="sold", content="x")
    ana.deletes("customer", binned)
    street.everyone_syncs()
    done = take_back(street.office.store, ana.me.team, import_id, street.office.clock())
    assert (done.removed, set(done.stay)) == (ROWS - 3, {changed, visited})
    street.everyone_syncs()
    assert {record["id"] for record in ana.lists("customer")} == {changed, visited, own}
    assert ana.conflicts() == []


def test_a_new_customer_of_a_list_has_what_a_phones_new_customer_has(listed):
    _, ana, _ = listed
    mine = ana.sees("customer", ana.adds("customer", name="老客户"))
    theirs = ana.lists("customer")[0]
    for field in ("lifecycle_stage", "customer_type", "template_id", "source"):
        assert theirs.get(field) == mine.get(field)
    assert re.fullmatch(r"C-SERVER22-[0-9]{4,}", theirs["code"])
    assert len({one["code"] for one in ana.lists("customer")}) == ROWS + 1


LIST = "姓名,手机,编号\n赵六,13700000001,KH-00917\n孙七,13700000002,kh-1\n周八,13700000003,kh-1\n吴九,13700000004,\n"


def test_a_list_brings_no_number_that_is_somebodys_just_as_on_a_phone(street):
    ana, office = street.phone("安娜"), street.office
    ana.adds("customer", name="张三", code="KH-00917")
    street.everyone_syncs()
    gathered = gather(office.store, ana.me.team, LIST.encode(), Asked(columns={"编号": "code"}), office.clock())
    told = [(cell.row, cell.column, cell.error.why) for cell in gathered.refused]
    assert told == [(2, "编号", "customer_code_taken"), (4, "编号", "customer_code_taken")]
    for number in (1, 2):
        office.clock.at(number)
        bring_in(office.store, ana.me.team, gathered.fresh[-1:], office.clock())
    street.everyone_syncs()
    codes = [one["code"] for one in ana.lists("customer") if one["name"] == "吴九"]
    assert len(codes) == len(set(codes)) == 2
