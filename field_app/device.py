"""One home, one device, one person: the open store, its thread and its sync, shared by all windows of the process."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from typing import TypeVar

from field_app.actions import syncing, this_device
from field_app.actions.entrusting import entrust_late
from field_app.actions.pasts import FieldOf, Past, told_by_server
from field_app.actions.photographs import sweep
from field_app.actions.rescuing import RescueMade, rescue_file
from field_app.actions.syncing import Connect
from field_app.actions.this_device import Mended, Pin, Reach
from field_app.base_rows import INDEXES
from field_app.clock import DeviceClock
from field_app.downloads import fetch_photo
from field_app.enrolment import Me
from field_app.local_store import LocalStore
from field_app.remote import Remote, entrusted_remote, pinned_remote, remote_of
from field_app.settings import Settings
from field_app.sync import Run, SyncReport
from field_app.sync_loop import AFTER_A_SAVE_S, Meeting, SyncLoop
from field_app.uploads import Way, never
from field_app.vault.kdf import STRONG, KdfCost
from field_app.vault.opening import OpenVault, entrusted_of, erase_vault, open_vault
from field_app.vault.place import Place
from field_app.vault.secrets import SecretFiles
from field_app.worker import StoreThread
from visit_core.errors import Locked, NotEnrolled, StoreError
from visit_core.invite import Invite

Answer = TypeVar("Answer")
Errand = Callable[[LocalStore, Remote, Run], Awaitable[Answer]]
Knock = Callable[[str], Awaitable[bool]]
"""Whether anybody is at a server's address; only where no system tells that a network is back."""

log = logging.getLogger(__name__)


