"""What needs a reason is refused without one, as the phone refuses it: a grade by hand, a sale that was lost.

Asked of what a change sets, of what stands, and of what its device had in sight: what others did meanwhile refuses
nobody's honest change, and what was without a reason before may stay so.
"""

from sync_server.kept import Key
from sync_server.merging import Merging
from visit_core.change import Change, Registers
from visit_core.errors import NotValid
from visit_core.fields import Fields, Reasoned
from visit_core.kinds import known


def refuse_unreasoned(merging: Merging, key: Key, registers: Registers, change: Change, device: str) -> None:
    """NotValid where the change leaves something without the reason that it needs."""
    kind = known(key[0])
    for each in kind.reasoned if kind else ():
        names = (each.when.field, each.field)
        if not any(name in registers for name in names):
            continue
        now = {name: cell.value for name, cell in merging.cells(key).items() if name in names}
        seen = {name: merging.value_seen_by(key, name, change.base, device) for name in names}
        if all(_is_newly_unreasoned(each, fields, registers) for fields in (seen, now)):
            raise NotValid("required", field=each.field)


def _is_newly_unreasoned(each: Reasoned, fields: Fields, registers: Registers) -> bool:
    return each.lacks({**fields, **registers}) and not each.lacks(fields)
