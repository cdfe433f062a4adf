"""What an import made, with the way back."""

from collections.abc import Sequence

import flet as ft

from field_app.actions.book_in import BookTaken
from field_app.actions.reverting import Reverted
from field_app.screens.doing import Do
from field_app.screens.look import Look
from field_app.screens.parts.button import plain
from field_app.screens.parts.notice import banner
from field_app.screens.tables.incoming import Incoming
from field_app.screens.tables.seen import refusals_card
from field_app.screens.tables.taken_back import back_words
from field_app.screens.tables.underway import begun
from field_app.theme.colours import SUCCESS, Tone


def result_parts(way: Incoming, do: Do, look: Look) -> Sequence[ft.Control]:
    """What was kept, what was taken back of it, and what must still be mended."""
    if way.taken is None:
        return []
    made = way.taken.made
    parts = [_told(way, do, look)]
    if made.refusals:
        parts.append(refusals_card(made.refusals, way.kind, do, look))
    return parts


def _told(way: Incoming, do: Do, look: Look) -> ft.Control:
    made = way.taken.made if way.taken else None
    if made is None or way.reverted:
        said, stay = back_words(way.reverted or Reverted((), ()), look)
        return banner(said, stay or look.says("tables.revert_all"), ft.Icons.UNDO_ROUNDED)
    changed = len(made.changes) if isinstance(made, BookTaken) else 0
    said = look.says("tables.made", count=len(made.ids))
    if isinstance(made, BookTaken):
        said = look.says("tables.made_book", changed=changed, count=len(made.ids))
    back = begun(way.take_back, do, look.says("tables.reverted_toast"))
    action = plain(look.says("tables.revert"), back, tone=Tone.DANGER) if made.import_id else None
    return banner(said, look.says("tables.made_below"), ft.Icons.CHECK_CIRCLE_ROUNDED, SUCCESS, action=action)
