"""App and server do not understand each other until one of them is updated: what is safe, and what to do."""

import flet as ft

from field_app.screens.look import Look
from field_app.screens.parts.notice import banner
from field_app.sync_loop import Meeting
from field_app.theme.colours import INFO
from visit_core.errors import ProtocolTooNew, ProtocolTooOld


def update_banner(meeting: Meeting, look: Look) -> ft.Control | None:
    """None while they do. Nothing is wrong with the day's work, so nothing is red."""
    if not isinstance(meeting.why, ProtocolTooOld | ProtocolTooNew):
        return None
    key = f"update.{meeting.why.code}"
    return banner(look.says(key), look.says(f"{key}_below"), ft.Icons.SYSTEM_UPDATE_ROUNDED, INFO)
