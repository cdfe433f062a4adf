"""Photographs lie sealed beside the store: what is read is what was kept, or it is refused."""

from itertools import pairwise
from pathlib import Path

import pytest

from field_app.vault.attachments import AttachmentStore
from field_app.vault.streams import HEAD_BYTES, PIECE_BYTES, SEALED_PIECE_BYTES
from tests.app.vaults import KEY, EagerDisk, RefusingDisk
from visit_core.errors import Corrupt, NotHere, StoreError

ONE, OTHER = "0" * 31 + "1", "0" * 31 + "2"
THREE_PIECES = bytes(range(251)) * 600  # two whole pieces and a part
LENGTHS = [0, 1, PIECE_BYTES - 1, PIECE_BYTES, PIECE_BYTES + 1, 2 * PIECE_BYTES, len(THREE_PIECES)]


@pytest.fixture
def store(tmp_path: Path) -> AttachmentStore:
    return AttachmentStore(tmp_path / "attachments", KEY, EagerDisk())


def sealed(tmp_path: Path, id: str = ONE) -> Path:
    return tmp_path / "attachments" / id


@pytest.mark.parametrize("length", LENGTHS)
def test_a_photograph_of_any_length_is_read_as_it_was_kept(store: AttachmentStore, length: int) -> None:
    store.keep(ONE, THREE_PIECES[:length])
    assert store.size(ONE) == length
    assert store.whole(ONE) == THREE_PIECES[:length]


def test_any_part_is_read_alone(store: AttachmentStore) -> None:
    store.keep(ONE, THREE_PIECES)
    edges = [0, 1, PIECE_BYTES - 1, PIECE_BYTES, PIECE_BYTES + 1, len(THREE_PIECES) - 1, len(THREE_PIECES) + 9]
    for at in edges:
        for size in [0, 1, 100, PIECE_BYTES, 2 * PIECE_BYTES, len(THREE_PIECES)]:
            assert store.read(ONE, at, size) == THREE_PIECES[at : at + size]


def test_what_is_not_kept_is_told_from_what_is_damaged(store: AttachmentStore) -> None:
    assert store.size(ONE) is None
    for read in (lambda: store.whole(ONE), lambda: store.read(ONE, 0, 1), lambda: store.read("../keys.json", 0, 1)):
        with pytest.raises(NotHere):
            read()


def test_a_flipped_byte_anywhere_is_refused_and_the_other_pieces_are_read(
    store: AttachmentStore, tmp_path: Path
) -> None:
    store.keep(ONE, THREE_PIECES)
    whole = sealed(tmp_path).read_bytes()
    for at in [0, 8, HEAD_BYTES - 1, HEAD_BYTES, HEAD_BYTES + SEALED_PIECE_BYTES, len(whole) - 1]:
        hurt = bytearray(whole)
        hurt[at] ^= 1
        sealed(tmp_path).write_bytes(hurt)
        with pytest.raises(Corrupt):
            store.whole(ONE)
    assert store.read(ONE, 0, 2 * PIECE_BYTES) == THREE_PIECES[: 2 * PIECE_BYTES]  # the last byte is hurt


def test_pieces_cut_off_swapped_doubled_or_of_another_photograph_are_refused(
    store: AttachmentStore, tmp_path: Path
) -> None:
    store.keep(ONE, THREE_PIECES)
    store.keep(OTHER, THREE_PIECES)
    whole, other = sealed(tmp_path).read_bytes(), sealed(tmp_path, OTHER).read_bytes()
    edges = [HEAD_BYTES + number * SEALED_PIECE_BYTES for number in range(3)] + [len(whole)]
    head = whole[:HEAD_BYTES]
    a, b, c = (whole[begin:end] for begin, end in pairwise(edges))
    for spliced in (head + a + b, head + a, head + a[:16], head + b + a + c, head + a + a + b + c, head + c, other):
        sealed(tmp_path).write_bytes(spliced)
        with pytest.raises(Corrupt):
            store.whole(ONE)
    sealed(tmp_path).write_bytes(head + a + b)  # whoever asks behind a false end is told, too
    with pytest.raises(Corrupt):
        store.read(ONE, len(THREE_PIECES) - 1, 1)


@pytest.mark.parametrize("length", [0, 7, HEAD_BYTES, HEAD_BYTES + 15, HEAD_BYTES + SEALED_PIECE_BYTES + 3])
def test_a_file_of_no_possible_length_is_damage(store: AttachmentStore, tmp_path: Path, length: int) -> None:
    store.keep(ONE, THREE_PIECES)
    sealed(tmp_path).write_bytes(sealed(tmp_path).read_bytes()[:length])
    with pytest.raises(Corrupt):
        store.whole(ONE)


def test_another_key_opens_nothing(store: AttachmentStore, tmp_path: Path) -> None:
    store.keep(ONE, THREE_PIECES)
    with pytest.raises(Corrupt):
        AttachmentStore(tmp_path / "attachments", bytes(32)).whole(ONE)


def test_nothing_of_a_photograph_is_readable_on_disk_nor_twice_the_same(store: AttachmentStore, tmp_path: Path) -> None:
    store.keep(ONE, THREE_PIECES)
    first = sealed(tmp_path).read_bytes()
    store.keep(ONE, THREE_PIECES)
    assert THREE_PIECES[:16] not in first
    assert first[HEAD_BYTES:] != sealed(tmp_path).read_bytes()[HEAD_BYTES:]
    assert sealed(tmp_path).stat().st_mode & 0o077 == 0


def test_a_refusal_at_any_step_leaves_what_was_kept(tmp_path: Path) -> None:
    AttachmentStore(tmp_path / "attachments", KEY, EagerDisk()).keep(ONE, b"before")
    for step in range(1, 100):
        disk = RefusingDisk(step)
        store = AttachmentStore(tmp_path / "attachments", KEY, disk)
        refused = refusal_of(store, b"after")
        if refused is None:
            break
        assert store.whole(ONE) == (b"after" if refused.facts.get("renamed") else b"before")
    assert step > 4
    assert store.ids() == {ONE}


def refusal_of(store: AttachmentStore, content: bytes) -> StoreError | None:
    try:
        store.keep(ONE, content)
    except StoreError as refused:
        return refused
    return None


def test_a_sweep_takes_what_belongs_to_no_record_and_what_a_crash_left(store: AttachmentStore, tmp_path: Path) -> None:
    assert store.sweep({ONE}) == 0
    store.keep(ONE, b"kept")
    store.keep(OTHER, b"of no record")
    sealed(tmp_path, f"{ONE}.tmp").write_bytes(b"half")
    assert store.ids() == {ONE, OTHER}
    assert store.sweep({ONE}) == 2
    assert [path.name for path in (tmp_path / "attachments").iterdir()] == [ONE]


def test_what_is_discarded_is_gone(store: AttachmentStore) -> None:
    store.keep(ONE, b"kept")
    store.discard(ONE)
    store.discard(ONE)
    assert store.size(ONE) is None
    assert store.ids() == set()
