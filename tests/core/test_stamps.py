"""A stamp orders changes across devices, whatever their clocks do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visit_core.stamp import MAX_COUNTER, MAX_WALL_MS, HybridClock, Stamp, instant, instant_of, stamp_of

DEVICE = "aaaaaaaa"
stamps = st.builds(
    Stamp,
    st.integers(0, MAX_WALL_MS),
    st.integers(0, MAX_COUNTER),
    st.text("abcdefghijklmnopqrstuvwxyz234567", min_size=8, max_size=8),
)


@given(stamps)
def test_a_stamp_reads_back_from_its_text(stamp):
    assert Stamp.parse(str(stamp)) == stamp
    assert len(str(stamp)) == 23


@given(stamps, stamps)
def test_texts_sort_as_stamps_do(a, b):
    assert (str(a) < str(b)) == (a < b)


@given(stamps)
def test_the_next_stamp_is_later_even_when_the_counter_is_full(stamp):
    if stamp.wall_ms < MAX_WALL_MS:
        assert stamp.next() > stamp


@given(st.lists(st.one_of(st.integers(-(10**15), 10**15), st.integers(0, 5)), max_size=60))
def test_a_clock_only_goes_forward_whatever_the_wall_says(walls):
    clock = HybridClock(DEVICE)
    ticks = [clock.tick(wall) for wall in walls]
    assert ticks == sorted(set(ticks))


def test_a_phone_whose_clock_jumps_back_still_stamps_forward():
    clock = HybridClock(DEVICE)
    before = clock.tick(1_000_000)
    assert clock.tick(400_000) > before


def test_a_clock_goes_on_after_a_restart_where_it_stopped():
    clock = HybridClock(DEVICE)
    before = clock.tick(1_000_000)
    assert HybridClock(DEVICE, str(before)).tick(5) > before


def test_what_is_left_out_is_never_given_and_goes_on_into_the_next_millisecond():
    clock = HybridClock(DEVICE, str(Stamp(1_000, 5, DEVICE)))
    clock.skip(3)
    assert clock.tick(0) == Stamp(1_000, 9, DEVICE)
    clock.skip(MAX_COUNTER)
    assert clock.tick(0) == Stamp(1_001, 9, DEVICE)


def test_what_is_done_after_hearing_the_server_comes_after_what_it_said():
    clock = HybridClock(DEVICE)
    clock.hear(2_000_000)
    assert clock.tick(1_000_000) > Stamp(2_000_000, 0, DEVICE)


@pytest.mark.parametrize("text", ["", "x" * 23, "0" * 15 + "AAAAAAAA", "0" * 14 + "aaaaaaaa", "0" * 15 + "aaaaaaa1"])
def test_other_texts_are_no_stamps(text):
    with pytest.raises(ValueError, match="15 hex digits"):
        Stamp.parse(text)


def test_an_instant_is_written_as_people_and_files_write_it():
    assert instant(1_795_226_400_000) == "2026-11-21T02:00:00.000Z"
    assert instant_of(str(Stamp(1_795_226_400_123, 7, DEVICE))) == "2026-11-21T02:00:00.123Z"


def test_stamps_before_an_instant_are_smaller_than_what_its_own_begin_with():
    start = stamp_of(instant(1_795_226_400_123))
    before, at, after = (str(Stamp(1_795_226_400_123 + ms, 0, "a" * 8)) for ms in (-1, 0, 1))
    assert before < start < at < after
    assert at.startswith(start)
