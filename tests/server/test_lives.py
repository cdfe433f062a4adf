"""Who had read up to a number had seen what stood below it, in the life of the store that the number is of."""

import pytest

from sync_server.lives import LIFE, is_seen
from visit_core.merge import Cell


@pytest.mark.parametrize(
    ("seq", "was", "base", "seen"),
    [
        (5, 0, 5, True),
        (5, 0, 4, False),
        (5, 0, LIFE + 1, True),
        (LIFE + 2, 0, 900, False),
        (LIFE + 2, 40, 40, True),
        (LIFE + 2, 40, 39, False),
        (LIFE + 2, 40, LIFE + 1, False),
        (LIFE + 2, 40, LIFE + 2, True),
        (2 * LIFE + 2, 40, LIFE + 9, False),
        (2 * LIFE + 2, LIFE + 7, LIFE + 9, True),
        (2 * LIFE + 2, LIFE + 7, 90, False),
    ],
)
def test_what_counts_as_seen(seq, was, base, seen):
    assert is_seen(Cell("x", "", "", seq, was), base) is seen