class Device:
    """The store of one home, open while anybody has unlocked it."""

    def __init__(
        self,
        settings: Settings,
        clock: DeviceClock,
        *,
        cost: KdfCost = STRONG,
        connect: Connect | None = None,
        pinned: Pin | None = None,
        reach: Reach | None = None,
        thread: StoreThread | None = None,
        knock: Knock | None = None,
    ) -> None:
        self.settings, self.clock = settings, clock
        self.place = Place(settings.home, SecretFiles(settings.secrets, settings.home), clock, cost, indexes=INDEXES)
        self._connect = connect or partial(remote_of, timeout_s=settings.timeout_s)
        self._pinned = pinned or partial(pinned_remote, timeout_s=settings.timeout_s)
        self._reach = reach or partial(entrusted_remote, timeout_s=settings.timeout_s)
        self._thread = thread or StoreThread()
        self._knock = knock
        self.is_on_wifi: bool | None = None  # as the system has said; None: nobody can tell
        self._vault: OpenVault | None = None
        self._store: LocalStore | None = None
        self._loop: SyncLoop | None = None
        self._running: asyncio.Task[None] | None = None
        self._windows: set[Callable[[], object]] = set()
        self._inside: set[object] = set()

    @property
    def is_enrolled(self) -> bool:
        """Whether this home belongs to somebody."""
        return self.place.keys.exists()

    @property
    def is_open(self) -> bool:
        """Whether somebody has unlocked the store."""
        return self._store is not None

    @property
    def me(self) -> Me | None:
        """Whose device it is; None while it is locked."""
        return self._store.me if self._store else None

    @property
    def meeting(self) -> Meeting:
        """How the device stands with its server."""
        return self._loop.meeting if self._loop else Meeting()

    def watch(self, window: Callable[[], object]) -> Callable[[], None]:
        """Let a window hear that something changed; gives how to stop that."""
        self._windows.add(window)
        return lambda: self._windows.discard(window)

    async def enrol(self, invite: Invite, pin: str) -> None:
        """Make this home somebody's device, and open it."""
        await this_device.enrol(self.place, pin, invite, self._pinned)
        await self.unlock(pin)

    async def recover(self, code: str, pin: str) -> None:
        """Let a new PIN open the store, with an admin's one-time code, and open it."""
        if self._vault:  # in another window: told before the code is used up
            raise Locked()
        await this_device.recover(self.place, pin, code, self._reach, run=self._thread.run)
        await self.unlock(pin)

    async def salvage(self, pin: str) -> Mended:
        """Get a damaged or older store going again, and open it; gives what came back.

        Where it is open in another window, that one is left to the PIN again.
        """
        if self._vault:
            await self._thread.run(partial(self._vault.check_pin, pin))
            await self.lock()
            self.changed()
        mended = await self._thread.run(partial(this_device.salvage, self.place, pin))
        await self.unlock(pin)
        return mended

    async def unlock(self, pin: str) -> None:
        """Open the store, or, where it is open already, only see whether the PIN is right."""
        if self._vault:
            await self._thread.run(partial(self._vault.check_pin, pin))
            return
        self._vault = await self._thread.run(partial(open_vault, self.place, pin))
        self._store = LocalStore(self._vault.db, self.clock)
        await self._thread.run(partial(_swept, self._store))
        knock = partial(self._knock, self._store.me.server) if self._knock else None
        self._loop = SyncLoop(self._sync, self.changed, knock=knock)
        self._running = asyncio.create_task(self._loop.run())

    def entered(self, window: object) -> None:
        """That window's person has given the PIN."""
        self._inside.add(window)

    async def leave(self, window: object) -> None:
        """That window is locked; with the last one the store is closed."""
        self._inside.discard(window)
        if not self._inside:
            await self.lock()

    async def rescue_file(self) -> RescueMade:
        """What only this device has, for its organisation alone; NotAllowed if it was never entrusted to one."""
        _, entrusted = entrusted_of(self.place)
        return await self.run(partial(rescue_file, entrusted=entrusted))

    async def sign_out(self, *, but_photos: bool = False) -> None:
        """Take this person's store off the device; NotValid, and nothing is touched, while anything would be lost.

        `but_photos`: photographs that have not arrived are given up.
        """
        refused = await self.run(partial(this_device.why_not_leave, but_photos=but_photos))
        if refused:
            raise refused
        await self._let_go_of_store()
        vault, self._vault = self._vault, None
        self._inside.clear()
        if vault:
            await self._thread.run(partial(erase_vault, vault))
        self.changed()

    async def lock(self) -> None:
        """Close the store; what was saved is saved, what is typed is journalled."""
        await self._let_go_of_store()
        vault, self._vault = self._vault, None
        if vault:
            await self._thread.run(vault.close)

    async def _let_go_of_store(self) -> None:
        """Sync no more, and keep nothing in memory of what is locked."""
        running, store = self._running, self._store
        self._running, self._loop, self._store = None, None, None
        if running:
            running.cancel()
            with suppress(asyncio.CancelledError):
                await running
        if store:
            await self._thread.run(store.gists.forget)

    async def run(self, action: Callable[[LocalStore], Answer]) -> Answer:
        """A step on the open store, on its own thread."""
        store = self._store
        if store is None:
            raise NotEnrolled()
        return await self._thread.run(partial(action, store), together=store.together)

    async def reach(self, errand: Errand[Answer]) -> Answer:
        """Something with the server that is no sync."""
        store = self._store
        if store is None:
            raise NotEnrolled()
        async with self._connect(store.me) as remote:
            return await errand(store, remote, self._thread.run)

    async def aside(self, step: Callable[[], Answer]) -> Answer:
        """A step that waits for a disk and needs no open store, on the same thread: no screen waits with it."""
        return await self._thread.run(step)

    def saved(self, *, may_be_undone: bool = False, by: Callable[[], object] | None = None) -> None:
        """Something was kept: tell all windows but `by`, which draws anew by itself, and let it be sent soon.

        A sync that was due sooner is put off for what may be undone, or it would send that too.
        """
        self.changed(but=by)
        if self._loop:
            (self._loop.put_off if may_be_undone else self._loop.wake)(AFTER_A_SAVE_S)

    def network_is_back(self) -> None:
        """Try at once what failed for want of a network."""
        if self._loop:
            self._loop.wake()

    async def meet(self) -> Meeting:
        """Sync now, because somebody asked."""
        return await self._loop.meet() if self._loop else Meeting()

    async def fetch_photo(self, photo: str) -> int:
        """Have the bytes of a photograph here; Unreachable where there is no network, NotFound before it arrived."""
        store = self._store
        if store is None:
            raise NotEnrolled()
        async with self._connect(store.me) as remote:
            fetched = await fetch_photo(store, remote.blobs, self._thread.run, photo=photo)
        self.changed()
        return fetched

    async def recall(self, which: FieldOf) -> Past:
        """The past of a field as the server has it; Unreachable where there is no network."""
        store = self._store
        if store is None:
            raise NotEnrolled()
        async with self._connect(store.me) as remote:
            answer = await remote.past(which.kind, which.record, which.field)
        return await self.run(partial(told_by_server, which=which, answer=answer))

    def stop_meeting(self) -> None:
        """Stop the sync that is going on."""
        if self._loop:
            self._loop.stop()

    def changed(self, *, but: Callable[[], object] | None = None) -> None:
        """Let every window draw anew, but that one."""
        for window in self._windows - {but}:
            window()

    async def close(self) -> None:
        """The process ends."""
        await self.lock()
        self._thread.close()

    async def _sync(self, heard: Callable[[SyncReport], object]) -> SyncReport:
        store = self._store
        if store is None:
            return SyncReport()
        report = await syncing.sync(store, self._connect, self._way(), heard)
        if self._vault and self._vault.ring.entrusted is None:
            await self._entrust(store, self._vault)
        await self._rest()
        return report

    def _way(self) -> Way:
        """How photographs go: never before a sync that is due, and by Wi-Fi alone where their records say so."""
        loop = self._loop
        return Way(loop.is_wanted if loop else never, lambda: self.is_on_wifi, self._thread.run)

    async def _entrust(self, store: LocalStore, vault: OpenVault) -> None:
        async with self._connect(store.me) as remote:
            await entrust_late(vault, store.me, remote, self._thread.run)

    async def _rest(self) -> None:
        """Nobody is waiting: look after the store, on another thread than the one that saves."""
        if self._vault:
            try:
                await asyncio.to_thread(self._vault.rest)
            except StoreError as refusal:
                log.warning("no rest code=%s", refusal.code)


def _swept(store: LocalStore) -> None:
    """Bytes that a crash left are no reason to keep anybody out."""
    try:
        sweep(store)
    except StoreError as refusal:
        log.warning("no sweep code=%s", refusal.code)
