"""What was taken back of an import, and what was not, in two sentences."""

from field_app.actions.reverting import Reverted
from field_app.screens.look import Look


def back_words(done: Reverted, look: Look) -> tuple[str, str]:
    """What was taken back, and what stays as somebody has left it since."""
    binned = look.says("tables.reverted", count=len(done.removed)) if done.removed or not done.set_back else ""
    set_back = look.says("tables.set_back", count=done.set_back) if done.set_back else ""
    records = look.says("tables.revert_stay", count=len(done.stay)) if done.stay else ""
    cells = look.says("tables.cells_stay", count=len(done.cells_stay)) if done.cells_stay else ""
    return _joined(binned, set_back, look=look), _joined(records, cells, look=look)


def _joined(*parts: str, look: Look) -> str:
    return look.says("value.semicolon").join(part for part in parts if part)
