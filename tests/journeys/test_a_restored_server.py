"""The server is set back to an older backup: whatever a phone had recorded comes back from the phone."""

import contextlib

from tests.server.world import MINUTE
from visit_core.errors import Unreachable

DAY = 24 * 60 * MINUTE


def kept(phone, *kinds):
    """What a person sees of their records, without what only the sync says of them."""
    told = ("sync_state", "updated_at", "created_at")
    return [{name: value for name, value in one.items() if name not in told} for k in kinds for one in phone.lists(k)]


def test_everything_on_the_phones_is_back_after_an_older_backup_was_restored(street):
    ana, ben, lea = street.phone("安娜"), street.phone("本"), street.phone("丽", "supervisor")
    customer = ana.adds("customer", name="张三", mobile="13800000000")
    street.everyone_syncs()
    older = street.office.backs_up("monday.backup")
    street.office.clock.now_ms += DAY
    ana.sets("customer", customer, remark="有狗")
    visit = ana.adds("visit", customer_id=customer, content="谈好了", outcome="interested")
    ben.sets("customer", customer, occupation="教师")
    street.everyone_syncs()
    street.office.backs_up("tuesday.backup")
    street.office.clock.now_ms += DAY
    other = ben.adds("customer", name="李四")
    ana.deletes("customer", ana.adds("customer", name="记错了"))
    street.everyone_syncs()
    unsent = ben.adds("customer", name="王五")
    before = [kept(phone, "customer", "visit") for phone in (ana, lea)]
    street.office.restores(older)
    assert "remark" not in street.server_sees("customer", customer)
    street.everyone_syncs(3)
    assert {one["id"] for one in lea.lists("customer")} >= {customer, other, unsent}
    after = [[one for one in kept(phone, "customer", "visit") if one["id"] != unsent] for phone in (ana, lea)]
    assert after == before
    assert street.server_sees("visit", visit)["content"] == "谈好了"
    assert [phone.waiting() for phone in street.phones] == [0, 0, 0]
    assert list(street.office.store.flaws()) == []


def test_a_second_restore_in_the_middle_of_healing_loses_nothing_either(street):
    ana, ben = street.phone("安娜"), street.phone("本")
    street.everyone_syncs()
    older = street.office.backs_up()
    customers = [ana.adds("customer", name=f"客户{n}") for n in range(5)]
    street.everyone_syncs()
    street.office.restores(older)
    ana.wire.loses_answers = True
    for _ in range(2):
        with contextlib.suppress(Unreachable):
            ana.syncs()
    ana.wire.loses_answers = False
    street.office.restores(older)
    street.everyone_syncs(3)
    assert {one["id"] for one in ben.lists("customer")} == set(customers)
