"""A forgotten PIN or a lost device secret loses nothing: the organisation opens the store for its person."""

import shutil
from pathlib import Path

import pytest

from tests.app.device import Device
from tests.app.fakes import FakeServer


@pytest.fixture
def ana(tmp_path: Path, server: FakeServer) -> Device:
    device = Device(tmp_path, server, server.clock)
    device.ask("enrol", "--server", "http://127.0.0.1:1", "--code", server.invites("ana"))
    device.add("customer", "name=张三")
    server.recovery_codes["once"] = device.ask("status")["device"]
    return device


def names(device: Device) -> list[str]:
    return [record["name"] for record in device.list("customer")]


def test_an_admins_code_lets_a_new_pin_open_the_store_with_unsent_work_inside(ana: Device) -> None:
    ana.ask("recover", "--code", " once ", FIELD_APP_NEW_PIN="902147")
    assert ana.refuse(4, "status")["code"] == "wrong_key"
    ana.pin = "902147"
    assert names(ana) == ["张三"]
    assert ana.sync()["pushed"] == 1


def test_the_code_is_good_once_and_for_its_device_alone(ana: Device, server: FakeServer) -> None:
    ana.ask("recover", "--code", "once", FIELD_APP_NEW_PIN="902147")
    server.recovery_codes["another's"] = "bbbbbbbb"
    for code in ("once", "another's", "guessed"):
        assert ana.refuse(2, "recover", "--code", code, FIELD_APP_NEW_PIN="118822")["code"] == "code_refused"
    ana.pin = "902147"
    assert names(ana) == ["张三"]


def test_a_lost_device_secret_is_drawn_anew(ana: Device) -> None:
    shutil.rmtree(ana.secrets)
    assert ana.refuse(4, "status")["code"] == "wrong_key"
    ana.ask("recover", "--code", "once", FIELD_APP_NEW_PIN="902147")
    ana.pin = "902147"
    assert names(ana) == ["张三"]


def test_a_rotated_key_is_entrusted_again(ana: Device) -> None:
    ana.ask("rotate-key")
    ana.ask("recover", "--code", "once", FIELD_APP_NEW_PIN="902147")
    ana.pin = "902147"
    assert names(ana) == ["张三"]


def test_without_a_network_it_is_told_plainly_and_nothing_is_changed(ana: Device, server: FakeServer) -> None:
    server.is_off = True
    assert ana.refuse(3, "recover", "--code", "once", FIELD_APP_NEW_PIN="902147")["code"] == "unreachable"
    assert names(ana) == ["张三"]


def test_a_pin_that_is_guessed_at_once_is_refused_before_the_code_is_used(ana: Device, server: FakeServer) -> None:
    assert ana.refuse(2, "recover", "--code", "once", FIELD_APP_NEW_PIN="123456")["code"] == "not_valid"
    assert "once" in server.recovery_codes


def test_after_wrong_pins_a_recovery_does_not_wait(ana: Device) -> None:
    good, ana.pin = ana.pin, "777123"
    for _ in range(5):
        ana.run("status")
    ana.ask("recover", "--code", "once", FIELD_APP_NEW_PIN=good)
    ana.pin = good
    assert names(ana) == ["张三"]
