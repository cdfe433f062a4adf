"""Death and refusals at every step of rotating the data key: its PIN opens the store, and so does the organisation."""

import random
from collections.abc import Iterator
from pathlib import Path

from bench.store.peers.vault import INDEXES
from field_app.clock import SystemClock
from field_app.vault.files import Disk
from field_app.vault.kdf import KdfCost
from field_app.vault.opening import begin_vault, entrusted_of, open_vault, recover_vault, settle_vault
from field_app.vault.place import Place
from field_app.vault.secrets import SecretFiles
from sync_server.trustee import Trustee
from torture.store.disks import DIED, DyingDisk, RefusingDisk, SteppingDisk
from torture.store.forked import in_a_child
from torture.store.history import State
from torture.store.story import capture, seen
from torture.store.vaults import fresh_copy
from torture.tally import Tally
from visit_core.errors import StoreError

PIN = "730914"
NEW_PIN = "902147"
DEVICE, TRUSTEE = "aaaaaaaa", Trustee(bytes(range(32)))
CHEAP = KdfCost(memory_kib=64, passes=1, scrypt_log_n=4)


def rotations(folder: Path, every: int) -> Tally:
    """Stop at every so-manieth step of a rotation; then recover a copy, open, look, and rotate to the end."""
    tally = Tally("death and refusals at every step of a key rotation")
    before = _a_home(folder / "before")
    for step, name in list(enumerate(_steps(folder), 1))[::every]:
        for when in ("before", "halfway", "after"):
            copy = fresh_copy(folder / "before", folder / "tried")
            if _died(_place(copy, DyingDisk(step, when))):
                _look(copy, before, f"died {when} step {step} ({name})", tally)
            elif when != "halfway" or name == "write":
                tally.lost(f"nothing died {when} step {step} ({name})")
        for number in (5, 28):
            copy = fresh_copy(folder / "before", folder / "tried")
            _refused(_place(copy, RefusingDisk(step, number)))
            _look(copy, before, f"error {number} at step {step} ({name})", tally)
    return tally


def _a_home(around: Path) -> State:
    vault = begin_vault(_place(around, SteppingDisk()), PIN)
    vault.entrust(DEVICE, "http://127.0.0.1:1", None, TRUSTEE.key_for(DEVICE))
    settle_vault(vault)
    for n in range(12):
        capture(vault.db, n, random.Random(n))
    state = seen(vault.db)
    vault.close()
    return state


def _steps(folder: Path) -> Iterator[str]:
    disk = SteppingDisk()
    _rotate(_place(fresh_copy(folder / "before", folder / "tried"), disk))
    return iter(disk.names)


def _rotate(place: Place) -> None:
    vault = open_vault(place, PIN)
    try:
        vault.rotate_key(PIN)
    finally:
        vault.close()


def _died(place: Place) -> bool:
    return in_a_child(lambda: _rotate(place)) == DIED


def _refused(place: Place) -> None:
    try:
        _rotate(place)
    except StoreError:
        return


def _look(around: Path, before: State, what: str, tally: Tally) -> None:
    _look_recovered(_place(fresh_copy(around, around.with_name("forgotten")), SteppingDisk()), before, what, tally)
    for again in ("opened", "rotated to the end"):
        try:
            vault = open_vault(_place(around, SteppingDisk()), PIN)
            state = seen(vault.db)
            vault.close()
            if again == "opened":
                _rotate(_place(around, SteppingDisk()))
        except StoreError as refusal:
            tally.lost(f"{again}: refused as {refusal}: {what}")
            return
        if state != before:
            tally.lost(f"{again}: not what was there: {what}")
            return
    tally.ended("recovered, opened as it was, and rotated to the end")


def _look_recovered(place: Place, before: State, what: str, tally: Tally) -> None:
    """The PIN is forgotten just then."""
    store_id, entrusted = entrusted_of(place)
    try:
        data_key = TRUSTEE.opened(DEVICE, store_id, entrusted.sealed)
        recover_vault(place, NEW_PIN, bytes.fromhex(data_key))
        vault = open_vault(place, NEW_PIN)
        if seen(vault.db) != before:
            tally.lost(f"recovered: not what was there: {what}")
        vault.close()
    except StoreError as refusal:
        tally.lost(f"recovered: refused as {refusal}: {what}")


def _place(around: Path, disk: Disk) -> Place:
    home = around / "home"
    return Place(home, SecretFiles(around / "secrets", home), SystemClock(), CHEAP, disk, INDEXES)
