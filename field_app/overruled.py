"""Tells a person of each value of theirs that a sync overruled: once, when it comes, whatever stands on the screen."""

from collections.abc import Awaitable, Callable, Sequence

from field_app.actions.conflict_cards import ConflictCard, lost_cards
from field_app.local_store import LocalStore
from field_app.places import CONFLICTS, Place
from field_app.state import AppState, Lost
from visit_core.errors import VisitError

Ask = Callable[[Callable[[LocalStore], Sequence[ConflictCard]]], Awaitable[Sequence[ConflictCard] | VisitError]]

Go = Callable[[Place], Awaitable[None]]


class Overruled:
    """What this window has told already. What was here before the person came in stands on 今日."""

    def __init__(self, ask: Ask, go: Go, state: AppState) -> None:
        self._ask, self._go, self._state = ask, go, state
        self._told: set[str] = set()

    async def come_in(self) -> None:
        """From here on whatever is new is told."""
        self._told = {card.id for card in await self._cards()}
        self._state.lost = None

    async def look(self) -> None:
        """Tell of what came since the last look; several at once are one notice."""
        fresh = [card for card in await self._cards() if card.id not in self._told]
        self._told |= {card.id for card in fresh}
        if fresh:
            before = self._state.lost.more + 1 if self._state.lost else 0
            self._state.lost = Lost(fresh[0], len(fresh) - 1 + before)

    def heard(self) -> None:
        """Nothing is left to be told."""
        self._state.lost = None

    async def see(self, *, opened: bool) -> None:
        """The person closes the notice, or opens what it is about."""
        lost = self._state.lost
        self.heard()
        if lost and opened:
            await self._go(CONFLICTS if lost.more else Place("conflict", lost.card.id))

    async def _cards(self) -> Sequence[ConflictCard]:
        cards = await self._ask(lost_cards)
        return () if isinstance(cards, VisitError) else cards
