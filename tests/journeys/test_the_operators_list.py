"""A list of customers that the operator brings in reaches the phones, and may be taken back from them."""

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
