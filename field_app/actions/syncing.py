"""Meeting the server."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

from field_app.enrolment import Me
from field_app.local_store import LocalStore
from field_app.remote import Remote
from field_app.sync import Run, SyncReport, at_once, sync_once, unheard

Connect = Callable[[Me], AbstractAsyncContextManager[Remote]]
"""How to reach the server of a device that is enrolled."""


async def sync(
    store: LocalStore, connect: Connect, run: Run = at_once, heard: Callable[[SyncReport], object] = unheard
) -> SyncReport:
    """Send what waits and fetch what is new; `heard` is told how far it has come."""
    async with connect(store.me) as remote:
        return await sync_once(store, remote, run, heard)
