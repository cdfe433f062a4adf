"""What a person kept at once leaves in one request."""

from field_app.batches import as_one, batch
from field_app.entry import Clock, Entry, said_of


def an_entry(place: int, tx: int | None, words: str = "") -> Entry:
    clock = Clock(wall_ms=0, mono_ms=0, boot="b")
    return Entry(place=place, op="set", kind="customer", id=f"{place:032x}", said=said_of({"remark": words}), at="0",
                 clock=clock, base=0, schema_v=1, by="0" * 32, tx=tx)  # fmt: skip


def places(entries: list[Entry]) -> list[int]:
    return [entry.place for entry in entries]


def test_a_group_that_does_not_fit_any_more_waits_for_the_next_request() -> None:
    waiting = [an_entry(1, None), an_entry(2, None), an_entry(3, 5), an_entry(4, 5), an_entry(5, 6)]
    assert places(batch(waiting, 3)) == [1, 2]
    assert places(batch(waiting[2:], 3)) == [3, 4, 5]


def test_a_group_larger_than_a_request_is_cut_and_the_outbox_moves_on() -> None:
    waiting = [an_entry(place, 5) for place in range(1, 8)]
    assert places(batch(waiting, 3)) == [1, 2, 3]
    assert places(batch(waiting[6:], 3)) == [7]
    assert batch(waiting, 0) == []


def test_a_group_of_many_bytes_is_cut_only_if_it_is_first() -> None:
    long = "字" * 200_000
    waiting = [an_entry(0, None), *(an_entry(place, 5, long) for place in range(1, 4))]
    assert places(batch(waiting, 500)) == [0]
    assert places(batch(waiting[1:], 500)) == [1]


def test_one_change_alone_needs_no_mark_and_a_thousand_have_one_for_each_request() -> None:
    assert [entry.tx for entry in as_one([an_entry(1, 4)], 9)] == [None]
    assert {entry.tx for entry in as_one([an_entry(place, None) for place in range(1000)], 9)} == {10, 11}
