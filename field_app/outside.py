"""What is handed to the system: a text for the clipboard, a number to call, a way to a door."""

from urllib.parse import quote

import flet as ft

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
