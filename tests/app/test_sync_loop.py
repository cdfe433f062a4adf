"""Sync by itself: soon after a save, patiently after a failure, at once when asked."""

import asyncio

import pytest

from field_app.sync import SyncReport
from field_app.sync_loop import (
    AFTER_A_SAVE_S,
    EVERY_S,
    LONGEST_BACK_OFF_S,
    LONGEST_KNOCK_S,
    MOST_PATIENCE_S,
    NO_NETWORK_S,
    SPREAD_S,
    SyncLoop,
    until,
)
from visit_core.errors import Busy, DeviceRevoked, TooManyTries, Unreachable


class Server:
    """Answers a sync, or does not."""

    def __init__(self):
        self.refusal = None
        self.is_slow = False
        self.met = 0
        self.back_off_s = 0

    async def sync(self, heard):
        self.met += 1
        if self.refusal:
            raise self.refusal
        heard(SyncReport(pulled=40))
        while self.is_slow:
            await asyncio.sleep(0)
        return SyncReport(pushed=1, back_off_s=self.back_off_s)


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


def test_what_can_wait_steps_aside_for_a_sync_that_is_due_or_asked_for(server):
    loop, _ = a_loop(server)
    server.is_slow = True

    async def twice() -> list[bool]:
        first = asyncio.create_task(loop.meet())
        await asyncio.sleep(0)
        told = [loop.is_wanted()]
        loop.wake(-1)
        told.append(loop.is_wanted())
        loop.due_s = 1e9
        second = asyncio.create_task(loop.meet())
        await asyncio.sleep(0)
        told.append(loop.is_wanted())
        server.is_slow = False
        await asyncio.wait_for(asyncio.gather(first, second), 30)
        return [*told, loop.is_wanted()]

    assert asyncio.run(twice()) == [False, True, True, False]


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


def test_many_who_are_told_the_same_wait_do_not_come_back_as_one(server):
    due = []
    for chance in (0.0, 0.5, 1.0):
        loop, _ = a_loop(server, chance=chance)
        server.refusal = Busy(wait_s=3)
        asyncio.run(loop.meet())
        due.append(loop.due_s)
    assert due == [103.0, 104.5, 106.0]


def test_no_server_makes_a_device_wait_for_days(server):
    loop, _ = a_loop(server, chance=0.0)
    server.refusal = Busy(wait_s=900_000)
    asyncio.run(loop.meet())
    assert loop.due_s == 100.0 + MOST_PATIENCE_S


def test_a_server_that_asks_not_to_be_met_is_met_later_but_at_once_when_somebody_asks(server):
    loop, _ = a_loop(server)
    server.back_off_s = 400
    asyncio.run(loop.meet())
    assert loop.due_s == 500.0
    loop.wake(AFTER_A_SAVE_S)
    assert loop.due_s == 500.0
    asyncio.run(loop.meet())
    assert server.met == 2


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


def test_a_loop_that_is_stopped_in_the_middle_of_a_sync_ends(server):
    """Locking waits for the loop: one that took it for a person's stop of this sync alone would go on for ever."""
    loop, _ = a_loop(server)
    server.is_slow = True

    async def lock():
        running = asyncio.create_task(loop.run())
        while not server.met:
            await asyncio.sleep(0)
        running.cancel()
        for _ in range(20):
            await asyncio.sleep(0)
        is_over = running.cancelled()
        running.cancel()
        return is_over

    assert asyncio.run(lock())
    assert loop._going.cancelled()


def test_a_defect_of_ours_stops_one_sync_and_not_the_loop(server):
    loop, _ = a_loop(server)
    server.refusal = RuntimeError("张三")
    meeting = asyncio.run(loop.meet())
    assert (meeting.state, meeting.why.code) == ("stopped", "unexpected")


# ---------------------------------------------------------------- where nothing tells that a network is back


class Hours:
    """A loop whose waits pass at once, before a server that is away until `back_s`."""

    def __init__(self, server, back_s=float("inf"), door_s=None):
        self.now_s, self.server, self.back_s = 0.0, server, back_s
        self.door_s = back_s if door_s is None else door_s  # when somebody is at the door, if that is not the same
        self.tries, self.knocks = [], []
        self.loop = SyncLoop(self.sync, lambda: None, lambda: self.now_s, lambda: 1.0, self.knock, self.pause)

    async def sync(self, heard):
        self.tries.append(self.now_s)
        self.server.refusal = self.server.refusal if self.now_s < self.back_s else None
        return await self.server.sync(heard)

    async def knock(self):
        self.knocks.append(self.now_s)
        return self.now_s >= self.door_s

    async def pause(self, woken, seconds):
        self.now_s += seconds
        await asyncio.sleep(0)

    def pass_until(self, end_s):
        async def live():
            running = asyncio.create_task(self.loop.run())
            while self.now_s < end_s:
                await asyncio.sleep(0)
            running.cancel()

        asyncio.run(asyncio.wait_for(live(), 10))
        return self


@pytest.mark.parametrize("back_s", [0.5, 7.0, 100.0, 3601.0, 3657.0])
def test_a_server_that_is_back_is_met_within_seconds_though_nothing_tells(server, back_s):
    server.refusal = Unreachable()
    hours = Hours(server, back_s).pass_until(back_s + 60)
    first = next(at for at in hours.tries if at >= back_s)
    assert first - back_s <= LONGEST_KNOCK_S + SPREAD_S


def test_an_hour_before_a_closed_door_is_no_more_than_a_knock_every_five_seconds(server):
    server.refusal = Unreachable()
    hours = Hours(server).pass_until(3600)
    assert len(hours.knocks) <= 3600 / LONGEST_KNOCK_S + 10 * len(hours.tries)
    in_a_minute = [sum(at <= each < at + 60 for each in hours.knocks) for at in range(600, 3500, 60)]
    assert max(in_a_minute) <= 14
    assert len(hours.tries) <= 3600 / NO_NETWORK_S + 6


def test_somebody_at_the_door_who_never_answers_is_tried_twice_as_often_at_most(server):
    server.refusal = Unreachable(answered="garbage")
    hours = Hours(server, door_s=0.0).pass_until(3600)
    assert len(hours.tries) <= 2 * (3600 / NO_NETWORK_S + 6)


@pytest.mark.parametrize("refusal", [Unreachable(status=503), DeviceRevoked(), None])
def test_a_server_that_answers_in_whatever_way_is_not_knocked_at(server, refusal):
    server.refusal = refusal
    assert Hours(server).pass_until(1200).knocks == []


def test_what_may_be_taken_back_is_sent_neither_by_a_knock_nor_by_a_network_that_is_back(server):
    loop, _ = a_loop(server)
    loop.put_off(AFTER_A_SAVE_S)
    loop.wake()
    assert loop.due_s == 100.0 + AFTER_A_SAVE_S
    server.refusal = Unreachable()
    asyncio.run(loop.meet())
    assert loop.due_s >= 100.0 + AFTER_A_SAVE_S


def test_a_loop_that_is_woken_in_the_very_moment_it_is_stopped_stops() -> None:
    async def story() -> bool:
        woken = asyncio.Event()

        async def for_ever() -> None:
            while True:
                await until(woken, 100)
                woken.clear()

        waiting = asyncio.create_task(for_ever())
        for _ in range(2):
            await asyncio.sleep(0)
        woken.set()
        waiting.cancel()
        done, _ = await asyncio.wait([waiting], timeout=5)
        return bool(done)

    assert asyncio.run(story())
