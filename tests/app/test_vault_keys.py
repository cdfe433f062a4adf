"""Who can open a store: PINs, the device secret, delays, and one at a time."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from field_app.vault import kdf
from field_app.vault.files import Disk
from field_app.vault.kdf import Kdf, KdfCost, has_argon2id
from field_app.vault.keys import KeyRing, new_ring, read_ring, write_ring
from field_app.vault.opening import open_vault
from field_app.vault.secrets import SecretFiles
from tests.app.device import CHEAP, PIN
from tests.app.fakes import FakeClock
from tests.app.vaults import a_place, a_vault
from visit_core.errors import AlreadyEnrolled, Corrupt, Locked, NotEnrolled, NotValid, TooSoon, WrongKey

WRONG = "594837"
ROOT = Path(__file__).parents[2]


def test_the_right_pin_opens_and_a_wrong_one_does_not(tmp_path: Path) -> None:
    place = a_place(tmp_path)
    a_vault(place).close()
    with pytest.raises(WrongKey):
        open_vault(place, WRONG)
    open_vault(place, PIN).close()


def test_full_width_digits_are_the_same_pin(tmp_path: Path) -> None:
    place = a_place(tmp_path)
    a_vault(place, "４８２９１３").close()
    open_vault(place, PIN).close()


def test_a_copied_home_is_worth_nothing_without_the_device_secret(tmp_path: Path) -> None:
    place = a_place(tmp_path)
    vault = a_vault(place)
    vault.close()
    place.secrets.keep(f"{vault.ring.store_id}.secret", bytes(32))
    with pytest.raises(WrongKey):
        open_vault(place, PIN)
    place.secrets.forget(f"{vault.ring.store_id}.secret")
    with pytest.raises(WrongKey):
        open_vault(place, PIN)


def test_a_secret_is_readable_by_its_owner_alone_and_never_inside_the_home(tmp_path: Path) -> None:
    secrets = SecretFiles(tmp_path / "config", tmp_path / "home")
    secrets.keep("x.secret", b"s")
    assert (tmp_path / "config" / "x.secret").stat().st_mode & 0o777 == 0o600
    for inside in (tmp_path / "home", tmp_path / "home" / "a", tmp_path / "home" / ".." / "home" / "b"):
        with pytest.raises(NotValid):
            SecretFiles(inside, tmp_path / "home")


def test_a_link_that_leads_into_the_home_is_seen_through(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "elsewhere").symlink_to(tmp_path / "home")
    with pytest.raises(NotValid):
        SecretFiles(tmp_path / "elsewhere", tmp_path / "home")


def test_a_changed_pin_opens_the_same_data_and_the_old_one_no_longer(tmp_path: Path) -> None:
    place = a_place(tmp_path)
    vault = a_vault(place)
    vault.db.insert({"kept": True})
    sealed = place.log.read_bytes()
    vault.change_pin("902147")
    vault.close()
    assert place.log.read_bytes() == sealed
    with pytest.raises(WrongKey):
        open_vault(place, PIN)
    again = open_vault(place, "902147")
    assert again.db.all() == [{"kept": True}]
    again.close()


def test_a_weak_new_pin_changes_nothing(tmp_path: Path) -> None:
    place = a_place(tmp_path)
    vault = a_vault(place)
    with pytest.raises(NotValid):
        vault.change_pin("111111")
    vault.close()
    open_vault(place, PIN).close()


def test_growing_delays_follow_wrong_pins_and_the_right_one_ends_them(tmp_path: Path) -> None:
    clock = FakeClock()
    place = a_place(tmp_path, clock)
    a_vault(place).close()
    waits = []
    for _ in range(7):
        try:
            with pytest.raises(WrongKey):
                open_vault(place, WRONG)
        except TooSoon as too_soon:
            waits.append(too_soon.facts["wait_s"])
            clock.passes(int(too_soon.facts["wait_s"]) * 1000)
            with pytest.raises(WrongKey):
                open_vault(place, WRONG)
    assert waits == [1, 5, 30, 60]
    with pytest.raises(TooSoon):
        open_vault(place, PIN)
    clock.passes(60_000)
    open_vault(place, PIN).close()
    with pytest.raises(WrongKey):
        open_vault(place, WRONG)


def wrong_tries(place_folder: Path, clock: FakeClock, count: int) -> None:
    for _ in range(count):
        with pytest.raises(WrongKey):
            open_vault(a_place(place_folder, clock), WRONG)


@pytest.mark.parametrize("trick", ["set_back", "set_forward", "restart_and_set_back"])
def test_no_trick_with_the_clock_shortens_a_delay(tmp_path: Path, trick: str) -> None:
    clock = FakeClock()
    a_vault(a_place(tmp_path, clock)).close()
    wrong_tries(tmp_path, clock, 3)
    if trick == "restart_and_set_back":
        clock.restarts()
    clock.is_set(3_600_000 if trick == "set_forward" else -3_600_000)
    with pytest.raises(TooSoon):
        open_vault(a_place(tmp_path, clock), PIN)
    clock.passes(1_000)
    open_vault(a_place(tmp_path, clock), PIN).close()


def test_a_try_counts_even_if_the_program_is_killed_during_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = FakeClock()
    place = a_place(tmp_path, clock)
    vault = a_vault(place)
    vault.close()

    def killed(*_: object) -> bytes:
        raise KeyboardInterrupt

    monkeypatch.setattr(KeyRing, "unlock", killed)
    for _ in range(3):
        with pytest.raises(KeyboardInterrupt):
            open_vault(place, WRONG)
    with pytest.raises(TooSoon):
        open_vault(place, WRONG)


def test_a_home_that_has_no_store_says_so_and_one_that_has_is_not_made_again(tmp_path: Path) -> None:
    place = a_place(tmp_path)
    with pytest.raises(NotEnrolled):
        open_vault(place, PIN)
    a_vault(place).close()
    with pytest.raises(AlreadyEnrolled):
        a_vault(place)
    open_vault(place, PIN).close()


def test_a_second_instance_is_locked_out_until_the_first_closes(tmp_path: Path) -> None:
    place = a_place(tmp_path)
    vault = a_vault(place)
    with pytest.raises(Locked):
        open_vault(place, PIN)
    vault.close()
    open_vault(place, PIN).close()


def test_a_second_process_is_locked_out(tmp_path: Path) -> None:
    place = a_place(tmp_path)
    vault = a_vault(place)
    program = "import pathlib, sys; from field_app.vault.lock import StoreLock; StoreLock(pathlib.Path(sys.argv[1]))"
    lock = place.home / "store" / "data.lock"
    second = subprocess.run([sys.executable, "-c", program, lock], cwd=ROOT, capture_output=True, timeout=60)
    assert b"Locked" in second.stderr
    vault.close()


def test_every_flipped_byte_of_the_key_ring_is_damage_and_not_a_wrong_pin(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    ring, _key = new_ring("0" * 32, PIN, bytes(32), CHEAP)
    write_ring(path, ring, Disk())
    whole = path.read_bytes()
    path.with_name("keys.copy.json").unlink()
    for at in range(0, len(whole)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        try:
            assert read_ring(path) == ring  # blanks between the parts say nothing
        except Corrupt:
            continue
    for cut in range(len(whole)):
        path.write_bytes(whole[:cut])
        with pytest.raises(Corrupt):
            read_ring(path)


def test_a_damaged_key_ring_is_read_from_its_copy(tmp_path: Path) -> None:
    place = a_place(tmp_path)
    a_vault(place).close()
    place.keys.write_bytes(b"rubble")
    open_vault(place, PIN).close()


def test_a_slot_whose_cost_was_lowered_by_hand_does_not_open(tmp_path: Path) -> None:
    ring, _key = new_ring("0" * 32, PIN, None, CHEAP)
    slot = ring.slots[0]
    cheaper = slot.kdf.model_copy(update={"memory_kib": 8, "log_n": 1})
    forged = ring.model_copy(update={"slots": (slot.model_copy(update={"kdf": cheaper}),)})
    with pytest.raises(WrongKey):
        forged.unlock(PIN, None)


def test_a_forged_cost_beyond_reason_is_damage_and_not_a_full_memory() -> None:
    with pytest.raises(ValueError, match="log_n"):
        Kdf(name="scrypt", salt="0" * 32, log_n=40)


def test_scrypt_opens_what_scrypt_sealed_where_there_is_no_argon2id(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("field_app.vault.keys.has_argon2id", lambda: False)
    ring, key = new_ring("0" * 32, PIN, bytes(32), CHEAP)
    assert ring.slots[0].kdf.name == "scrypt"
    assert ring.unlock(PIN, bytes(32)) == [key]


@pytest.mark.skipif(not has_argon2id(), reason="no Argon2id in this cryptography")
def test_argon2id_is_taken_where_it_runs() -> None:
    ring, key = new_ring("0" * 32, PIN, bytes(32), CHEAP)
    assert ring.slots[0].kdf.name == "argon2id"
    assert ring.unlock(PIN, bytes(32)) == [key]


def test_the_default_cost_is_the_strong_one_and_nothing_but_a_parameter_lowers_it() -> None:
    assert KdfCost() == kdf.STRONG == KdfCost(memory_kib=65_536, passes=3, scrypt_log_n=16)


def test_nothing_personal_or_secret_stands_in_the_key_ring(tmp_path: Path) -> None:
    place = a_place(tmp_path)
    vault = a_vault(place)
    vault.close()
    text = place.keys.read_text("ascii")
    assert PIN not in text
    assert vault.data_key.hex() not in text
    assert set(json.loads(text)) == {"ring", "sha256"}
