"""Old tombstones leave the feed; whoever had not read them is told to read everything again."""

import pytest

from sync_server.care.collecting import collect
from tests.server.world import MINUTE, Office, Phone

DAY = 24 * 60 * MINUTE


def a_deletion(office: Office) -> tuple[Phone, str, str]:
    """One customer deleted, one that stays; everybody has read it."""
    ana = office.phone("Ana")
    gone, stays = ana.creates(name="删除的"), ana.creates(name="留下的", nested={"deleted": [True, 1]})
    ana.syncs()
    ana.does("delete", "customer", gone)
    ana.syncs()
    ana.syncs()
    return ana, gone, stays


def passes(office: Office, days: float, *phones: Phone) -> None:
    office.clock.now_ms += round(days * DAY)
    for phone in phones:
        phone.syncs()


def told(phone: Phone) -> set[str]:
    """What a new walk brings."""
    phone.cursors, phone.rows = {}, {}
    phone.syncs()
    return {id for kind, id in phone.rows if kind == "customer"}


def test_a_tombstone_that_all_have_read_goes_after_ninety_days_and_the_record_stays(office):
    ana, gone, stays = a_deletion(office)
    passes(office, 89.9, ana)
    assert collect(office.store, office.clock()) == 0
    passes(office, 0.2, ana)
    assert collect(office.store, office.clock()) == 1
    assert collect(office.store, office.clock()) == 0
    assert told(ana) == {stays}
    assert office.sees(ana.team, "customer", gone)["deleted"] is True
    assert list(office.store.flaws()) == []


def test_a_device_that_has_not_read_it_holds_it_up_until_a_hundred_and_eighty_days(office):
    ana, _, _ = a_deletion(office)
    office.phone("Away")
    passes(office, 100, ana)
    assert collect(office.store, office.clock()) == 0
    passes(office, 81, ana)
    assert collect(office.store, office.clock()) == 1


def test_who_brings_a_collected_record_back_or_edits_it_is_heard_by_all(office):
    ana, gone, stays = a_deletion(office)
    passes(office, 91, ana)
    collect(office.store, office.clock())
    ana.does("restore", "customer", gone)
    ana.syncs()
    assert told(ana) == {gone, stays}
    assert ana.sees("customer", gone)["name"] == "删除的"
    assert list(office.store.flaws()) == []


def test_a_device_below_the_floor_is_told_to_read_everything_again_and_a_new_one_is_not(office):
    late = office.phone("Late")
    late.syncs()
    ana, _, _ = a_deletion(office)
    passes(office, 181, ana)
    collect(office.store, office.clock())
    answer = late.syncs(pull={"cursors": late.cursors}).pull
    assert answer
    assert (answer.resync, answer.rows, answer.more) == (True, [], True)
    for phone in (office.phone("New"), ana):
        page = phone.syncs(pull={"cursors": phone.cursors}).pull
        assert page
        assert page.resync is None


@pytest.mark.parametrize("is_overtaken", [False, True])
def test_a_walk_that_the_floor_overtakes_begins_again(office, is_overtaken):
    slow = office.phone("Slow")
    if not is_overtaken:
        ana, _, _ = a_deletion(office)
        passes(office, 181, ana)
        collect(office.store, office.clock())
    else:
        for number in range(5):
            slow.creates(name=f"客户{number}")
        slow.syncs()
    first = slow.syncs(pull={"cursors": {}, "limit": 1}).pull
    assert first
    if is_overtaken:
        ana, _, _ = a_deletion(office)
        passes(office, 181, ana)
        collect(office.store, office.clock())
    going_on = {"cursors": first.cursors, "walk_head": first.head, "limit": 1}
    second = slow.syncs(pull=going_on).pull
    assert second
    assert bool(second.resync) is is_overtaken


def test_a_restored_backup_keeps_its_floor(office):
    ana, _, stays = a_deletion(office)
    passes(office, 91, ana)
    collect(office.store, office.clock())
    office.restores(office.backs_up())
    assert told(ana) == {stays}
    assert list(office.store.flaws()) == []
