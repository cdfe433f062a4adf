"""Meeting the server: the changes first, then the photographs that they tell of."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from functools import partial

from field_app.actions.photographs import on_their_way
from field_app.enrolment import Me
from field_app.local_store import LocalStore
from field_app.remote import Remote
from field_app.sync import SyncReport, sync_once, unheard
from field_app.uploads import FREELY, Way, send_photos

Connect = Callable[[Me], AbstractAsyncContextManager[Remote]]
"""How to reach the server of a device that is enrolled."""


async def sync(
    store: LocalStore, connect: Connect, way: Way = FREELY, heard: Callable[[SyncReport], object] = unheard
) -> SyncReport:
    """Send what waits and fetch what is new, then send photographs; `heard` is told how far it has come.

    They go only once no change waits. What has arrived is asked for at once, so that whoever took it sees that.
    """
    async with connect(store.me) as remote:
        report = await sync_once(store, remote, way.run, heard)
        photos = await way.run(partial(on_their_way, store))
        report = replace(report, photos_waiting=len(photos))
        if report.waiting or not photos:
            return report
        async for _ in send_photos(store, remote.blobs, photos, way):
            report = replace(report, photos_sent=report.photos_sent + 1)
            heard(report)
        if report.photos_sent and not way.gives_way():
            report = report.and_then(await sync_once(store, remote, way.run))
        return replace(report, photos_waiting=len(await way.run(partial(on_their_way, store))))
