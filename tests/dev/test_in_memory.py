"""Do the tests write where nobody waits for a disk, if there is such a place, and is it left empty?"""

import os
from pathlib import Path

import pytest

from devtools.in_memory import folder_in_memory

pytestmark = pytest.mark.skipif(os.name == "nt", reason="only Linux has such a place")
ALL_THERE_IS = 1 << 40


def test_a_folder_is_there_while_it_is_wanted_and_all_in_it_gone_afterwards(tmp_path):
    with folder_in_memory({}, tmp_path, room_mb=0) as folder:
        (Path(folder) / "left").write_text("over", "utf-8")
        assert Path(folder).parent == tmp_path
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("environment", "place", "room_mb"),
    [({"TMPDIR": "/chosen"}, ".", 0), ({}, "nowhere", 0), ({}, ".", ALL_THERE_IS)],
    ids=["chosen", "no such place", "too small"],
)
def test_where_it_is_not_fit_or_somebody_chose_another_there_is_none(tmp_path, environment, place, room_mb):
    with folder_in_memory(environment, tmp_path / place, room_mb=room_mb) as folder:
        assert folder == ""
    assert not list(tmp_path.iterdir())
