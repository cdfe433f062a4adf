"""A sentence that is shown for some seconds."""

import asyncio
from collections.abc import Callable

from field_app.state import AppState, Toast


class Passing:
    """Shows one toast at a time; the next one takes the place of the one before."""

    def __init__(self, clear: Callable[[], object]) -> None:
        self._clear = clear
        self._waiting: asyncio.Task[None] | None = None

    def show(self, toast: Toast, for_s: float, state: AppState) -> None:
        """Show it for so long."""
        self.end()
        state.toast = toast
        self._waiting = asyncio.create_task(self._pass(for_s))

    def end(self) -> None:
        """Take it away now."""
        if self._waiting:
            self._waiting.cancel()
        self._waiting = None
        self._clear()

    async def _pass(self, for_s: float) -> None:
        await asyncio.sleep(for_s)
        self._waiting = None
        self._clear()
