"""What the app tells in passing: a sentence that is shown for some seconds."""

import asyncio

from field_app.actions.drafting import Saved
from field_app.state import AppState, Toast
from visit_core.errors import Corrupt, VisitError
from visit_core.explain import explain

UNDO_S, SAY_S = 8.0, 4.0


class Passing:
    """Shows one toast at a time; the next one takes the place of the one before."""

    def __init__(self, state: AppState) -> None:
        self._state = state
        self._waiting: asyncio.Task[None] | None = None

    def say(self, said: str) -> None:
        """Tell something."""
        self._show(Toast(said), SAY_S)

    def refuse(self, refused: VisitError) -> None:
        """Tell why something was not done; damage to the store stays told, with the way out of it."""
        if isinstance(refused, Corrupt):
            self._state.damage = refused
            self.end()
            return
        self.say(explain(refused, self._state.preferences.lang))

    def tell_saved(self, said: str, saved: Saved) -> None:
        """Tell that something was kept, and offer to take it back."""
        self._show(Toast(said, saved if saved.places else None), UNDO_S)

    def end(self) -> None:
        """Take it away now."""
        if self._waiting:
            self._waiting.cancel()
        self._waiting = None
        self._state.toast = None

    def _show(self, toast: Toast, for_s: float) -> None:
        self.end()
        self._state.toast = toast
        self._waiting = asyncio.create_task(self._pass(for_s))

    async def _pass(self, for_s: float) -> None:
        await asyncio.sleep(for_s)
        self._waiting = None
        self._state.toast = None
