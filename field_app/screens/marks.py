"""How far a record has come, and what its state is, as a word on its colour. What is as it should be has no word."""

from collections.abc import Mapping

import flet as ft

from field_app.screens.look import Look
from field_app.screens.parts.tag import tag
from field_app.theme.colours import ATTENTION, DANGER, INFO, SUCCESS, WAITING, Meaning
from visit_core.picklists import REVIEW_STATE

SYNC: Mapping[str, Meaning] = {"queued": WAITING, "rejected": DANGER, "conflict": INFO}
REVIEW: Mapping[str, tuple[Meaning, ft.IconData]] = {
    "pending": (WAITING, ft.Icons.SCHEDULE_ROUNDED),
    "approved": (SUCCESS, ft.Icons.CHECK_ROUNDED),
    "returned": (DANGER, ft.Icons.REPLY_ROUNDED),
    "question": (ATTENTION, ft.Icons.HELP_OUTLINE_ROUNDED),
}


def sync_marks(sync_state: str, look: Look) -> list[ft.Control]:
    """待同步, 需处理 or 有冲突; nothing for what the server has confirmed."""
    return [tag(look.says(f"mark.{sync_state}"), SYNC[sync_state])] if sync_state in SYNC else []


def do_not_visit_mark(look: Look) -> ft.Control:
    """This customer wants no visits."""
    return tag(look.says("mark.do_not_visit"), DANGER, ft.Icons.DO_NOT_DISTURB_ON_OUTLINED)


def incomplete_mark(look: Look) -> ft.Control:
    """Something that must be known of this customer is not."""
    return tag(look.says("mark.incomplete"), ATTENTION)


def review_mark(state: str, look: Look) -> ft.Control:
    """What the supervisor says of a visit."""
    meaning, sign = REVIEW.get(state, (WAITING, ft.Icons.SCHEDULE_ROUNDED))
    return tag(REVIEW_STATE.label(state, look.lang), meaning, sign)
