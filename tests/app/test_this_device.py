"""The device itself, by its commands: enrolment, status, PIN, damage, quarantine, exit statuses, logs."""

import logging
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from tests.app.conftest import Enrol
from tests.app.device import PIN, Device
from tests.app.fakes import FakeClock, FakeServer
from visit_core.errors import ClonedDevice, DeviceRevoked, NotSignedIn, TooManyTries, Unreachable, VisitError
from visit_core.ids import team_scope
from visit_core.protocol import ErrorInfo
from visit_core.rescues import RescueFile

CANARY = ("欧阳金丝雀", "13812345678")


def test_enrolment_makes_a_home_somebodys_device(tmp_path: Path, server: FakeServer, clock: FakeClock) -> None:
    device = Device(tmp_path, server, clock)
    assert device.refuse(2, "status")["code"] == "not_enrolled"
    told = device.ask("enrol", "--server", "http://127.0.0.1:1", "--code", server.invites("ana"))
    assert (told["name"], told["role"]) == ("ana", "rep")
    assert "token" not in told
    assert device.ask("status")["waiting"] == 0


def test_a_wrong_code_leaves_no_store_and_no_secret_and_the_next_try_works(
    tmp_path: Path, server: FakeServer, clock: FakeClock
) -> None:
    device = Device(tmp_path, server, clock)
    assert device.refuse(2, "enrol", "--server", "http://127.0.0.1:1", "--code", "no")["code"] == "code_refused"
    server.is_off = True
    assert device.refuse(3, "enrol", "--server", "http://127.0.0.1:1", "--code", "no")["code"] == "unreachable"
    server.is_off = False
    assert not any(device.secrets.iterdir())
    assert not (device.home / "store" / "keys.json").exists()
    device.ask("enrol", "--server", "http://127.0.0.1:1", "--code", server.invites("ana"))


def test_a_weak_pin_is_refused_before_the_code_is_used_up(tmp_path: Path, server: FakeServer, clock: FakeClock) -> None:
    device, code = Device(tmp_path, server, clock), server.invites("ana")
    enrol = ("enrol", "--server", "http://127.0.0.1:1", "--code", code)
    for pin in ("", "123456", "1111111", "12345"):
        assert device.refuse(2, *enrol, FIELD_APP_PIN=pin)["code"] == "not_valid"
    device.ask(*enrol)


def test_an_enrolled_home_is_not_enrolled_again(ana: Device, server: FakeServer) -> None:
    error = ana.refuse(2, "enrol", "--server", "http://127.0.0.1:1", "--code", server.invites("eve"))
    assert error["code"] == "already_enrolled"


@pytest.mark.parametrize("argv", [(), ("--invite", "rubbish"), ("--server", "http://127.0.0.1:1")])
def test_an_invite_that_is_none_is_refused(tmp_path: Path, server: FakeServer, clock: FakeClock, argv: str) -> None:
    assert Device(tmp_path, server, clock).refuse(2, "enrol", *argv)["field"] == "invite"


def test_secrets_inside_the_home_are_refused(tmp_path: Path, server: FakeServer, clock: FakeClock) -> None:
    device = Device(tmp_path, server, clock)
    device.secrets = device.home / "secrets"
    assert device.refuse(2, "status")["field"] == "FIELD_APP_SECRETS"


def test_status_tells_what_waits_and_when_the_server_was_last_met(ana: Device) -> None:
    ana.add("customer", "name=张三")
    told = ana.ask("status")
    assert (told["waiting"], told["quarantined"], told["last_sync"]) == (1, 0, None)
    counts = {"pushed": 1, "pulled": 2, "conflicts": 0, "quarantined": 0, "waiting": 0, "back_off_s": 0}
    assert ana.sync() == {**counts, "photos_sent": 0, "photos_waiting": 0}
    assert ana.ask("status")["last_sync"] == "2026-11-21T02:00:00.000Z"


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (Unreachable(), 3),
        (TooManyTries(wait_s=3), 3),
        (TooManyTries(), 3),
        (ClonedDevice(n=1), 3),
        (DeviceRevoked(), 6),
        (NotSignedIn(), 6),
    ],
)
def test_each_trouble_with_the_server_has_its_exit_status_and_loses_nothing(
    ana: Device, error: VisitError, status: int
) -> None:
    ana.add("customer", "name=张三")
    ana.server.raises = error
    assert ana.refuse(status, "sync")["message"]
    assert ana.ask("status")["waiting"] == 1


def test_a_refused_change_is_shown_with_the_reason(ana: Device) -> None:
    ana.server.refuses = lambda change: ErrorInfo(code="not_valid", field="name")
    customer = ana.add("customer", "name=张三")
    assert ana.sync()["quarantined"] == 1
    (entry,) = ana.ask("quarantine")["quarantined"]
    assert (entry["id"], entry["error"]["field"]) == (customer, "name")


