"""Ids are UUIDv7 made on the device, written as 32 lowercase hex digits."""

import uuid

from hypothesis import given
from hypothesis import strategies as st

from visit_core.ids import SERVER, derived_id, is_id, new_device, new_id


@given(st.integers(0, 2**48 - 1))
def test_an_id_is_a_uuid_of_version_7_that_tells_its_millisecond(now_ms):
    made = new_id(now_ms)
    as_uuid = uuid.UUID(hex=made)
    assert is_id(made)
    assert as_uuid.variant == uuid.RFC_4122
    assert (made[12], int(made[:12], 16)) == ("7", now_ms)


@given(st.integers(0, 2**48 - 1), st.text(max_size=20))
def test_a_derived_id_is_always_the_same_and_looks_like_any_other(now_ms, about):
    made = derived_id(now_ms, about)
    assert made == derived_id(now_ms, about) != derived_id(now_ms, about + "x")
    assert is_id(made)
    assert (uuid.UUID(hex=made).variant, made[12], int(made[:12], 16)) == (uuid.RFC_4122, "7", now_ms)


def test_two_ids_of_one_millisecond_differ():
    assert len({new_id(1) for _ in range(500)}) == 500


def test_a_device_is_called_by_eight_characters_and_never_like_the_server():
    names = {new_device() for _ in range(200)}
    assert SERVER not in names
    assert all(len(name) == 8 and set(name) <= set("abcdefghijklmnopqrstuvwxyz234567") for name in names)


def test_other_texts_are_no_ids():
    assert not any(is_id(text) for text in ("", "A" * 32, "0" * 31, f"{'0' * 32}\n", str(uuid.uuid4())))
