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
    lea.reviews(visit, "approved")
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
    assert street.server_sees("visit", visit)["review_state"] == "approved"
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


def test_who_saw_a_value_still_overrules_it_when_both_are_sent_again(street):
    """Ben's clock is behind and Ana pushes first: the stamps of the first life must come back, too."""
    ana, ben = street.phone("安娜"), street.phone("本", ahead_min=-90)
    customer = ana.adds("customer", name="张三")
    street.everyone_syncs()
    older = street.office.backs_up()
    street.office.clock.now_ms += MINUTE
    ana.sets("customer", customer, remark="先写的")
    street.everyone_syncs()
    ben.sets("customer", customer, remark="看过再改的")
    ben.clock.ahead_ms = 0
    ben.reboots()
    street.everyone_syncs()
    assert street.server_sees("customer", customer)["remark"] == "看过再改的"
    street.office.restores(older)
    for phone in (ben, ana, ben):
        phone.syncs()
    assert street.server_sees("customer", customer)["remark"] == "看过再改的"
    assert ben.sees("customer", customer)["remark"] == "看过再改的"


def test_a_conflict_that_a_restore_lost_is_found_again_as_the_same_one(street):
    ana, ben, lea = street.phone("安娜"), street.phone("本"), street.phone("丽", "supervisor")
    customer = ana.adds("customer", name="张三")
    street.everyone_syncs()
    older = street.office.backs_up()
    for phone, word in ((ana, "安娜的"), (ben, "本的")):
        street.office.clock.now_ms += MINUTE
        phone.sets("customer", customer, remark=word)
    street.everyone_syncs()
    (before,) = lea.conflicts()
    for order in ((ana, ben), (ben, ana)):
        street.office.restores(older)
        for phone in (*order, *order, lea):
            phone.syncs()
        (found,) = lea.conflicts()
        assert (found["id"], found["winner"]["value"], found["loser"]["value"]) == (before["id"], "本的", "安娜的")
        assert ana.sees("customer", customer)["remark"] == "本的"


def test_what_was_seen_before_a_restore_is_no_conflict_after_it(street):
    ana, ben = street.phone("安娜"), street.phone("本")
    customer = ana.adds("customer", name="张三")
    street.everyone_syncs()
    older = street.office.backs_up()
    for phone, word in ((ana, "一"), (ben, "二"), (ana, "三"), (ben, "四")):
        street.office.clock.now_ms += MINUTE
        phone.sets("customer", customer, remark=word)
        street.everyone_syncs()
    assert street.overruled() == set()
    street.office.restores(older)
    for phone in (ben, ana, ben, ana):
        phone.syncs()
    assert street.server_sees("customer", customer)["remark"] == "四"
    assert street.overruled() == set()
