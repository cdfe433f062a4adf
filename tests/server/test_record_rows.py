"""A record comes out of its row as it went in, and the row holds the JSON that devices get."""

import json

from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import to_json

from sync_server.at_once import SetAtOnce
from sync_server.kept import StoredRecord
from sync_server.showing import shown
from sync_server.store_sql.record_rows import record_of, record_row
from visit_core.merge import Cell
from visit_core.stamp import instant_of

TEAM = "e" * 32
COLUMNS = ("team_id", "id", "kind", "scopes", "shown", "stamps", "touched", "seq", "about")

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
scalars = st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(-1e9, 1e9) | words
values = scalars | st.lists(scalars, max_size=3) | st.dictionaries(words, scalars, max_size=3)
names = st.sampled_from(["name", "tags.vip", "created_at", "deleted", "updated_by", "team_id", "custom.shoe"])
CHANGES = {
    1: ("000000000010000abcdefgh", "a" * 32, 1, 0),
    2: ("000000000030000abcdefgh", "b" * 32, 2, 0),
    3: ("000000000020000abcdefgh", "a" * 32, 3, 9),
    4: ("000000000020000bbcdefgh", "b" * 32, 4, 0),
}
"""When, by whom, under which number and which before: a number is that of one change."""

cell = st.builds(lambda value, seq: Cell(value, *CHANGES[seq]), values, st.sampled_from([*CHANGES]))
records = st.builds(
    lambda cells, scopes: StoredRecord("customer", "1" * 32, tuple(scopes), cells, 7),
    st.dictionaries(names, cell, min_size=1, max_size=7),
    st.lists(st.sampled_from(["team:x", "user:y"]), min_size=1, unique=True),
)


def read(record):
    return dict(zip(COLUMNS, record_row(TEAM, record), strict=True))


def typed(cells):
    """As JSON tells it: yes is not 1."""
    return {name: [json.dumps(one.value), *one[1:]] for name, one in cells.items()}


@given(records)
def test_a_record_comes_back_as_it_was_kept(record):
    back = record_of(read(record))
    assert typed(back.cells) == typed(record.cells)
    assert (back.kind, back.id, back.scopes, back.seq) == (record.kind, record.id, record.scopes, record.seq)


@given(records)
def test_a_row_holds_what_devices_are_shown_and_when_it_was_touched(record):
    row = read(record)
    assert json.loads(row["shown"]) == shown(record, TEAM)
    assert row["touched"] == max(one.at for one in record.cells.values())


def test_registers_set_by_one_change_have_one_stamp_in_the_row():
    at = "000000000010000abcdefgh"
    record = StoredRecord("visit", "1" * 32, ("team:x",), {f"f{n}": Cell(n, at, "a" * 32, 5) for n in range(20)}, 5)
    assert read(record)["stamps"].count(at) == 1


@given(
    st.dictionaries(
        st.sampled_from(["name", "tags.vip", "customer_id", "household_id"]), values.filter(lambda one: one is not None)
    ),
    st.sampled_from(["customer", "visit", "t_shoes", "newer"]),
)
def test_a_record_that_one_change_has_made_gets_the_same_row_at_once(said, kind):
    at = "0199c0de0000000abcdefgh"
    registers = {**said, "created_at": instant_of(at)}
    made = SetAtOnce(registers, at, "a" * 32, 5, words=to_json(said).decode())
    cells = {name: Cell(value, at, "a" * 32, 5) for name, value in registers.items()}
    assert typed(made) == typed(cells)
    at_once, apart = (StoredRecord(kind, "1" * 32, ("team:x",), each, 5) for each in (made, cells))
    assert record_row(TEAM, at_once) == record_row(TEAM, apart)
