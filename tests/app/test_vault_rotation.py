"""A key rotation that stops anywhere leaves a store that its PIN opens, and the organisation for its person."""

import contextlib
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from field_app.vault.attachments import AttachmentStore
from field_app.vault.opening import OpenVault, entrusted_of, erase_vault, open_vault, recover_vault, settle_vault
from field_app.vault.place import Place
from tests.app.device import CHEAP, PIN
from tests.app.fakes import opened
from tests.app.vaults import RefusingDisk, a_place, a_vault
from visit_core.errors import Corrupt, StoreError, WrongKey

NEW_PIN = "902147"
PHOTO, PICTURE = "a" * 32, b"seen at the door"
ORGANISATION = X25519PrivateKey.from_private_bytes(bytes(range(32)))


class Cut(BaseException):
    """The battery is out."""


class CuttingDisk(RefusingDisk):
    def _step(self) -> None:
        self.steps += 1
        if self.steps == self.refuse_at:
            raise Cut


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose store is entrusted to the organisation."""
    folder = tmp_path_factory.mktemp("made")
    vault = a_vault(a_place(folder))
    vault.entrust("aaaaaaaa", "http://127.0.0.1:1", None, ORGANISATION.public_key().public_bytes_raw().hex())
    settle_vault(vault)
    vault.db.insert({"n": 1})
    vault.db.remove(doc_ids=[vault.db.insert({"n": 2})])  # so that the next log is another length
    vault.db.vault.attachments.keep(PHOTO, PICTURE)
    vault.close()
    return folder


def stopped(
    made: Path, folder: Path, disk_of: Callable[[int], RefusingDisk], act: Callable[[OpenVault], None]
) -> Iterator[tuple[int, Place]]:
    """Homes in which `act` stopped at its first, second, third … step."""
    for step in range(1, 100):
        shutil.copytree(made, folder / str(step))
        place, disk = a_place(folder / str(step)), disk_of(step)
        at, disk.refuse_at = disk.refuse_at, None
        vault = open_vault(Place(place.home, place.secrets, place.clock, CHEAP, disk), PIN)
        disk.steps, disk.refuse_at = 0, at
        with contextlib.suppress(Cut, StoreError):
            act(vault)
        vault.db.close()
        vault.lock.release()
        if disk.steps < step:
            assert step > 20
            return
        yield step, place


def rotate(vault: OpenVault) -> None:
    vault.rotate_key(PIN)


def rotate_twice(vault: OpenVault) -> None:
    try:
        vault.rotate_key(PIN)
    except StoreError:
        vault.rotate_key(PIN)
        raise


def recover(place: Place) -> None:
    store_id, entrusted = entrusted_of(place)
    recover_vault(place, NEW_PIN, opened(ORGANISATION, entrusted.sealed, store_id))


def holds(place: Place, pin: str) -> bool:
    vault = open_vault(place, pin)
    try:
        return list(vault.db) == [{"n": 1}] and vault.db.vault.attachments.whole(PHOTO) == PICTURE
    finally:
        vault.close()


def test_a_forgotten_pin_after_a_cut_rotation_loses_nothing(made: Path, tmp_path: Path) -> None:
    for step, place in stopped(made, tmp_path, lambda step: CuttingDisk(step), rotate):
        recover(place)
        assert holds(place, NEW_PIN), step
        recover(place)
        assert holds(place, NEW_PIN), step
        with pytest.raises(WrongKey):
            open_vault(place, PIN)


def test_a_rotation_cut_at_any_step_leaves_a_store_that_the_same_pin_opens(made: Path, tmp_path: Path) -> None:
    for step, place in stopped(made, tmp_path, lambda step: CuttingDisk(step), rotate):
        assert holds(place, PIN), step
        recover(place)
        assert holds(place, NEW_PIN), step


@pytest.mark.parametrize("act", [rotate, rotate_twice])
def test_a_rotation_refused_at_any_step_and_begun_again_loses_nothing(
    made: Path, tmp_path: Path, act: Callable[[OpenVault], None]
) -> None:
    for step, place in stopped(made, tmp_path, lambda step: RefusingDisk(step), act):
        assert holds(place, PIN), step
        recover(place)
        assert holds(place, NEW_PIN), step


def test_another_key_opens_nothing(made: Path, tmp_path: Path) -> None:
    for _, place in stopped(made, tmp_path, lambda step: CuttingDisk(step), rotate):
        with pytest.raises(WrongKey):
            recover_vault(place, NEW_PIN, bytes(32))


def test_after_a_rotation_the_old_key_opens_no_photograph(made: Path, tmp_path: Path) -> None:
    shutil.copytree(made, tmp_path / "home")
    place = a_place(tmp_path / "home")
    vault = open_vault(place, PIN)
    old = vault.data_key
    vault.rotate_key(PIN)
    assert vault.db.vault.attachments.whole(PHOTO) == PICTURE
    vault.close()
    with pytest.raises(Corrupt):
        AttachmentStore(place.attachments, old).whole(PHOTO)


def test_what_is_damaged_stays_damaged_and_keeps_no_rotation_from_its_end(made: Path, tmp_path: Path) -> None:
    shutil.copytree(made, tmp_path / "home")
    place = a_place(tmp_path / "home")
    hurt = place.attachments / PHOTO
    *sound, last = hurt.read_bytes()
    hurt.write_bytes(bytes([*sound, last ^ 1]))
    vault = open_vault(place, PIN)
    vault.rotate_key(PIN)
    with pytest.raises(Corrupt):
        vault.db.vault.attachments.whole(PHOTO)
    vault.close()


def test_a_store_that_is_taken_away_takes_its_photographs_along(made: Path, tmp_path: Path) -> None:
    shutil.copytree(made, tmp_path / "home")
    place = a_place(tmp_path / "home")
    erase_vault(open_vault(place, PIN))
    assert not place.attachments.exists()
