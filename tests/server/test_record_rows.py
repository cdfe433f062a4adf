"""A record comes out of its row as it went in, and the row holds the JSON that devices get."""

import json

from hypothesis import given
from hypothesis import strategies as st

from sync_server.kept import StoredRecord
from sync_server.showing import shown
from sync_server.store_sql.record_rows import record_of, record_row
from visit_core.merge import Cell

TEAM = "e" * 32
COLUMNS = ("team_id", "id", "kind", "scopes", "shown", "stamps", "touched", "seq", "about")

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
scalars = st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(-1e9, 1e9) | words
values = scalars | st.lists(scalars, max_size=3) | st.dictionaries(words, scalars, max_size=3)
names = st.sampled_from(["name", "tags.vip", "created_at", "deleted", "updated_by", "team_id", "custom.shoe"])
cell = st.builds(
    Cell,
    values,
    st.integers(1, 3).map(lambda ms: f"{ms:011x}0000abcdefgh"),
    st.sampled_from(["a" * 32, "b" * 32]),
    st.integers(1, 4),
    st.sampled_from([0, 0, 9]),
)
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
