"""When a change truly happened, for clocks that are right, wrong, restarted or absurd."""

from hypothesis import given
from hypothesis import strategies as st

from sync_server.clock import effective, tell
from tests.server.world import MINUTE, NINE
from visit_core.change import ClockEvidence
from visit_core.stamp import Stamp

DAY = 1440 * MINUTE
walls = st.integers(-(2**53), 2**53)
monos = st.integers(0, 2**53)
stamps = st.builds(Stamp, st.integers(0, NINE), st.integers(0, 50), st.just("aaaaaaaa"))


def evidence(wall_ms: int, mono_ms: int, boot: str = "b") -> ClockEvidence:
    return ClockEvidence(wall_ms=wall_ms, mono_ms=mono_ms, boot=boot)


def test_within_one_boot_the_wall_clock_does_not_matter():
    told = tell(evidence(NINE + 3 * DAY, 1000), evidence(NINE - DAY, 61_000), NINE)
    assert (told.true_ms, told.status) == (NINE - MINUTE, "corrected")


def test_a_right_clock_is_ok():
    assert tell(evidence(NINE - 5000, 0), evidence(NINE, 5000), NINE).status == "ok"


def test_after_a_restart_the_present_offset_is_taken_for_the_past():
    told = tell(evidence(NINE + 2 * DAY, 77, "before"), evidence(NINE + 3 * DAY, 5, "after"), NINE)
    assert (told.true_ms, told.status) == (NINE - DAY, "untrusted")


def test_a_change_from_the_future_is_brought_back():
    told = tell(evidence(NINE + 3 * MINUTE, 77, "before"), evidence(NINE, 5, "after"), NINE)
    assert told.status == "clamped"
    assert effective(Stamp(0, 0, "aaaaaaaa"), told.true_ms, NINE, device="aaaaaaaa", floors=[]).wall_ms == NINE


def test_the_counter_of_one_millisecond_is_kept():
    assert effective(Stamp(NINE, 7, "aaaaaaaa"), NINE, NINE, device="aaaaaaaa", floors=[]).counter == 7


@given(walls, monos, walls, monos, st.booleans(), st.lists(stamps, max_size=3))
def test_no_stamp_is_later_than_the_server_and_each_is_after_its_floors(wall, mono, sent_wall, sent_mono, same, floors):
    told = tell(evidence(wall, mono), evidence(sent_wall, sent_mono, "b" if same else "c"), NINE)
    stamp = effective(
        Stamp(0, 0, "aaaaaaaa"), told.true_ms, NINE, device="aaaaaaaa", floors=[str(floor) for floor in floors]
    )
    assert 0 <= stamp.wall_ms <= NINE
    assert all(stamp > floor for floor in floors)
