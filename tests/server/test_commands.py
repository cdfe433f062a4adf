"""The operator's program, run for real."""

import json
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from demo.processes import hear_out, next_line
from tests.server.running import Operator
from tests.server.test_store_file import SECRETS, encodings
from visit_core.explain import sentence
from visit_core.invite import parse_invite

HEADER = "客户姓名,联系电话,电子邮箱,家庭住址\n"


@pytest.fixture
def operator(tmp_path: Path) -> Operator:
    made = Operator(tmp_path)
    made.says("init", "--organisation", "好邻居")
    return made


def test_the_key_is_not_in_the_home_and_only_its_owner_reads_it(operator, tmp_path):
    (key,) = (tmp_path / "config").rglob("*.key")
    assert key.stat().st_mode & 0o777 == 0o600
    assert (operator.home / "ca.key").stat().st_mode & 0o777 == 0o600
    kept = key.read_text().strip()
    assert not [path for path in operator.home.iterdir() if kept.encode() in path.read_bytes()]


def test_a_home_is_made_once(operator):
    assert operator.says("init", status=2)["error"]["code"] == "already_enrolled"


def test_a_person_enrols_while_the_server_runs_and_is_revoked_while_it_runs(operator):
    person = operator.says("add-person", "--name", SECRETS[0], "--role", "rep", "--team", "🏠 东")["person_id"]
    assert operator.says("enrol-code", "--person", person)["invite"] is None
    with operator.serving() as (address, _):
        made = operator.says("enrol-code", "--person", person)
        invite = parse_invite(made["invite"])
        assert (invite.address, invite.ca, invite.code) == (address, None, made["code"])
        told = httpx.post(f"{address}/v1/devices", json={"code": invite.code}).json()
        assert told["person"] == person
        signed = {"authorization": f"Bearer {told['token']}"}
        assert httpx.get(f"{address}/v1/time", headers=signed).status_code == 200
        assert operator.says("devices")["devices"][0]["device"] == told["device"]
        operator.says("revoke", "--device", told["device"])
        assert httpx.get(f"{address}/v1/time", headers=signed).status_code == 410
        assert operator.says("get", "person", person)["record"]["name"] == SECRETS[0]
        assert operator.says("conflicts") == {"conflicts": []}
    assert operator.says("verify")["ok"] is True
    assert "status=200" in operator.log
    assert not [form for secret in SECRETS for form in encodings(secret) if form in operator.log.encode()]
    assert told["token"] not in operator.log
    assert invite.code not in operator.log


def test_a_second_server_on_one_home_is_refused(operator):
    with operator.serving():
        assert operator.says("serve", "--port", "0", status=2)["error"]["code"] == "locked"


def test_off_loopback_a_certificate_is_needed_and_the_refusal_says_how(operator):
    refused = operator.says("serve", "--host", "::", status=2)["error"]
    assert (refused["code"], refused["field"]) == ("no_certificate", "host")
    assert "certificate --name" in refused["message"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["add-person", "--name", "x", "--role", "king", "--team", "t"], "choice"),
        (["add-person", "--name", "x"], "arguments"),
        (["enrol-code", "--person", "nobody"], "not_found"),
        (["revoke", "--device", "nothing"], "not_found"),
        (["recovery-code", "--device", "nothing"], "not_found"),
        (["recovery-code", "--device", "nothing", "--minutes", "1441"], "setting"),
        (["get", "customer", "nothing"], "not_found"),
        (["certificate", "--name", "not a host/"], "host"),
        (["import", "nothing.csv", "--team", "t"], "not_found"),
    ],
)
def test_bad_input_is_answered_with_a_code_and_status_2(operator, words, code):
    error = operator.says(*words, status=2)["error"]
    assert error["code"] == code
    assert error["message"]


def test_a_damaged_store_is_status_4(operator):
    path = operator.home / "central.db"
    path.write_bytes(b"\xaa" * len(path.read_bytes()))
    error = operator.says("verify", status=4)["error"]
    assert (error["code"], error["message"]) == ("corrupt", sentence("error.corrupt.central", "en"))


def test_customers_of_a_file_come_in_once_and_bad_rows_are_named(operator, tmp_path):
    table = tmp_path / "customers.csv"
    rows = ["王芳,13800000000,,春风路1号", "李强,123,,", '"赵,敏",139 0000 0000,z@example.cn,"a\nb"', "=cmd(),,,"]
    table.write_bytes((HEADER + "\n".join(rows)).encode("gb18030"))
    dry = operator.says("import", str(table), "--team", "east", "--dry-run")
    assert (dry["imported"], dry["new"]) == (0, 3)
    told = operator.says("import", str(table), "--team", "east")
    assert told["imported"] == 3
    assert {(one["row"], one["column"]) for one in told["refused"]} == {(3, "联系电话")}
    assert told["refused"][0]["message"] == "请输入正确的11位手机号码"
    assert operator.says("import", str(table), "--team", "east")["known"] == 3


def test_start_asks_three_questions_once_and_then_just_serves(operator):
    command = [sys.executable, "-m", "sync_server", "start", "--port", "0"]
    invites = []
    for answers in ("好邻居\n王芳\n\n", ""):
        server = subprocess.Popen(
            command, env=operator.environment, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        assert server.stdin
        server.stdin.write(answers)
        server.stdin.flush()
        first = json.loads(next_line(server))
        if "invite" in first:
            invites.append(parse_invite(first["invite"]))
            first = json.loads(next_line(server))
        assert httpx.get(first["address"] + "/v1/healthz").json()["ok"] is True
        server.terminate()
        hear_out(server)
        assert server.returncode == 0
    assert len(invites) == 1


def test_a_backup_is_made_while_it_is_served_and_restored_when_it_is_not(operator, tmp_path):
    operator.says("add-person", "--name", SECRETS[0], "--role", "rep", "--team", "east")
    file = str(tmp_path / "away" / "one.backup")
    with operator.serving() as (address, _):
        made = operator.says("backup", file)
        assert made["counts"]["person"] == 1
        assert operator.says("restore", file, status=2)["error"]["code"] == "locked"
        assert httpx.get(f"{address}/v1/healthz").status_code == 200
    assert operator.says("verify", file)["sha256"] == made["sha256"]
    assert operator.says("status")["backup_age_hours"] == 0
    operator.says("add-person", "--name", "后来的", "--role", "rep", "--team", "east")
    done = operator.says("restore", file)
    assert (done["counts"]["person"], done["revoked_again"]) == (1, 0)
    assert operator.says("verify")["counts"]["person"] == 1
    assert operator.says("upgrade")["backup"] is None
    assert {path.name for path in operator.home.glob("central.db*")} == {"central.db", "central.db.replaced"}


def test_a_backup_that_is_none_is_refused_and_touches_nothing(operator, tmp_path):
    (tmp_path / "no.backup").write_bytes(b"nothing")
    error = operator.says("restore", str(tmp_path / "no.backup"), status=4)["error"]
    assert (error["code"], error["message"]) == ("corrupt", sentence("error.corrupt.no_backup", "en"))
    assert operator.says("restore", str(tmp_path / "missing"), status=2)["error"]["code"] == "not_found"
    assert operator.says("verify")["ok"] is True
