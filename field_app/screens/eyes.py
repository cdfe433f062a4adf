"""Masked values of one record, and the eye that shows one of them in full, one at a time."""

from functools import partial

import flet as ft

from field_app.actions.unmasking import Masked, in_full
from field_app.screens.doing import Do
from field_app.screens.look import Look
from field_app.screens.parts.phone import phone_line
from visit_core import phones


@ft.observable
class Eyes:
    """Which field of a record stands in full now; to look is written down."""

    def __init__(self, kind: str, record: str, do: Do) -> None:
        self.kind, self.record, self.do = kind, record, do
        self.field = ""
        self.value = ""

    async def turn(self, field: str) -> None:
        """Show this field and hide the one before; or hide it."""
        if field == self.field:
            self.field = self.value = ""
            return
        told = await self.do.act(partial(in_full, which=Masked(self.kind, self.record, field), purpose="shown"))
        if isinstance(told, str):
            self.field, self.value = field, told


@ft.component
def masked_line(which: tuple[str, str], masked: str, eyes: Eyes, look: Look, *, full: str = "") -> ft.Control:
    """A value, masked or in full, and its eye; `which` is the field and what people call it.

    In full it is a number as one reads it, or `full`.
    """
    field, label = which

    async def turn() -> None:
        await eyes.turn(field)

    is_masked = eyes.field != field
    said = masked if is_masked else full or phones.shown(eyes.value)
    does = look.says("eye.show" if is_masked else "eye.hide", field=label)
    return phone_line(said, is_masked=is_masked, label=does, on_turn=turn)
