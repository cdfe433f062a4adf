"""A merge of customers that is more than thirty days old is undone by nobody, whatever device asks.

The days are counted between the server's own stamps: that of what was said of the two, and that of the change, which
tells when it was made and not when it came. One day more is allowed, since the device that asks had only its own clock.
"""

from sync_server.kept import Key
from sync_server.merging import Merging
from visit_core.change import Registers
from visit_core.errors import NotValid
from visit_core.rules.parting import UNDO_DAYS, may_be_parted
from visit_core.stamp import Stamp

_SAID = ("merged", "apart")


def refuse_late_undo(merging: Merging, key: Key, registers: Registers, stamp: Stamp) -> None:
    """NotValid where the change parts what was merged too long before it was made."""
    register = _undone_in(key, registers)
    cell = merging.cells(key).get(register)
    if cell is None or cell.value is None or (register == "state" and cell.value not in _SAID):
        return
    if not may_be_parted(Stamp.parse(cell.at).wall_ms, stamp.wall_ms, slack_days=1):
        raise NotValid("merge_too_old", field=register, days=UNDO_DAYS)


def _undone_in(key: Key, registers: Registers) -> str:
    """The register that undoes a merge; empty where nothing does."""
    match key[0]:
        case "customer" if "merged_into" in registers and registers["merged_into"] is None:
            return "merged_into"
        case "customer_merge" if registers.get("state") == "undone":
            return "state"
    return ""
