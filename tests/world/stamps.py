"""I7: when a change counts as made, held against the one true time that only the world knows."""

from sync_server.kept import Logged
from tests.world.books import SERVER, Books
from tests.world.watch import Broken
from tests.world.world import World


def check_stamps(world: World, books: Books) -> None:
    """No stamp is later than its receipt, each device's go up; and where its clocks could tell, they are true."""
    last: dict[str, str] = {}
    for logged in books.log:
        if not logged.eff:
            continue
        if _ms(logged.eff) > logged.received_ms and not logged.was:
            raise Broken("from_the_future", logged.device, logged.n)
        if logged.device == SERVER:
            continue
        before = last.get(logged.device, "")
        if logged.eff <= before:
            raise Broken("stamps_go_back", logged.device, logged.n)
        last[logged.device] = logged.eff
        _check_true(world, books, logged, before)


def _check_true(world: World, books: Books, logged: Logged, before: str) -> None:
    """Where nobody had rebooted: not earlier than it was made, later only by the way of the request.

    It may be lifted above the device's last one, and above what the person saw.
    """
    made = world.made.get(logged.raw)
    if made is None or world.reboots[logged.device] or world.office.restores:
        return
    slack_ms = world.mix.server_skew_ms + 61_000
    if _ms(logged.eff) < made.true_ms - slack_ms:
        raise Broken("stamp_too_early", logged.device, logged.n)
    seen = (
        one.eff for one in books.log if (one.kind, one.id) == (made.kind, made.id) and 0 < (one.seq or 0) <= made.base
    )
    floor_ms = max(map(_ms, filter(None, (before, *seen))), default=0)
    latest_ms = made.true_ms + slack_ms + (world.mix.late_ms if world.mix.twice else 20_000)
    if _ms(logged.eff) > max(latest_ms, floor_ms + 1):
        raise Broken("stamp_too_late", logged.device, logged.n)


def _ms(stamp: str) -> int:
    return int(stamp[:11], 16)
