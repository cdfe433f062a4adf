"""The server is set back and nobody tells it, a copy of its file, a machine's snapshot, a standby that was behind: the
phones show it what it has forgotten, and it ends as a restore ends."""

from tests.journeys.test_a_restored_server import DAY, kept
from tests.server.world import MINUTE


def epochs(street):
    return {team.epoch for team in street.office.store.teams()}


def test_what_it_has_forgotten_comes_back_from_the_phones_that_know_it(street):
    ana, ben = street.phone("安娜"), street.phone("本")
    customer = ana.adds("customer", name="张三", mobile="13800000000")
    street.everyone_syncs()
    older, before = street.office.content(), epochs(street)
    street.office.clock.now_ms += DAY
    ana.sets("customer", customer, remark="有狗")
    visit = ana.adds("visit", customer_id=customer, content="谈好了", outcome="interested")
    ben.sets("customer", customer, occupation="教师")
    street.everyone_syncs()
    seen = [kept(phone, "customer", "visit") for phone in (ana, ben)]
    street.office.falls_back(older)
    assert "remark" not in street.server_sees("customer", customer)
    street.everyone_syncs(3)
    assert [kept(phone, "customer", "visit") for phone in (ana, ben)] == seen
    assert street.server_sees("visit", visit)["content"] == "谈好了"
    assert epochs(street) != before
    assert [phone.waiting() for phone in street.phones] == [0, 0]
    assert list(street.office.store.flaws()) == []


def test_a_reader_whom_the_new_numbers_have_passed_shows_it_though_nobody_else_can(street):
    """Ben's cursor is of forgotten numbers that have been given again; whose they were has not come since."""
    ana, ben, carl = (street.phone(name) for name in ("安娜", "本", "卡"))
    street.everyone_syncs()
    older, before = street.office.content(), epochs(street)
    lost = [ana.adds("customer", name=f"客户{n}") for n in range(3)]
    for phone in (ana, ben):
        phone.syncs()
    street.office.falls_back(older)
    street.office.clock.now_ms += MINUTE
    given_again = [carl.adds("customer", name=f"新客户{n}") for n in range(9)]
    carl.syncs()
    assert epochs(street) == before
    for phone in (ben, carl):
        phone.syncs()
        assert {one["id"] for one in phone.lists("customer")} == set(given_again)
    assert epochs(street) != before
    street.everyone_syncs(2)
    for phone in street.phones:
        assert {one["id"] for one in phone.lists("customer")} == {*lost, *given_again}


def test_who_saw_a_value_before_it_was_forgotten_still_overrules_it(street):
    ana, ben = street.phone("安娜"), street.phone("本", ahead_min=-90)
    customer = ana.adds("customer", name="张三")
    street.everyone_syncs()
    older = street.office.content()
    street.office.clock.now_ms += MINUTE
    ana.sets("customer", customer, remark="先写的")
    street.everyone_syncs()
    ben.sets("customer", customer, remark="看过再改的")
    street.everyone_syncs()
    street.office.falls_back(older)
    for phone in (ben, ana, ben, ana):
        phone.syncs()
    assert ana.sees("customer", customer)["remark"] == "看过再改的"
    assert street.overruled() == set()


def test_it_may_fall_back_twice_and_to_a_life_before(street):
    ana, ben = street.phone("安娜"), street.phone("本")
    street.everyone_syncs()
    first = street.office.content()
    made = [ana.adds("customer", name="甲")]
    street.everyone_syncs(2)
    for name in ("乙", "丙"):
        street.office.falls_back(first)
        street.everyone_syncs(3)
        made.append(ben.adds("customer", name=name))
        street.everyone_syncs(2)
    for phone in (ana, ben):
        assert {one["id"] for one in phone.lists("customer")} == set(made)
