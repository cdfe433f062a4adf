"""One device as the trials have it: the product's own store and sync over real HTTP."""

import asyncio
import hashlib
from pathlib import Path
from typing import Self

from pydantic import BaseModel

from field_app.actions import syncing
from field_app.clock import SystemClock
from field_app.downloads import fetch_photo
from field_app.enrolment import Me
from field_app.local_store import Edit, LocalStore, settle_in
from field_app.progress import Anchor
from field_app.remote import HttpRemote
from field_app.sync import SyncReport, sync_once
from field_app.uploads import Way
from field_app.vault.database import VaultDB
from visit_core.change import Registers
from visit_core.errors import VisitError

KEY = bytes(range(32))
NAME, MOBILE, REMARK = "欧阳静怡", "13912345678", "狗在院子里叫得很凶"
SECRETS = (NAME, MOBILE, REMARK)
TIMEOUT_S = 20.0


class Owner(BaseModel):
    """Whose a device is, and the epoch of the central store as they enrolled."""

    me: Me
    epoch: str


class Device:
    """The product's own store and sync over real HTTP."""

    def __init__(self, folder: Path) -> None:
        """The one in that folder."""
        self.store = LocalStore(VaultDB(folder / "data.log", KEY), SystemClock())
        self.made: list[str] = []

    @classmethod
    def of(cls, folder: Path, owner: Owner) -> Self:
        """Somebody's new device."""
        folder.mkdir(parents=True)
        clock, db = SystemClock(), VaultDB(folder / "data.log", KEY, begin=True)
        anchor = Anchor(server_ms=clock.wall_ms(), mono_ms=clock.mono_ms(), boot=clock.boot())
        settle_in(db, owner.me, owner.epoch, anchor)
        db.close()
        return cls(folder)

    @property
    def me(self) -> Me:
        """Whose it is."""
        return self.store.me

    def keeps(self, count: int = 1, *, poison_at: int | None = None) -> list[str]:
        """New customers, in one commit, each for itself; one of them such as the server refuses. Give their ids."""
        fresh = [self.store.fresh_id() for _ in range(count)]
        self.store.keep_each([[_customer(id, is_poison=at == poison_at)] for at, id in enumerate(fresh)])
        self.made += [id for at, id in enumerate(fresh) if at != poison_at]
        return list(fresh)

    def syncs(self, address: str = "") -> SyncReport:
        """Meet the server, through whatever stands at the address; VisitError if it did not go through."""
        return asyncio.run(self._syncs(address or self.me.server))

    def photographs(self, content: bytes) -> str:
        """A new photograph, kept with its record; give its id."""
        id, sha256 = str(self.store.fresh_id()), hashlib.sha256(content).hexdigest()
        told: Registers = {"kind": "photo", "sha256": sha256, "size": len(content), "mime": "image/jpeg"}
        self.store.attachments.keep(id, content)
        self.store.keep(Edit("create", "attachment", id, told))
        return id

    def carries(self, way: Way, address: str = "") -> SyncReport:
        """Meet the server, photographs and all; VisitError if it did not go through."""
        return asyncio.run(syncing.sync(self.store, lambda me: self._reach(address or me.server), way))

    def fetches(self, photo: str) -> bytes:
        """Have a photograph here, from the server if need be; give its bytes."""
        asyncio.run(self._fetches(photo))
        return self.store.attachments.whole(photo)

    def rests(self) -> None:
        """Nobody is waiting: the index is written if it is due, as the app does."""
        self.store.together.vault.checkpoint()

    def acknowledged(self) -> set[str]:
        """The records whose making the server has named."""
        named = [*self.store.confirmed(10**9)]
        return {entry.id for entry in named}

    def holds(self) -> set[str]:
        """The customers that are drawn here."""
        return {view.id for view in self.store.find("customer")}

    def close(self) -> None:
        """Let go of the file."""
        self.store.together.close()

    async def _syncs(self, address: str) -> SyncReport:
        async with self._reach(address) as remote:
            return await sync_once(self.store, remote)

    async def _fetches(self, photo: str) -> int:
        async with self._reach(self.me.server) as remote:
            return await fetch_photo(self.store, remote.blobs, photo=photo)

    def _reach(self, address: str) -> HttpRemote:
        return HttpRemote(address, token=self.me.token, timeout_s=TIMEOUT_S)


def tries(device: Device, address: str = "") -> bool:
    """Whether a sync went through."""
    try:
        device.syncs(address)
    except VisitError:
        return False
    return True


def _customer(id: str, *, is_poison: bool) -> Edit:
    registers: Registers = {"name": NAME, "mobile": "no number" if is_poison else MOBILE, "remark": REMARK}
    return Edit("create", "customer", id, registers)
