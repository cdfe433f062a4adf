"""The photographs of a visit: how many have arrived, each as a square that opens it, and the way to add more."""

from collections.abc import Sequence
from functools import partial

import flet as ft

from field_app.actions.photographing import attach
from field_app.actions.photographs import PhotoRead, PhotosRead, thumbnail
from field_app.places import Place
from field_app.screens.doing import Do
from field_app.screens.look import Look
from field_app.screens.parts.button import soft
from field_app.screens.parts.photo import Square, size_of, square, squares
from field_app.screens.parts.words import heading, quiet
from field_app.screens.visit_blocks import block
from field_app.theme.measures import S
from field_app.theme.type import Role
from visit_core.errors import VisitError
from visit_core.explain import explain


@ft.observable
class Album:
    """The small pictures that were looked at so far, by the ids of their photographs."""

    def __init__(self) -> None:
        self.pictures: dict[str, bytes] = {}
        self.is_busy = False  # photographs are being made small
        self.out_of_reach: set[str] = set()  # of those that the server has
        self._asked: set[str] = set()  # of the server, once each while one looks

    async def look_at(self, photos: Sequence[PhotoRead], do: Do) -> None:
        """Read those that are here and not yet read, then fetch those that can be had from the server alone."""
        for photo in photos:
            if photo.is_here and photo.id not in self.pictures:
                await self._read(photo.id, do)
        for photo in photos:
            if photo.has_arrived and photo.id not in self._asked | self.pictures.keys():
                self._asked.add(photo.id)
                if await do.fetch_photo(photo.id) is None:
                    await self._read(photo.id, do)
                else:
                    self.out_of_reach = {*self.out_of_reach, photo.id}

    async def _read(self, photo: str, do: Do) -> None:
        picture = await do.ask(partial(thumbnail, photo=photo))
        if isinstance(picture, bytes):
            self.pictures = {**self.pictures, photo: picture}

    async def add(self, visit: str, do: Do, look: Look) -> None:
        """Let the person choose, and keep what is a photograph until there are enough."""
        picked = await do.outside.pick_photos(self._begin)
        kept = 0
        for each in picked:
            if isinstance(each, VisitError):
                do.say(explain(each, look.lang))
            elif isinstance(await do.act(partial(attach, photo=each, visit=visit)), VisitError):
                break
            else:
                kept += 1
        self.is_busy = False
        if kept == len(picked) > 0:
            do.say(look.says("photos.kept", count=kept))

    def _begin(self) -> None:
        self.is_busy = True


@ft.component
def visit_photos(photos: PhotosRead, do: Do, look: Look) -> ft.Control:
    """On the visit's own page, with the button that adds some."""
    album, _ = ft.use_state(Album())

    async def add() -> None:
        await album.add(photos.visit, do, look)

    is_ready = photos.why_no_more is None and not album.is_busy
    label = look.says("photos.making" if album.is_busy else "photos.add")
    button = soft(label, add if is_ready else None, sign=ft.Icons.PHOTO_CAMERA_OUTLINED)
    seen = [photos_seen(photos.all, do, look)] if photos.all else []
    return block(photos_title(photos.all, look), *seen, ft.Row([button]), quiet(_hint(photos, look)))


@ft.component
def photos_seen(photos: Sequence[PhotoRead], do: Do, look: Look) -> ft.Control:
    """A square each; a tap opens it."""
    album, _ = ft.use_state(Album())

    async def read() -> None:
        await album.look_at(photos, do)

    ft.use_effect(read, [photos])
    return squares([_square(number, photo, album, do, look) for number, photo in enumerate(photos, 1)])


def photos_to_judge(photos: Sequence[PhotoRead], do: Do, look: Look) -> ft.Control:
    """What a supervisor sees of them: how many have arrived, and a square each."""
    head = heading(photos_title(photos, look), Role.STRONG, 3)
    return ft.Column([head, photos_seen(photos, do, look)], spacing=S)


def photos_title(photos: Sequence[PhotoRead], look: Look) -> str:
    """照片 1/2 已送达."""
    arrived = sum(photo.has_arrived for photo in photos)
    return look.says("photos.arrived", arrived=arrived, all=len(photos)) if photos else look.says("photos.title")


def _square(number: int, photo: PhotoRead, album: Album, do: Do, look: Look) -> ft.Control:
    async def show() -> None:
        await do.go(Place("photo", photo.id))

    label = look.says("photos.one" if photo.has_arrived else "photos.one_waiting", number=number)
    picture, size = album.pictures.get(photo.id, b""), size_of(look.body_width)
    return square(Square(label, picture, size, waits=not photo.has_arrived, sign=_sign(photo, album)), show)


def _sign(photo: PhotoRead, album: Album) -> ft.IconData:
    """In the place of a picture that is not read yet: it is here, on its way from the server, or out of reach."""
    if photo.is_here:
        return ft.Icons.IMAGE_OUTLINED
    is_coming = photo.has_arrived and photo.id not in album.out_of_reach
    return ft.Icons.CLOUD_DOWNLOAD_OUTLINED if is_coming else ft.Icons.CLOUD_OFF_OUTLINED


def _hint(photos: PhotosRead, look: Look) -> str:
    """Why there may be no more, or what to point the camera at."""
    if photos.why_no_more:
        return explain(photos.why_no_more, look.lang)
    return look.says("photos.may_people" if photos.may_people else "photos.hint")
