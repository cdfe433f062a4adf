"""Photographs on their way, in the sync centre: of which visits, how many have arrived, and the way not to wait."""

import flet as ft

from field_app.actions.photographing import send_now
from field_app.actions.sync_centre import SyncCentre, VisitPhotos
from field_app.places import Place
from field_app.screens.doing import Do
from field_app.screens.look import Look
from field_app.screens.parts.button import tonal
from field_app.screens.parts.row import chevron, row
from field_app.screens.parts.surface import group
from field_app.screens.parts.words import heading, quiet
from field_app.theme.measures import S
from field_app.theme.type import Role
from visit_core.errors import VisitError


def photos_waiting(model: SyncCentre, do: Do, look: Look) -> list[ft.Control]:
    """A row each visit, which leads to it; below, what goes by Wi-Fi alone may go at once."""
    if not model.photos:
        return []
    rows = group([_visit(each, do, look) for each in model.photos], indent=look.row_indent)
    return [ft.Column([heading(look.says("photos.waiting"), Role.LABEL), rows, *_hurry(model, do, look)], spacing=S)]


def _visit(photos: VisitPhotos, do: Do, look: Look) -> ft.Control:
    async def show() -> None:
        await do.go(Place("visit_page", photos.visit))

    below = look.says("photos.arrived", arrived=photos.arrived, all=photos.all)
    return row(photos.name or look.calls("visit"), below, lead=ft.Icons.PHOTO_OUTLINED, tail=chevron(), on_tap=show)


def _hurry(model: SyncCentre, do: Do, look: Look) -> list[ft.Control]:
    async def hurry() -> None:
        if not isinstance(await do.act(send_now, look.says("photos.hurried")), VisitError):
            await do.sync()

    if not model.photos_wait_for_wifi:
        return []
    button = tonal(look.says("photos.hurry"), hurry, grows=True, tall=False)
    return [quiet(look.says("photos.by_wifi")), ft.Row([button])]