def test_a_wrong_pin_says_so_and_leaves_the_data_alone(ana: Device) -> None:
    ana.add("customer", "name=张三")
    assert ana.refuse(4, "list", "customer", FIELD_APP_PIN="594837")["code"] == "wrong_key"
    assert len(ana.list("customer")) == 1


def test_after_three_wrong_pins_the_wait_is_told(ana: Device) -> None:
    for _ in range(3):
        ana.refuse(4, "status", FIELD_APP_PIN="594837")
    error = ana.refuse(4, "status")
    assert (error["code"], error["wait_s"]) == ("too_soon", 1)
    ana.clock.passes(1_000)
    ana.ask("status")


def test_the_pin_is_changed_and_the_records_stay(ana: Device) -> None:
    ana.add("customer", "name=张三")
    ana.ask("change-pin", FIELD_APP_NEW_PIN="902147")
    ana.refuse(4, "status")
    ana.pin = "902147"
    assert len(ana.list("customer")) == 1
    assert ana.refuse(2, "change-pin", FIELD_APP_NEW_PIN="123456")["field"] == "pin"


def hurt(blob: bytes, at: int) -> bytes:
    """The same with one bit flipped: a byte that is put there might be there already."""
    return blob[:at] + bytes([blob[at] ^ 1]) + blob[at + 1 :]


def test_a_damaged_store_is_refused_with_the_way_out_and_salvaged(ana: Device) -> None:
    ana.add("customer", "name=张三")
    ana.add("customer", "name=李四")
    log = ana.home / "store" / "data.log"
    whole = log.read_bytes()
    first = whole.rindex(b"VFR1", 0, whole.rindex(b"VFR1"))  # the save before the last one
    log.write_bytes(hurt(whole, first + 50))
    for command in (("list", "customer"), ("verify",), ("sync",)):
        error = ana.refuse(4, *command)
        assert error["code"] == "corrupt"
        assert "salvage" in error["message"]
    told = ana.ask("salvage")
    assert (told["salvaged"], told["missing_frames"], told["waiting"]) == (True, 1, 1)
    assert [record["name"] for record in ana.list("customer")] == ["李四"]
    assert ana.sync()["pushed"] == 1
    assert ana.ask("salvage")["salvaged"] is False


def test_a_row_that_the_damage_took_is_read_again_from_the_server(ana: Device, server: FakeServer) -> None:
    log = ana.home / "store" / "data.log"
    ana.sync()
    server.puts("customer", "a" * 32, {"name": "张三"}, [team_scope("north")])
    ana.sync()
    taken_in_at = log.read_bytes().rindex(b"VFR1")
    server.puts("customer", "b" * 32, {"name": "李四"}, [team_scope("north")])
    ana.sync()
    whole = log.read_bytes()
    log.write_bytes(hurt(whole, taken_in_at + 50))
    ana.ask("salvage")
    assert [record["name"] for record in ana.list("customer")] == ["李四"]
    ana.sync()
    assert {record["name"] for record in ana.list("customer")} == {"张三", "李四"}


def test_an_older_copy_of_the_store_is_noticed_and_taken_only_on_purpose(ana: Device) -> None:
    ana.add("customer", "name=张三")
    log = ana.home / "store" / "data.log"
    older = log.read_bytes()
    ana.add("customer", "name=李四")
    log.write_bytes(older)
    error = ana.refuse(4, "list", "customer")
    assert error["code"] == "rollback"
    assert ana.ask("salvage")["salvaged"] is True
    assert [record["name"] for record in ana.list("customer")] == ["张三"]


def test_a_rotated_key_a_compaction_and_a_wipe_are_commands(ana: Device) -> None:
    ana.add("customer", "name=张三")
    ring = (ana.home / "store" / "keys.json").read_bytes()
    assert ana.ask("rotate-key")["rotated"] is True
    assert (ana.home / "store" / "keys.json").read_bytes() != ring
    ana.ask("compact")
    assert [record["name"] for record in ana.list("customer")] == ["张三"]
    assert ana.refuse(2, "wipe")["code"] == "not_valid"
    assert ana.ask("wipe", "--lose-unsent") == {"wiped": True, "lost": 1}
    assert ana.refuse(2, "status")["code"] == "not_enrolled"
    assert not [path for path in (ana.home / "store").iterdir() if path.name != "data.lock"]


def test_verify_reads_all_that_is_kept(ana: Device) -> None:
    ana.add("customer", "name=张三")
    told = ana.ask("verify")
    assert (told["ok"], told["waiting"]) == (True, 1)


