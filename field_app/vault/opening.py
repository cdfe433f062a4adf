"""Making, opening and ending the store of one home.

`<home>/store/keys.json` is the key ring and is written last: where it is, there is a store.
"""

import contextlib
import logging
import shutil
from dataclasses import dataclass

from field_app.vault.anchors import AnchorKeeper
from field_app.vault.attachments import reseal
from field_app.vault.compaction import compact, is_worth_it
from field_app.vault.database import VaultDB
from field_app.vault.entrusted import Entrusted, seal_to
from field_app.vault.first_format import read_first_format
from field_app.vault.frames import Anchor, first_header
from field_app.vault.headers import keep_header, opens_header
from field_app.vault.keys import KeyRing, forget_ring, new_data_key, new_ring, read_ring, write_ring
from field_app.vault.lock import StoreLock
from field_app.vault.pins import check_pin
from field_app.vault.place import Place
from field_app.vault.secrets import forget_secret, new_secret, secret_of
from field_app.vault.tries import TryCounter
from field_app.vault.writer import write_store
from visit_core.errors import AlreadyEnrolled, NotAllowed, StoreError, WrongKey
from visit_core.ids import new_id

log = logging.getLogger(__name__)


@dataclass(slots=True)
class OpenVault:
    """An open store: its database, its ring, and the lock that is held until `close`."""

    place: Place
    ring: KeyRing
    data_key: bytes
    db: VaultDB
    lock: StoreLock
    anchors: AnchorKeeper

    def change_pin(self, pin: str) -> None:
        """Let another PIN open this store; one slot is rewritten, no data are touched."""
        secret = secret_of(self.place.secrets, self.ring.store_id)
        check_pin(pin, has_secret=secret is not None)
        self.end_rotation()
        self.ring = self.ring.with_pin(pin, secret, self.data_key, self.place.cost)
        write_ring(self.place.keys, self.ring, self.place.disk)

    def check_pin(self, pin: str) -> None:
        """WrongKey or TooSoon unless this PIN would open the store: for one more window on an open store."""
        unlock(self.place, self.ring, pin)

    def rotate_key(self, pin: str) -> None:
        """Seal everything under a new data key; a crash at any step leaves a store that the same PIN opens."""
        self.check_pin(pin)
        self.end_rotation()
        self.db.vault.engine.log.check()  # the log may be under a key already that only the present ring knows
        fresh, secret = new_data_key(), secret_of(self.place.secrets, self.ring.store_id)
        waiting = self.ring.with_pending(pin, secret, (self.data_key, fresh), self.place.cost)
        write_ring(self.place.keys, waiting, self.place.disk)
        self.compact(fresh)
        self.data_key, self.ring = fresh, waiting
        self.end_rotation()

    def end_rotation(self) -> None:
        """Seal the photographs under the key that the log is under already; nothing to do where no rotation is on.

        Until that is done the ring keeps both keys, and the next opening goes on with it.
        """
        if self.ring.pending is None:
            return
        reseal(self.place.attachments, self.ring.recoverable(self.data_key), self.data_key, self.place.disk)
        self.ring = self.ring.settled(self.data_key)
        write_ring(self.place.keys, self.ring, self.place.disk)

    def compact(self, data_key: bytes | None = None) -> int:
        """Let go of what nobody can read any more; give how many bytes less."""
        saved = compact(self.db.vault, data_key)
        keep_header(self.place)
        self.anchors.keep(self.db.vault.anchor)
        return saved

    def entrust(self, device: str, server: str, ca_pem: str | None, organisation_key: str) -> None:
        """Let the organisation open this store for its person, should the PIN be forgotten; `settle_vault` keeps it."""
        sealed = seal_to(organisation_key, self.data_key, self.ring.store_id)
        entrusted = Entrusted(
            device=device, server=server, ca_pem=ca_pem, organisation_key=organisation_key, sealed=sealed
        )
        self.ring = self.ring.model_copy(update={"entrusted": entrusted})

    def rest(self) -> None:
        """Nobody is waiting: write the index if it is due, and compact if that is worth it."""
        self.db.vault.checkpoint()
        if is_worth_it(self.db.vault.engine):
            self.compact()

    def close(self) -> None:
        """Write no more and let others in."""
        self.db.close()
        self.anchors.keep(self.db.vault.anchor)
        with contextlib.suppress(OSError):
            for path in self.place.folder.glob("data.vault*"):  # of the first release, taken over when it was opened
                path.unlink()
        self.lock.release()


def begin_vault(place: Place, pin: str) -> OpenVault:
    """A new empty store, open; it does not count until `settle_vault`: a crash before leaves no store."""
    check_pin(pin, has_secret=True)
    lock = place.lock()
    try:
        if place.keys.exists():
            raise AlreadyEnrolled()
        store_id = str(new_id(place.clock.wall_ms()))
        secret = new_secret(place.secrets, store_id)
        ring, data_key = new_ring(store_id, pin, secret, place.cost)
        return _opened(place, ring, data_key, lock, begin=True)
    except BaseException:
        lock.release()
        raise


