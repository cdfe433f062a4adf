"""A merge is undone within thirty days of it by the server's stamps, whenever the undoing comes, and never after."""

import pytest

from tests.server.world import MINUTE

DAY = 24 * 60 * MINUTE


@pytest.fixture
def lea(office):
    return office.phone("Lea", "supervisor")


@pytest.fixture
def merged(lea):
    """Two customers of whom one leads to the other, and what was said of them."""
    one, other = lea.creates(name="王芳"), lea.creates(name="王芳")
    lea.syncs()
    lea.sets("customer", other, merged_into=one)
    said = lea.creates("customer_merge", customer_id=one, other_id=other, state="merged")
    lea.syncs()
    return one, other, said


def undone(lea, merged, tx=7):
    _, other, said = merged
    lea.sets("customer", other, merged_into=None)
    lea.sets("customer_merge", said, state="undone")
    for change in lea.unsent:
        change["tx"] = tx


def told(answer):
    return [(one.status, one.error and one.error.facts["why"], one.error and one.error.field) for one in answer.results]


def test_within_the_month_it_is_undone(office, lea, merged):
    office.clock.now_ms += 30 * DAY
    undone(lea, merged)
    assert {status for status, *_ in told(lea.syncs())} == {"applied"}
    assert office.sees(lea.team, "customer", merged[1]).get("merged_into") is None


def test_after_it_the_whole_undoing_is_refused_and_each_part_says_why(office, lea, merged):
    office.clock.now_ms += 32 * DAY
    undone(lea, merged)
    assert told(lea.syncs()) == [
        ("rejected", "merge_too_old", "merged_into"),
        ("rejected", "merge_too_old", "state"),
    ]
    assert office.sees(lea.team, "customer", merged[1])["merged_into"] == merged[0]
    assert {one.n for one in office.store.read(lea.team, lambda reading: reading.quarantine(9))} == {5, 6}


def test_neither_half_of_it_gets_in_alone(office, lea, merged):
    office.clock.now_ms += 32 * DAY
    _, other, said = merged
    lea.sets("customer", other, merged_into=None)
    lea.sets("customer_merge", said, state="undone")
    assert [status for status, *_ in told(lea.syncs())] == ["rejected", "rejected"]


@pytest.mark.parametrize("ahead_days", [0, -3, 40])
def test_what_was_undone_in_time_without_a_network_is_taken_however_late_it_comes(office, lea, merged, ahead_days):
    lea.ahead_ms = ahead_days * DAY
    office.clock.now_ms += 20 * DAY
    undone(lea, merged)
    office.clock.now_ms += 200 * DAY
    assert {status for status, *_ in told(lea.syncs())} == {"applied"}


def test_a_no_is_taken_back_within_the_month_only_too(office, lea):
    one, other = lea.creates(name="王芳"), lea.creates(name="王芳")
    said = lea.creates("customer_merge", customer_id=one, other_id=other, state="apart")
    lea.syncs()
    office.clock.now_ms += 32 * DAY
    lea.sets("customer_merge", said, state="undone")
    assert told(lea.syncs()) == [("rejected", "merge_too_old", "state")]


def test_an_old_merge_still_leads_on_to_somebody_else(office, lea, merged):
    third = lea.creates(name="王方")
    office.clock.now_ms += 90 * DAY
    lea.sets("customer", merged[1], merged_into=third)
    lea.sets("customer", third, merged_into=None)  # was merged into nobody
    assert {status for status, *_ in told(lea.syncs())} == {"applied"}
