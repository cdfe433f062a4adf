"""The lives of a store: each restore begins one, and its numbers begin at the next multiple of `LIFE`.

So no number means two things, and of a number that a device names one can tell in which life it stood. A change that
a restore had lost, and that its device brought back under seal, keeps the number that it had then, too: whoever says
"I had seen up to there" in that life is understood.
"""

from visit_core.merge import Cell

LIFE = 1 << 32


def life_of(seq: int) -> int:
    """In which life a number was given."""
    return seq // LIFE


def is_seen(cell: Cell, base: int) -> bool:
    """Whether somebody who had read up to `base` had read this value; in doubt not: then they are shown it."""
    if cell.was and life_of(base) < life_of(cell.seq):
        return life_of(base) == life_of(cell.was) and cell.was <= base
    return cell.seq <= base