def settle_vault(vault: OpenVault) -> None:
    """From here on there is a store: keep its key ring."""
    write_ring(vault.place.keys, vault.ring, vault.place.disk)


def open_vault(place: Place, pin: str) -> OpenVault:
    """The home's store; WrongKey and TooSoon for the PIN, Corrupt for damage, Rollback, Locked, NotEnrolled."""
    ring = read_ring(place.keys)
    lock = place.lock()
    try:
        keys = unlock(place, ring, pin)
        ring, data_key = _settled_ring(place, ring, keys)
        _take_over_first_format(place, data_key)
        vault = _opened(place, ring, data_key, lock)
        _end_rotation_if_possible(vault)
        return vault
    except BaseException:
        lock.release()
        raise


def entrusted_of(place: Place) -> tuple[str, Entrusted]:
    """The store's id, and its data key as the organisation can open it; NotAllowed if it was never entrusted."""
    ring = read_ring(place.keys)
    if ring.entrusted is None:
        raise NotAllowed(why="not_entrusted")
    return ring.store_id, ring.entrusted


def recover_vault(place: Place, pin: str, data_key: bytes) -> None:
    """Let another PIN open the store whose data key this is; WrongKey if it is not. No data are touched.

    After a rotation that was cut it may be the key before or behind it. A device secret that was lost is drawn anew.
    """
    check_pin(pin, has_secret=True)
    ring = read_ring(place.keys)
    lock = place.lock()
    try:
        opening = [key for key in ring.recoverable(data_key) if opens_header(place.log, key)]
        if not opening:
            raise WrongKey(why="data_key")
        secret = secret_of(place.secrets, ring.store_id) or new_secret(place.secrets, ring.store_id)
        reseal(place.attachments, ring.recoverable(data_key), opening[0], place.disk)
        fresh = ring.at_rest(opening[0]).with_pin(pin, secret, opening[0], place.cost)
        write_ring(place.keys, fresh, place.disk)
        TryCounter(place.secrets, ring.store_id, place.clock).succeed()
    finally:
        lock.release()


def erase_vault(vault: OpenVault) -> None:
    """Close the store and take it away for good: the device secret first, for without it the rest is noise."""
    place, store_id = vault.place, vault.ring.store_id
    vault.db.close()
    forget_secret(place.secrets, store_id)
    vault.anchors.forget()
    forget_ring(place.keys)
    for path in place.folder.glob("data.*"):
        if path.suffix != ".lock":
            path.unlink(missing_ok=True)
    shutil.rmtree(place.attachments, ignore_errors=True)
    vault.lock.release()


def unlock(place: Place, ring: KeyRing, pin: str) -> list[bytes]:
    """The data keys this PIN gives, the present one first; a wrong one costs a try."""
    tries = TryCounter(place.secrets, ring.store_id, place.clock)
    tries.begin()
    keys = ring.unlock(pin, secret_of(place.secrets, ring.store_id))
    tries.succeed()
    return keys


def anchors_of(place: Place, ring: KeyRing) -> AnchorKeeper:
    """Where the store's last durable commit is remembered."""
    return AnchorKeeper(place.secrets, ring.store_id, place.clock)


def _settled_ring(place: Place, ring: KeyRing, keys: list[bytes]) -> tuple[KeyRing, bytes]:
    """The ring and the one key the log is really sealed under, after a rotation that a crash may have cut.

    Where the log is under the pending one the ring stays as it is: the photographs may not be so far yet.
    """
    if ring.pending is None:
        return ring, keys[0]
    present, pending = keys
    if opens_header(place.log, pending):
        return ring, pending
    ring = ring.at_rest(present)
    write_ring(place.keys, ring, place.disk)
    return ring, present


def _end_rotation_if_possible(vault: OpenVault) -> None:
    """A disk that refuses, or is full, keeps nobody out: the next opening tries again."""
    try:
        vault.end_rotation()
    except StoreError as refusal:
        log.warning("rotation unfinished code=%s", refusal.code)


def _take_over_first_format(place: Place, data_key: bytes) -> None:
    """A store of the first release becomes one of this: whole, or not at all. Its file stays until a clean close."""
    if place.log.exists() or not place.first_format.exists():
        return
    ops = read_first_format(place.first_format, data_key)
    write_store(place.log, first_header(), data_key, place.disk, ops)


def _opened(place: Place, ring: KeyRing, data_key: bytes, lock: StoreLock, *, begin: bool = False) -> OpenVault:
    anchors = anchors_of(place, ring)
    expected: Anchor | None = None if begin else anchors.read()
    db = VaultDB(
        place.log,
        data_key,
        begin=begin,
        indexes=place.indexes,
        disk=place.disk,
        anchor=expected,
        on_commit=anchors.note,
    )
    keep_header(place)
    return OpenVault(place, ring, data_key, db, lock, anchors)
