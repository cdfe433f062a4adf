"""What the screens before the app share: what is typed, and the page it is typed on."""

from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass

import flet as ft

from field_app.screens.look import Look
from field_app.screens.parts.button import filled
from field_app.screens.parts.field import Caption, field_box
from field_app.screens.parts.heard import words_in
from field_app.screens.parts.notice import banner
from field_app.screens.parts.surface import narrow
from field_app.screens.parts.words import icon
from field_app.theme.colours import DANGER, Tone
from field_app.theme.measures import MARGIN, XL, L
from visit_core.errors import NotValid, VisitError
from visit_core.explain import explain
from visit_core.invite import Invite


@ft.observable
@dataclass(eq=False)
class Entry:
    """What is typed on the way in, and why it was refused."""

    invite: str = ""
    address: str = ""
    code: str = ""
    is_by_hand: bool = False
    pin: str = ""
    again: str = ""
    refusal: str = ""
    why: str = ""  # the field that is refused, else the refusal's code; and `not_alike`
    is_forgotten: bool = False
    is_busy: bool = False

    def asked(self) -> Invite | str:
        """The invite as it was pasted, or what was typed instead of one."""
        return Invite(self.address.strip(), None, self.code.strip()) if self.is_by_hand else self.invite

    def turn(self) -> None:
        """The other way of saying where the server is."""
        self.is_by_hand, self.refusal = not self.is_by_hand, ""

    def turn_to_code(self) -> None:
        """From the PIN to an admin's code that stands in for it, and back."""
        self.is_forgotten = not self.is_forgotten
        self.start_again()

    def start_again(self) -> None:
        """Nothing typed stays, nor why it was refused."""
        self.pin = self.again = self.code = self.refusal = self.why = ""

    def refuse(self, why: str, refusal: str) -> None:
        """Say why not."""
        self.why, self.refusal = why, refusal

    def refusal_at(self, *why: str) -> str:
        """The refusal, if it is one of these."""
        return self.refusal if self.why in why else ""


async def attempt(
    entry: Entry, look: Look, way: Awaitable[VisitError | None], said: Callable[[VisitError, Look], str] | None = None
) -> None:
    """Await the way in; a refusal becomes a sentence, by `said` if there is a better one than usual."""
    entry.is_busy = True
    entry.refuse("", "")
    refused = await way
    entry.is_busy = False
    if refused is not None:
        at = refused.field if isinstance(refused, NotValid) else None
        entry.refuse(at or refused.code, said(refused, look) if said else explain(refused, look.lang))


def why_not(entry: Entry, title: str, at_a_field: Collection[str]) -> list[ft.Control]:
    """What is too long for the foot of a field, or is mended elsewhere than in one."""
    if not entry.refusal or entry.why in at_a_field:
        return []
    sign = ft.Icons.CLOUD_OFF_OUTLINED if entry.why == "unreachable" else ft.Icons.ERROR_OUTLINE
    return [banner(title, entry.refusal, sign, DANGER)]


def page(*parts: ft.Control) -> ft.Control:
    """A door, and below it what is asked."""
    mark = ft.Container(icon(ft.Icons.DOOR_FRONT_DOOR_OUTLINED, Tone.PRIMARY, 44), alignment=ft.Alignment.CENTER_LEFT)
    stretched = ft.CrossAxisAlignment.STRETCH
    inside = ft.Column([mark, *parts], spacing=L, horizontal_alignment=stretched)
    held = ft.Container(narrow(inside), padding=ft.Padding(MARGIN, 2 * XL, MARGIN, XL))
    return ft.ListView([held], expand=True)


def typed(entry: Entry, name: str, caption: Caption, *, lines: int = 1) -> ft.Control:
    """A field that anybody may read over the shoulder."""
    box = ft.TextField(value=getattr(entry, name), on_change=lambda e: setattr(entry, name, words_in(e)))
    if lines > 1:
        box.multiline, box.min_lines, box.max_lines = True, lines, 4
    return field_box(caption, box)


def secret(entry: Entry, name: str, caption: Caption, *, on_done: object = None, focused: bool = False) -> ft.Control:
    """A field of dots."""
    box = ft.TextField(
        value=getattr(entry, name),
        password=True,
        can_reveal_password=True,
        autofocus=focused,
        keyboard_type=ft.KeyboardType.VISIBLE_PASSWORD,
        on_change=lambda e: setattr(entry, name, words_in(e)),
        on_submit=on_done,  # type: ignore[arg-type]
    )
    return field_box(caption, box)


def go(entry: Entry, label: str, busy: str, on_tap: object) -> ft.Control:
    """The one way on; while it is gone, nothing to tap."""
    return filled(busy if entry.is_busy else label, None if entry.is_busy else on_tap, grows=False)  # type: ignore[arg-type]
