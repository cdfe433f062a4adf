"""One photograph as large as the window: when it was taken, whether it has arrived, and the way to take it away."""

from functools import partial

import flet as ft

from field_app.actions.photographing import take_away
from field_app.actions.photographs import PhotoPage
from field_app.screens.days import moment_words
from field_app.screens.doing import Do
from field_app.screens.look import Look
from field_app.screens.parts.button import danger, plain, sign_button
from field_app.screens.parts.photo import on_night, whole
from field_app.screens.parts.question import question
from field_app.screens.parts.words import Do as Tap
from field_app.screens.parts.words import icon, words
from field_app.theme.colours import Tone
from field_app.theme.measures import XL, XS, M, S
from field_app.theme.type import Role
from visit_core.errors import VisitError
from visit_core.explain import explain


@ft.component
def photo_screen(model: PhotoPage, do: Do, look: Look) -> ft.Control:
    """The picture between the way back and what is known of it."""
    is_asked, ask = ft.use_state(False)
    why, tell = ft.use_state("")

    async def fetch() -> None:
        """What the server alone has is asked of it, once."""
        if model.picture or not model.has_arrived:
            return
        refused = await do.fetch_photo(model.id)
        tell(explain(refused, look.lang) if refused else "")

    ft.use_effect(fetch, [model.id])
    ft.use_dialog(_question(model, lambda: ask(False), do, look) if is_asked else None)
    back = sign_button(ft.Icons.CLOSE_ROUNDED, look.says("photos.close"), do.back, tone=Tone.ON_TOAST)
    delete = look.says("photos.delete")
    bin_ = sign_button(ft.Icons.DELETE_OUTLINE_ROUNDED, delete, lambda: ask(True), tone=Tone.ON_TOAST)
    head = ft.Row([back, ft.Container(expand=True), *([bin_] if model.may_delete else [])])
    picture = whole(model.picture, look.says("photos.title")) if model.picture else _absent(model, why, look)
    return on_night(ft.Container(head, padding=S), picture, _foot(model, look))


def _absent(model: PhotoPage, why: str, look: Look) -> ft.Control:
    """It is on its way from the server; or why it cannot be had now."""
    is_coming = model.has_arrived and not why
    sign = icon(ft.Icons.CLOUD_DOWNLOAD_OUTLINED if is_coming else ft.Icons.CLOUD_OFF_OUTLINED, Tone.ON_TOAST, 48)
    missing = "photos.damaged" if model.is_damaged else "photos.not_here"
    told = words(why or look.says("photos.coming" if is_coming else missing), Role.BODY, Tone.ON_TOAST)
    told.text_align = ft.TextAlign.CENTER
    centre = ft.CrossAxisAlignment.CENTER
    held = ft.Column([sign, told], tight=True, spacing=M, horizontal_alignment=centre)
    return ft.Container(held, alignment=ft.Alignment.CENTER, padding=XL)


def _foot(model: PhotoPage, look: Look) -> ft.Control:
    at = look.says("photos.taken", at=moment_words(model.taken_at, look, model.today)) if model.taken_at else ""
    album = look.says("photos.from_album") if model.is_from_album else ""
    first = words("·".join(part for part in (at, album) if part), Role.BODY, Tone.ON_TOAST)
    return ft.Column([first, words(look.says(_how_far(model)), Role.SECOND, Tone.ON_TOAST)], spacing=XS)


def _how_far(model: PhotoPage) -> str:
    if model.has_arrived:
        return "photos.has_arrived"
    return "photos.is_waiting" if model.picture else "photos.is_elsewhere"


def _question(model: PhotoPage, close: Tap, do: Do, look: Look) -> ft.AlertDialog:
    async def delete() -> None:
        close()
        done = await do.act(partial(take_away, photo=model.id), look.says("photos.deleted"))
        if not isinstance(done, VisitError):
            await do.back()

    below = words(look.says("photos.delete_below" if model.has_arrived else "photos.delete_lost"))
    answers = [plain(look.says("photos.keep"), close), danger(look.says("photos.delete_now"), delete)]
    return question(look.says("photos.delete_asked"), [below], answers, close)
