"""What is handed to the system and asked of it: a text to copy, a number to call, a way to a door, a file."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import flet as ft

from field_app.actions.bringing_in import Picked
from field_app.actions.importing import MAX_FILE_BYTES
from field_app.photo import MOST_FILE_BYTES, Photo, photo_of
from visit_core.errors import VisitError

ANDROID = (ft.PagePlatform.ANDROID, ft.PagePlatform.ANDROID_TV)


class PageOutside:
    """The system behind one window."""

    def __init__(self, page: ft.Page) -> None:
        self._page = page

    async def copy(self, text: str) -> None:
        """Put a text on the clipboard."""
        await ft.Clipboard().set(text)

    async def call(self, number: str) -> bool:
        """Offer to call a number; False where nothing can."""
        return await self._opened(f"tel:{number}")

    async def save_file(self, name: str, content: bytes) -> bool:
        """Offer to keep a file where the person likes, in a browser as a download; False where nothing was kept."""
        try:
            kept = await ft.FilePicker().save_file(file_name=name, src_bytes=content)
        except (RuntimeError, TimeoutError):  # no place to keep one
            return False
        return bool(kept) or self._page.web  # a browser does not say where a download went

    async def pick_file(self) -> Picked | None:
        """Let the person choose a file; None where none was chosen. Its content ends where no import would take it."""
        # A browser has no path to tell, and takes a window that is busy with its own dialog for a change of mind.
        try:
            files = await ft.FilePicker().pick_files(with_data=self._page.web, cancel_upload_on_window_blur=False)
        except (RuntimeError, TimeoutError):  # nothing to choose with
            return None
        if not files:
            return None
        chosen = files[0]
        content = chosen.bytes if chosen.path is None else await asyncio.to_thread(_begin_of, Path(chosen.path))
        return Picked(chosen.name, content or b"")

    async def pick_photos(self, chosen: Callable[[], object]) -> list[Photo | VisitError]:
        """Let the person take or choose pictures; each made small and bare, or why it is none. None chosen: empty.

        A phone's browser offers its camera. `chosen` is told when the work begins; it is done on a thread of its own.
        """
        try:
            files = await ft.FilePicker().pick_files(
                file_type=ft.FilePickerFileType.IMAGE,
                allow_multiple=True,
                with_data=self._page.web,
                cancel_upload_on_window_blur=False,
            )
        except (RuntimeError, TimeoutError):  # nothing to choose with
            return []
        if files:
            chosen()
        return [await asyncio.to_thread(_photo_in, file) for file in files or []]

    async def lead_to(self, address: str) -> bool:
        """Show the way in the map app the person has; False where nothing can."""
        address = quote(address)
        if self._page.platform in ANDROID:
            return await self._opened(f"geo:0,0?q={address}")
        return self._page.platform == ft.PagePlatform.IOS and await self._opened(f"maps://?q={address}")

    async def _opened(self, url: str) -> bool:
        try:
            await ft.UrlLauncher().launch_url(url)
        except (RuntimeError, TimeoutError):  # no app answers to such an address
            return False
        return True


def _photo_in(file: ft.FilePickerFile) -> Photo | VisitError:
    content = file.bytes if file.path is None else _begin_of(Path(file.path), MOST_FILE_BYTES)
    try:
        return photo_of(content or b"")
    except VisitError as refused:
        return refused


def _begin_of(file: Path, most: int = MAX_FILE_BYTES) -> bytes:
    """As much of a file as tells that it is too large; nothing where it cannot be read."""
    try:
        with file.open("rb") as held:
            return held.read(most + 1)
    except OSError:
        return b""
