"""What is held in memory to be quick never makes another answer: ids that are missing, an index, opened frames."""

from pathlib import Path

import pytest
from tinydb import where

from field_app.vault import frame_texts, index_file
from field_app.vault.frame_texts import FrameTexts
from field_app.vault.frames import FrameSeal, first_header
from field_app.vault.indexes import equal_then_ordered, unique
from field_app.vault.ops import PUT, Op, to_bytes
from tests.app.vaults import KEY, a_database, reopened

INDEXES = {"visits": (unique("id"), equal_then_ordered(("who",), ("day",)))}
FRAME = 100


def test_an_id_looked_for_in_vain_is_found_once_it_is_there(tmp_path: Path) -> None:
    db = a_database(tmp_path / "data.log")
    visits = db.rows_of("visits")
    visits.put_many({1: {"n": 1}})
    db.vault.engine.checkpoint()
    for number in (7, 7):
        assert visits.get(doc_id=number) is None
    visits.put_many({7: {"n": 7}})
    db.vault.engine.checkpoint()
    assert visits.get(doc_id=7) == {"n": 7}
    visits.remove(doc_ids=[7])
    assert (visits.get(doc_id=7), visits.get(doc_id=1)) == (None, {"n": 1})


@pytest.mark.parametrize("large", [1, 1 << 40], ids=["large pages", "as it comes"])
def test_an_index_says_the_same_from_whatever_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, large: int
) -> None:
    db = a_database(tmp_path / "data.log", indexes=INDEXES)
    made = [{"id": f"v{n}", "who": f"c{n % 3}", "day": f"2026-01-{1 + n % 28:02}"} for n in range(300)]
    db.table("visits").insert_multiple(made)
    db.vault.engine.checkpoint()
    db.close()
    monkeypatch.setattr(index_file, "_LARGE", large)
    again = reopened(tmp_path / "data.log", indexes=INDEXES)
    visits, day = again.table("visits"), where("day")
    assert again.vault.opened.layers == 1
    for since, until in (("2026-01-03", "2026-01-05"), ("2026-01-01", "2026-01-28"), ("2026-01-28", "2026-01-01")):
        found = visits.search((where("who") == "c1") & (day >= since) & (day <= until))
        assert found == [one for one in made if one["who"] == "c1" and since <= one["day"] <= until]
    assert visits.get(where("id") == "v299") == made[299]


def test_a_frame_asked_for_again_outlives_those_that_nobody_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frame_texts, "MAX_BYTES", 3 * FRAME)
    seal = FrameSeal(first_header(), KEY)
    texts, read = FrameTexts(seal), []

    def read_at(_size: int, offset: int) -> bytes:
        read.append(offset)
        op = to_bytes(Op(PUT, "t", "1", b"%02d" % offset))
        return seal.seal(op.ljust(FRAME - 32), offset, 1, bytes(16), has_more=False)

    for offset in (1, 2, 1, 3, 4, 1, 5, 1, 6, 1):
        assert texts.row(offset, offset, 0, read_at) == b"%02d" % offset
    assert read == [1, 2, 3, 4, 5, 6]
    assert texts.row(2, 2, 0, read_at) == b"02"
    assert read == [1, 2, 3, 4, 5, 6, 2]
