"""Sync by itself: soon after a save, patiently after a failure, at once when asked."""

import asyncio

import pytest

from field_app.sync import SyncReport
from field_app.sync_loop import AFTER_A_SAVE_S, EVERY_S, LONGEST_BACK_OFF_S, NO_NETWORK_S, SyncLoop
from visit_core.errors import DeviceRevoked, TooManyTries, Unreachable


class Server:
    """Answers a sync, or does not."""

    def __init__(self):
        self.refusal = None
        self.is_slow = False
        self.met = 0

    async def sync(self, heard):
        self.met += 1
        if self.refusal:
            raise self.refusal
        heard(SyncReport(pulled=40))
        while self.is_slow:
            await asyncio.sleep(0)
        return SyncReport(pushed=1)


@pytest.fixture
def server():
    return Server()


def a_loop(server, chance=1.0):
    told = []
    loop = SyncLoop(server.sync, lambda: told.append(loop.meeting.state), now_s=lambda: 100.0, chance=lambda: chance)
    return loop, told


def test_a_sync_is_told_when_it_begins_and_when_it_ends(server):
    loop, told = a_loop(server)
    asyncio.run(loop.meet())
    assert told == ["syncing", "syncing", "idle"]
    assert loop.meeting.report == SyncReport(pushed=1)


def test_without_a_network_the_standing_is_offline_and_nothing_is_raised(server):
    loop, _ = a_loop(server)
    server.refusal = Unreachable()
    assert asyncio.run(loop.meet()).state == "offline"


def test_what_waiting_cannot_mend_stops_the_sync_and_says_why(server):
    loop, _ = a_loop(server)
    server.refusal = DeviceRevoked()
    meeting = asyncio.run(loop.meet())
    assert (meeting.state, meeting.why) == ("stopped", server.refusal)


@pytest.mark.parametrize(
    ("refusal", "longest"), [(Unreachable(status=503), LONGEST_BACK_OFF_S), (Unreachable(), NO_NETWORK_S)]
)
def test_each_failure_waits_longer_up_to_a_bound(server, refusal, longest):
    loop, _ = a_loop(server)
    server.refusal = refusal
    waits = []
    for _ in range(12):
        asyncio.run(loop.meet())
        waits.append(loop.due_s - 100.0)
    assert waits == sorted(waits)
    assert (waits[0], waits[-1]) == (4.0, longest)


def test_chance_spreads_the_tries_of_many_phones(server):
    loop, _ = a_loop(server, chance=0.5)
    server.refusal = Unreachable()
    asyncio.run(loop.meet())
    assert loop.due_s == 102.0


def test_a_server_that_asks_for_patience_gets_it(server):
    loop, _ = a_loop(server, chance=0.0)
    server.refusal = TooManyTries(wait_s=60)
    asyncio.run(loop.meet())
    assert loop.due_s == 160.0


def test_after_a_success_it_waits_for_the_next_time_and_a_save_makes_it_sooner(server):
    loop, _ = a_loop(server)
    asyncio.run(loop.meet())
    assert loop.due_s == 100.0 + EVERY_S
    loop.wake(AFTER_A_SAVE_S)
    assert loop.due_s == 100.0 + AFTER_A_SAVE_S


def test_it_meets_the_server_when_it_begins_and_again_when_woken(server):
    async def live():
        loop, _ = a_loop(server)
        running = asyncio.create_task(loop.run())
        while server.met < 1:
            await asyncio.sleep(0)
        loop.wake()
        while server.met < 2:
            await asyncio.sleep(0)
        running.cancel()

    asyncio.run(asyncio.wait_for(live(), 5))
    assert server.met == 2


def test_a_long_sync_tells_how_far_it_has_come_and_can_be_stopped(server):
    async def live():
        loop, _ = a_loop(server)
        server.is_slow = True
        meeting = asyncio.create_task(loop.meet())
        while loop.meeting.report is None:
            await asyncio.sleep(0)
        assert loop.meeting.report.pulled == 40
        loop.stop()
        return await meeting

    assert asyncio.run(asyncio.wait_for(live(), 5)).state == "idle"


def test_a_defect_of_ours_stops_one_sync_and_not_the_loop(server):
    loop, _ = a_loop(server)
    server.refusal = RuntimeError("张三")
    meeting = asyncio.run(loop.meet())
    assert (meeting.state, meeting.why.code) == ("stopped", "unexpected")
