"""A sealed stream opens whole or not at all."""

import io
import secrets

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync_server.care.sealing import PIECE, seal, unseal
from visit_core.errors import Corrupt, VisitError

KEY = bytes(32)


def sealed(content: list[bytes]) -> bytes:
    file = io.BytesIO()
    seal(file, KEY, {"made_at": "now"}, content)
    return file.getvalue()


def opened(blob: bytes) -> bytes:
    return b"".join(unseal(io.BytesIO(blob), KEY).content)


@settings(deadline=None)
@given(st.lists(st.binary(max_size=50), max_size=5))
def test_what_is_sealed_is_what_is_opened(content):
    assert opened(sealed(content)) == b"".join(content)


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE])
def test_pieces_of_any_number_come_back(size):
    content = secrets.token_bytes(size)
    assert opened(sealed([content[:7], content[7:]])) == content


def test_pieces_cannot_change_places_nor_the_last_be_left_out():
    blob = sealed([secrets.token_bytes(2 * PIECE + 5)])
    head = len(blob) - (2 * PIECE + 5) - 3 * (4 + 16)
    first, second = blob[head : head + PIECE + 20], blob[head + PIECE + 20 : head + 2 * (PIECE + 20)]
    for forged in (
        blob[:head] + second + first + blob[head + 2 * (PIECE + 20) :],
        blob[: head + 2 * (PIECE + 20)],
        blob[: head + PIECE + 20],
        blob[:head],
        blob + first,
    ):
        with pytest.raises(VisitError):
            opened(forged)


def test_the_label_is_readable_and_cannot_be_altered():
    blob = sealed([b"x"])
    assert unseal(io.BytesIO(blob), bytes(range(32))).label == {"made_at": "now"}
    with pytest.raises(VisitError):
        opened(blob.replace(b"now", b"old"))


@given(st.binary(max_size=200))
def test_nonsense_is_corrupt(blob):
    with pytest.raises(Corrupt):
        opened(blob)
