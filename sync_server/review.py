"""A verdict and an edit that did not know of each other: the visit is opened again and both are shown.

The same end in both orders: whether the edit reaches a judged visit, or the verdict reaches an edited one.
"""

from dataclasses import dataclass

from sync_server.conflicts import Arrival, Clash
from sync_server.merging import device_of
from visit_core.change import Registers
from visit_core.ids import SERVER
from visit_core.merge import Cell, Cells
from visit_core.rules.reviewing import VERDICTS, is_content, reopened

STATE = "review_state"


@dataclass(frozen=True, slots=True)
class Reopening:
    """What opens a visit again, and the verdict that was overruled unseen."""

    registers: Registers
    overruled: Clash | None


def reopening(arrival: Arrival, now: Cells, role: str) -> Reopening | None:
    """How the visit is opened again; None to leave it as it is."""
    if arrival.key[0] != "visit" or STATE not in now or now[STATE].value not in VERDICTS:
        return None
    verdict = now[STATE]
    edit = _edit_unseen_by(arrival) if _is_mine(arrival, verdict) else _edit_in(arrival, now)
    if edit is None or not _reopens(arrival, verdict, role):
        return None
    again = reopened({name: cell.value for name, cell in now.items()})
    is_known = not _is_mine(arrival, verdict) and not arrival.is_unseen(verdict)
    pending = Cell(again[STATE], edit.at, edit.by, edit.seq)
    return Reopening(again, None if is_known else Clash(STATE, "reopened", pending, verdict))


def _is_mine(arrival: Arrival, cell: Cell) -> bool:
    return STATE in arrival.mine and arrival.mine[STATE].at == cell.at


def _reopens(arrival: Arrival, verdict: Cell, role: str) -> bool:
    """A supervisor may correct a visit that they know to be judged; nobody else may."""
    return _is_mine(arrival, verdict) or arrival.is_unseen(verdict) or role == "rep"


def _edit_unseen_by(arrival: Arrival) -> Cell | None:
    unseen = (
        cell
        for register, cell in arrival.before.items()
        if is_content(register) and arrival.is_unseen(cell) and device_of(cell) != SERVER
    )
    return max(unseen, key=lambda cell: cell.at, default=None)


def _edit_in(arrival: Arrival, now: Cells) -> Cell | None:
    told = (
        mine
        for register, mine in arrival.mine.items()
        if is_content(register) and now[register].at == mine.at and _differs(arrival, register, mine)
    )
    return next(told, None)


def _differs(arrival: Arrival, register: str, mine: Cell) -> bool:
    before = arrival.before.get(register)
    return before is None or before.value != mine.value
