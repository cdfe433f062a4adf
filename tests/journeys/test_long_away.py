"""A phone that was in a drawer for half a year: nothing that was deleted meanwhile stays, nothing unsent is lost."""

import asyncio

from sync_server.care.collecting import collect
from tests.server.world import MINUTE

DAY = 24 * 60 * MINUTE


def test_what_was_deleted_meanwhile_goes_and_what_was_not_sent_comes(street):
    ana, ben = street.phone("安娜"), street.phone("本")
    gone, stays = ana.adds("customer", name="删除的"), ana.adds("customer", name="留下的")
    street.everyone_syncs()
    unsent = ben.adds("customer", name="抽屉里的")
    ben.sets("customer", stays, remark="也在抽屉里")
    street.office.clock.now_ms += DAY
    ana.deletes("customer", gone)
    ana.syncs()
    ana.syncs()
    street.office.clock.now_ms += 181 * DAY
    assert collect(street.office.store, street.office.clock()) == 1
    ben.syncs()
    assert {one["id"] for one in ben.lists("customer")} == {stays, unsent}
    assert (ben.waiting(), ben.sees("customer", stays)["remark"]) == (0, "也在抽屉里")
    ana.syncs()
    assert {one["id"] for one in ana.lists("customer")} == {stays, unsent}
    requests = len(ben.wire.requests)
    ben.syncs()
    assert len(ben.wire.requests) == requests + 1


def test_a_walk_stopped_in_the_middle_goes_on_and_then_forgets(street):
    ana, ben = street.phone("安娜"), street.phone("本")
    gone = ana.adds("customer", name="删除的")
    kept = [ana.adds("customer", name=f"客户{number}") for number in range(30)]
    street.everyone_syncs()
    ana.deletes("customer", gone)
    ana.syncs()
    ana.syncs()
    street.office.clock.now_ms += 181 * DAY
    collect(street.office.store, street.office.clock())
    ben.store.take_in(_answer_to(ben), ben.store.next_request())
    assert gone in {one["id"] for one in ben.lists("customer")}
    ben.restarts()
    ben.syncs()
    assert {one["id"] for one in ben.lists("customer")} == set(kept)


def _answer_to(phone):
    """One exchange, by hand."""

    async def ask():
        async with phone.connect(phone.me) as remote:
            return await remote.sync(phone.store.next_request())

    return asyncio.run(ask())
