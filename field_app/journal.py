"""The journal of forms: every change is kept, but no faster than a disk likes."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from typing import Any

from field_app.actions import drafting
from field_app.drafts import KeptDraft
from visit_core.errors import VisitError

Run = Callable[[Callable[[Any], None]], Awaitable[None]]


class Journal:
    """Writes the latest state of each form; states that were superseded while it wrote are never written."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._pending: dict[str, KeptDraft] = {}
        self._writing: asyncio.Task[None] | None = None

    def keep(self, draft: KeptDraft) -> None:
        """Have this state of a form kept soon."""
        self._pending[draft.id] = draft
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write())

    async def write_out(self) -> None:
        """Wait until all is written."""
        while self._writing and not self._writing.done():
            await self._writing

    async def _write(self) -> None:
        while self._pending:
            _, draft = self._pending.popitem()
            # A full disk must not take the form away from under the person's hands; the save will say so.
            with suppress(VisitError):
                await self._run(partial(drafting.journal, draft=draft))
