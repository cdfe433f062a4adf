"""A rep forgets the PIN with unsent work on the phone: the real programs, over TLS, until the work is at the office."""

import io
import json
from pathlib import Path
from typing import Any

import pytest

from field_app.cli import Surroundings, main
from tests.server.running import Operator
from tests.street import CHEAP

FORGOTTEN, FRESH = "730914", "902147"


class ScriptedDevice:
    """One home, run by the program's own `main`, with the real clock and the real network."""

    def __init__(self, folder: Path) -> None:
        self.home, self.secrets, self.pin = folder / "home", folder / "secrets", FORGOTTEN

    def asks(self, *words: str, status: int = 0, **environment: str) -> dict[str, Any]:
        told = {"FIELD_APP_PIN": self.pin, "FIELD_APP_SECRETS": str(self.secrets), **environment}
        out = io.StringIO()
        around = Surroundings(environ=told, stdin=io.StringIO(), stdout=out, cost=CHEAP)
        ended = main(["--home", str(self.home), *words], around)
        assert ended == status, out.getvalue()
        answer: dict[str, Any] = json.loads(out.getvalue())
        return answer

    def recovers(self, code: str, status: int = 0) -> dict[str, Any]:
        return self.asks("recover", "--code", code, status=status, FIELD_APP_NEW_PIN=FRESH)


@pytest.fixture
def operator(tmp_path: Path) -> Operator:
    made = Operator(tmp_path / "server")
    made.says("init", "--organisation", "好邻居")
    made.says("certificate", "--name", "127.0.0.1")
    return made


@pytest.fixture
def phone(tmp_path: Path) -> ScriptedDevice:
    return ScriptedDevice(tmp_path / "phone")


@pytest.fixture
def port(operator: Operator, phone: ScriptedDevice) -> str:
    """Where the server was when the phone enrolled; it is down since, and the phone has unsent work."""
    rep = operator.says("add-person", "--name", "安娜", "--role", "rep", "--team", "东")["person_id"]
    with operator.serving("--tls") as (address, _):
        phone.asks("enrol", "--invite", operator.says("enrol-code", "--person", rep)["invite"])
        phone.asks("sync")
    phone.asks("add", "customer", "name=张三", "mobile=13800000000")
    phone.asks("sync", status=3)
    return address.rpartition(":")[2]


def test_who_forgot_the_pin_sets_a_new_one_and_everything_unsent_reaches_the_office(operator, phone, port):
    device, customer = phone.asks("status")["device"], phone.asks("list", "customer")["records"][0]["id"]
    code = operator.says("recovery-code", "--device", device)["code"]
    phone.pin = "118822"
    assert phone.asks("status", status=4)["error"]["code"] == "wrong_key"
    assert phone.recovers(code, status=3)["error"]["code"] == "unreachable"
    with operator.serving("--tls", "--port", port):
        assert phone.recovers("guessed", status=2)["error"]["code"] == "code_refused"
        phone.recovers(code)
        assert phone.recovers(code, status=2)["error"]["code"] == "code_refused"
        phone.pin = FORGOTTEN
        assert phone.asks("status", status=4)["error"]["code"] == "wrong_key"
        phone.pin = FRESH
        assert [one["name"] for one in phone.asks("list", "customer")["records"]] == ["张三"]
        assert phone.asks("status")["waiting"] == 1
        assert phone.asks("sync")["pushed"] == 1
    assert operator.says("get", "customer", customer)["record"]["name"] == "张三"
    assert operator.says("verify")["ok"] is True
    assert "path=/recoveries status=200" in operator.log
    assert not [secret for secret in (code, FRESH, "张三", "13800000000") if secret in operator.log]
