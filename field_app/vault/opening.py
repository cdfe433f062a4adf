"""Making, opening and mending the store of one home.

`<home>/store/keys.json` is the key ring and is written last: where it is, there is a store.
"""

from dataclasses import dataclass, field
from pathlib import Path

from field_app.clock import DeviceClock
from field_app.vault.database import VaultDB
from field_app.vault.files import Disk, previous_of
from field_app.vault.kdf import STRONG, KdfCost
from field_app.vault.keys import KeyRing, new_ring, read_ring, write_ring
from field_app.vault.lock import StoreLock
from field_app.vault.pins import check_pin
from field_app.vault.sealed_file import first_generation, read_generation
from field_app.vault.secrets import Secrets, forget_secret, new_secret, secret_of
from field_app.vault.tries import TryCounter
from visit_core.errors import AlreadyEnrolled, Corrupt, Failed
from visit_core.ids import new_id


@dataclass(frozen=True, slots=True)
class Place:
    """Where a store lives and what guards it."""

    home: Path
    secrets: Secrets
    clock: DeviceClock
    cost: KdfCost = STRONG
    disk: Disk = field(default_factory=Disk)

    @property
    def keys(self) -> Path:
        """The key ring's file."""
        return self.home / "store" / "keys.json"

    @property
    def sealed(self) -> Path:
        """The store's file."""
        return self.home / "store" / "data.vault"

    def lock(self) -> StoreLock:
        """Keep everybody else out, or raise Locked."""
        try:
            self.keys.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            return StoreLock(self.home / "store" / "data.lock")
        except OSError as refusal:
            raise Failed(step="home", errno=refusal.errno or 0) from refusal


@dataclass(slots=True)
class OpenVault:
    """An open store: its database, its ring, and the lock that is held until `close`."""

    place: Place
    ring: KeyRing
    data_key: bytes
    db: VaultDB
    lock: StoreLock

    def change_pin(self, pin: str) -> None:
        """Let another PIN open this store; one slot is rewritten, no data are touched."""
        secret = secret_of(self.place.secrets, self.ring.store_id)
        check_pin(pin, has_secret=secret is not None)
        self.ring = self.ring.with_pin(pin, secret, self.data_key, self.place.cost)
        write_ring(self.place.keys, self.ring, self.place.disk)

    def check_pin(self, pin: str) -> None:
        """WrongKey or TooSoon unless this PIN would open the store: for one more window on an open store."""
        _unlock(self.place, self.ring, pin)

    def close(self) -> None:
        """Write no more and let others in."""
        self.db.close()
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
        db = VaultDB(place.sealed, data_key, fresh=first_generation(), disk=place.disk)
        return OpenVault(place, ring, data_key, db, lock)
    except BaseException:
        lock.release()
        raise


def erase_vault(vault: OpenVault) -> None:
    """Close the store and take it away for good: the device secret first, for without it the rest is noise."""
    place, store_id = vault.place, vault.ring.store_id
    vault.db.close()
    forget_secret(place.secrets, store_id)
    for path in (place.keys, place.sealed, previous_of(place.sealed)):
        path.unlink(missing_ok=True)
    vault.lock.release()


def settle_vault(vault: OpenVault) -> None:
    """From here on there is a store: keep its key ring."""
    write_ring(vault.place.keys, vault.ring, vault.place.disk)


def open_vault(place: Place, pin: str) -> OpenVault:
    """The home's store; WrongKey and TooSoon for the PIN, Corrupt for damage, Locked, NotEnrolled."""
    ring = read_ring(place.keys)
    lock = place.lock()
    try:
        data_key = _unlock(place, ring, pin)
        db = VaultDB(place.sealed, data_key, disk=place.disk)
        return OpenVault(place, ring, data_key, db, lock)
    except BaseException:
        lock.release()
        raise


def salvage_vault(place: Place, pin: str) -> bool:
    """Go back to the generation before if the present one is damaged; give whether that was needed.

    The damaged file is kept aside. Corrupt if neither can be read.
    """
    ring = read_ring(place.keys)
    lock = place.lock()
    try:
        data_key = _unlock(place, ring, pin)
        if _is_readable(place.sealed, data_key):
            return False
        read_generation(previous_of(place.sealed), data_key)
        _swap_in_previous(place)
        return True
    finally:
        lock.release()


def _unlock(place: Place, ring: KeyRing, pin: str) -> bytes:
    tries = TryCounter(place.secrets, ring.store_id, place.clock)
    tries.begin()
    data_key = ring.unlock(pin, secret_of(place.secrets, ring.store_id))
    tries.succeed()
    return data_key


def _is_readable(path: Path, data_key: bytes) -> bool:
    try:
        read_generation(path, data_key)
    except Corrupt:
        return False
    return True


def _swap_in_previous(place: Place) -> None:
    aside = place.sealed.with_name(f"data.damaged-{place.clock.wall_ms()}")
    if place.sealed.exists():
        place.disk.rename(place.sealed, aside)
    place.disk.rename(previous_of(place.sealed), place.sealed)