def test_a_store_that_is_open_elsewhere_is_exit_5(ana: Device) -> None:
    from field_app.vault.lock import StoreLock

    lock = StoreLock(ana.home / "store" / "data.lock")
    assert ana.refuse(5, "status")["code"] == "locked"
    lock.release()
    ana.ask("status")


@pytest.mark.parametrize("argv", [(), ("dance",), ("add",), ("list",), ("list", "customer", "--limit", "x"), ("set",)])
def test_arguments_that_make_no_sense_are_one_json_object_and_exit_2(ana: Device, argv: tuple[str, ...]) -> None:
    assert ana.refuse(2, *argv)["field"] == "command"


def test_a_defect_of_ours_tells_nothing_of_a_person(ana: Device, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError(CANARY[0])

    monkeypatch.setattr("field_app.actions.records.add", broken)
    error = ana.refuse(1, "add", "customer", f"name={CANARY[0]}")
    assert error["code"] == "unexpected"
    assert CANARY[0] not in str(error)


def test_no_log_line_tells_of_a_person(ana: Device, enrolled: Enrol, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    name, mobile = CANARY
    ana.server.refuses = lambda change: (
        ErrorInfo(code="not_valid", field="name") if change.fields.get("remark") == name else None
    )
    customer = ana.add("customer", f"name={name}", f"mobile={mobile}")
    ana.add("customer", f"name={name}", f"remark={name}")
    ana.add("visit", f"customer_id={customer}", "outcome=sold", f"content={name}")
    ana.refuse(2, "add", "customer", f"{name}={mobile}")
    ana.refuse(2, "add", "customer", f"mobile={name}")
    ana.refuse(2, "get", name, mobile)
    ana.refuse(2, name, mobile)
    ana.sync()
    ana.server.raises = Unreachable()
    ana.refuse(3, "sync")
    assert "synced pushed=" in caplog.text
    for word in (*CANARY, PIN, "token", "ana"):
        assert word not in caplog.text.replace("unreachable", "").replace("command", "")


def test_a_device_from_before_recovery_keys_entrusts_its_own_at_a_later_sync(
    tmp_path: Path, server: FakeServer, clock: FakeClock
) -> None:
    key, server.organisation_key = server.organisation_key, None
    old = Device(tmp_path, server, clock)
    old.ask("enrol", "--server", "http://127.0.0.1:1", "--code", server.invites("old"))
    old.add("customer", f"name={CANARY[0]}")
    old.sync()  # its server is of before, too
    assert old.refuse(2, "rescue", str(tmp_path / "none"))["why"] == "not_entrusted"
    server.organisation_key = key
    public = X25519PrivateKey.from_private_bytes(key or b"").public_key().public_bytes_raw().hex()
    server.told["/v1/recovery-key"] = {"organisation_key": public}
    old.sync()
    assert old.ask("rescue", str(tmp_path / "rescue"))["rescued"] == 0
    server.recovery_codes["123456"] = old.ask("status")["device"]
    assert old.ask("recover", "--code", "123456", FIELD_APP_NEW_PIN="902147") == {"recovered": True}
    old.pin = "902147"
    assert len(old.list("customer")) == 1


def test_a_store_is_wiped_once_what_is_unsent_lies_in_a_rescue_file(ana: Device, tmp_path: Path) -> None:
    ana.add("customer", f"name={CANARY[0]}")
    assert ana.refuse(2, "wipe", "--rescue", str(tmp_path / "none" / "rescue.json"))["code"] == "not_found"
    file = tmp_path / "rescue.json"
    assert ana.ask("wipe", "--rescue", str(file)) == {"wiped": True, "lost": 0}
    assert RescueFile.model_validate_json(file.read_bytes())


def test_a_rescue_file_is_written_lets_the_store_be_wiped_and_is_handed_in(
    ana: Device, enrolled: Enrol, tmp_path: Path
) -> None:
    ana.add("customer", f"name={CANARY[0]}")
    assert ana.refuse(2, "wipe")["why"] == "unsent"
    file = tmp_path / "rescue.json"
    assert ana.ask("rescue", str(file)) == {"rescued": 1, "photos": 0, "photos_left": 0, "file": str(file)}
    assert CANARY[0] not in file.read_text()
    assert ana.ask("wipe") == {"wiped": True, "lost": 0}
    sue = enrolled("sue", "supervisor")
    sue.server.told["/v1/rescues"] = {"device": "aaaaaaaa", "taken": 1}
    assert sue.ask("take-rescue", str(file))["taken"] == 1
    ((path, said),) = sue.server.heard
    assert (path, isinstance(said, RescueFile)) == ("/v1/rescues", True)
    (tmp_path / "other").write_text("{}")
    assert sue.refuse(2, "take-rescue", str(tmp_path / "other"))["code"] == "not_found"
    assert sue.refuse(2, "take-rescue", str(tmp_path / "none"))["code"] == "not_found"
