"""What stays while a visit is filled in: whose door it is and since when above, the way out below."""

import asyncio

import flet as ft

from field_app.actions.door import Door
from field_app.actions.visiting import VisitForm
from field_app.position import Placed
from field_app.screens.days import clock_words
from field_app.screens.discarding import discard_dialog
from field_app.screens.doing import Do
from field_app.screens.look import Look
from field_app.screens.middle import middle
from field_app.screens.open_visit import OpenVisit
from field_app.screens.parts.button import filled, sign_button
from field_app.screens.parts.surface import edge
from field_app.screens.parts.tag import tag
from field_app.screens.parts.words import icon, one_line, quiet, words
from field_app.theme.colours import DANGER, Tone
from field_app.theme.measures import MARGIN, XS, L, M, S
from field_app.theme.type import Role, sign_of
from visit_core.stamp import instant

EVERY_S = 20.0
MINUTE_MS = 60_000


class Ticking:
    """Whether a clock is still on the screen."""

    is_shown = True


def visit_head(model: VisitForm, do: Do, look: Look) -> ft.Control:
    """Whose door it is, in two lines at most; the arrow keeps the visit as a draft."""
    tail = running_time(model, do, look) if model.is_new else quiet(look.says("visit.correcting"))
    who = ft.Column(_who(model.door, look) if model.door else [], spacing=0, expand=True)
    back = sign_button(ft.Icons.ARROW_BACK_ROUNDED, look.says("visit.back"), do.back)
    line = middle(
        ft.Container(ft.Row([back, who, tail], spacing=XS), padding=ft.Padding(XS, M, L, M)), look, grows=False
    )
    return ft.Container(line, bgcolor=Tone.CARD, border=edge("bottom"))


def _who(door: Door, look: Look) -> list[ft.Control]:
    """The name, and below it the one thing to know: that one is not welcome, or where it is."""
    told: list[ft.Control] = [one_line(door.name, Role.TITLE, grows=False)]
    if door.do_not_visit:
        told.append(ft.Row([tag(look.says("door.do_not_visit"), DANGER)]))
    elif door.address and not look.is_large:
        told.append(one_line(door.address, Role.SECOND, Tone.INK2, grows=False))
    return told


@ft.component
def running_time(model: VisitForm, do: Do, look: Look) -> ft.Control:
    """The minutes since the arrival, and whether the position is known: that it is not is nothing to wait for."""
    since_ms = model.since_ms
    now_ms, set_now = ft.use_state(do.moment().now_ms)
    ticking, _ = ft.use_state(Ticking())

    async def tick() -> None:
        while ticking.is_shown:
            await asyncio.sleep(EVERY_S)
            set_now(do.moment().now_ms)

    def begin() -> None:
        ft.context.page.run_task(tick)

    def end() -> None:
        ticking.is_shown = False

    ft.use_effect(begin, [], end)
    said = look.says("visit.minutes", minutes=max(0, now_ms - since_ms) // MINUTE_MS)
    since = look.says("visit.since", at=clock_words(instant(since_ms)), said=said)
    time = ft.Semantics(label=since, exclude_semantics=True, content=words(said, Role.SECTION))
    is_unwanted = model.door is not None and model.door.keeps_no_place
    place = quiet(look.says("visit.no_place")) if is_unwanted else position(do.placing.of(model.draft), look)
    parts = [time, place]
    return ft.Column(parts, spacing=0, horizontal_alignment=ft.CrossAxisAlignment.END)


@ft.component
def position(placed: Placed, look: Look) -> ft.Control:
    """未定位, or 已定位 and how far it may be off; it changes by itself when the position comes."""
    sign = ft.Icons.LOCATION_ON_OUTLINED if placed.fix else ft.Icons.LOCATION_DISABLED_ROUNDED
    tone = Tone.SUCCESS if placed.fix else Tone.INK2
    shown: list[ft.Control] = [
        icon(sign, tone, sign_of(look.scale, 16)),
        words(_position_words(placed, look), Role.SECOND, tone),
    ]
    return ft.Row(shown, spacing=XS, tight=True)


def _position_words(placed: Placed, look: Look) -> str:
    if placed.fix is None:
        return look.says("visit.no_fix")
    metres = placed.fix.get("acc")
    is_told = isinstance(metres, int | float) and metres > 0
    return look.says("visit.fix", metres=round(float(str(metres)))) if is_told else look.says("visit.fix_alone")


@ft.component
def leave_bar(opened: OpenVisit, look: Look) -> ft.Control:
    """The one filled button, beside it the bin, below it what is kept already."""
    is_asked, set_asked = ft.use_state(False)

    async def save() -> None:
        await opened.save(look)

    ft.use_dialog(discard_dialog(opened, lambda: set_asked(False), look) if is_asked else None)
    let_go = look.says("visit.discard")
    bin_button = sign_button(
        ft.Icons.DELETE_OUTLINE_ROUNDED, let_go, lambda: set_asked(True), tone=Tone.INK, ground=Tone.FILL
    )
    line = ft.Row([bin_button, filled(look.says("visit.save"), save)], spacing=M)
    state = quiet(look.says("visit.kept"))
    state.text_align = ft.TextAlign.CENTER
    inside = ft.Column([line, state], spacing=XS, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)
    held = ft.Container(inside, padding=ft.Padding(MARGIN, M, MARGIN, S))
    return ft.Container(middle(held, look, grows=False), bgcolor=Tone.CARD, border=edge("top"))
