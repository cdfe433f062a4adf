"""How far a record has come: kept here, or confirmed by the server and when."""

from datetime import date
from typing import Protocol

import flet as ft

from field_app.screens.days import moment_words
from field_app.screens.look import Look
from field_app.screens.parts.row import row
from field_app.screens.parts.surface import group
from field_app.theme.colours import Tone


class Received(Protocol):
    """What a receipt tells of."""

    @property
    def sync_state(self) -> str: ...
    @property
    def received_at(self) -> str: ...
    @property
    def updated_at(self) -> str: ...
    @property
    def today(self) -> date: ...


SIGNS = {
    "synced": (ft.Icons.CHECK_CIRCLE_ROUNDED, Tone.SUCCESS),
    "queued": (ft.Icons.SCHEDULE_ROUNDED, Tone.INK2),
    "rejected": (ft.Icons.ERROR_OUTLINE_ROUNDED, Tone.DANGER),
    "conflict": (ft.Icons.CALL_SPLIT_ROUNDED, Tone.INFO),
}


def receipt(record: Received, look: Look) -> ft.Control:
    """The state in a sentence, and the server's own times below."""
    sign, tone = SIGNS[record.sync_state]
    said = look.says(f"receipt.{record.sync_state}")
    return group([row(said, _times(record, look), lead=sign, tone=tone)])


def _times(record: Received, look: Look) -> str:
    if not record.received_at:
        return look.says("receipt.not_yet")
    first = look.says("receipt.created", when=moment_words(record.received_at, look, record.today))
    if not record.updated_at or record.updated_at == record.received_at:
        return first
    return f"{first}·{look.says('receipt.updated', when=moment_words(record.updated_at, look, record.today))}"
