"""Reading: every value comes back as it was given, and what is remembered is what is there."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from field_app.vault.ops import decode, encode


def nested(depth: int) -> list[Any]:
    inner: list[Any] = []
    for _ in range(depth):
        inner = [inner]
    return inner


@pytest.mark.parametrize(
    "value",
    ["\ud800 alone", nested(600), -0.0, 5e-324, 2**70, -(2**64), 0.1 + 0.2, float("inf"), "\0\x7f\u2028😀", {}, None],
)
def test_what_the_quick_parser_cannot_read_reads_back_all_the_same(value: Any) -> None:
    assert repr(decode(encode({"a": value, "b": [value]}))) == repr({"a": value, "b": [value]})


@given(st.floats() | st.integers() | st.text(st.characters(exclude_categories=[])))
@settings(max_examples=200, deadline=None)
def test_a_value_reads_as_the_standard_library_reads_it(value: object) -> None:
    row = encode({"a": value})
    assert repr(decode(row)) == repr(json.loads(row.decode("utf-8", "surrogatepass")))
