"""The program as it is really started: processes, exit statuses, and the plug pulled right after a save."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from subprocess import PIPE
from typing import Any

import pytest

from demo.processes import hear_out, next_line
from tests.app.device import PIN, Device

ROOT = Path(__file__).parents[2]


def start(device: Device, *argv: str, pin: str = PIN) -> subprocess.Popen[bytes]:
    environ = {**os.environ, "FIELD_APP_PIN": pin, "FIELD_APP_SECRETS": str(device.secrets)}
    program = [sys.executable, "-m", "field_app.cli", "--home", str(device.home), *argv]
    return subprocess.Popen(program, cwd=ROOT, env=environ, stdin=PIPE, stdout=PIPE, stderr=PIPE)


def run(device: Device, *argv: str, pin: str = PIN) -> tuple[int, dict[str, Any]]:
    program = start(device, *argv, pin=pin)
    out, _ = hear_out(program)
    answer: dict[str, Any] = json.loads(out.decode("utf-8"))
    return program.returncode, answer


def saving(device: Device) -> subprocess.Popen[bytes]:
    program = [sys.executable, "-m", "tests.app.saver", str(device.home), str(device.secrets), PIN]
    return subprocess.Popen(program, cwd=ROOT, stdout=PIPE)


def test_a_record_goes_in_and_comes_out(ana: Device) -> None:
    status, made = run(ana, "add", "customer", "name=张三", "mobile=13800000000")
    assert status == 0
    status, shown = run(ana, "get", "customer", made["id"])
    assert (status, shown["record"]["name"]) == (0, "张三")


def test_a_wrong_pin_is_exit_4(ana: Device) -> None:
    assert run(ana, "status", pin="594837")[0] == 4


def test_a_lone_surrogate_on_the_command_line_is_refused_and_not_a_crash(ana: Device) -> None:
    status, told = run(ana, "add", "customer", os.fsdecode(b"name=\xff\xfe"))
    assert (status, told["error"]["field"]) == (2, "name")
    status, told = run(ana, "get", "customer", os.fsdecode(b"\xff"))
    assert (status, told["error"]["code"]) == (2, "not_found")


def test_nothing_listening_is_exit_3(ana: Device) -> None:
    run(ana, "add", "customer", "name=张三")
    status, told = run(ana, "sync")
    assert (status, told["error"]["code"]) == (3, "unreachable")


def test_a_second_process_is_exit_5_while_the_first_lives(ana: Device) -> None:
    first = saving(ana)
    try:
        next_line(first)
        status, told = run(ana, "status")
        assert (status, told["error"]["code"]) == (5, "locked")
    finally:
        first.kill()
        hear_out(first)
    assert run(ana, "status")[0] == 0


@pytest.mark.parametrize("saves", [1, 2, 5, 9, 14])
def test_every_acknowledged_save_outlives_a_sigkill(ana: Device, saves: int) -> None:
    program = saving(ana)
    acknowledged = [next_line(program).decode().strip() for _ in range(saves)]
    program.send_signal(signal.SIGKILL)
    rest, _ = hear_out(program)
    acknowledged += [line for line in rest.decode().splitlines() if len(line) == 32]
    kept = {record["id"] for record in ana.list("customer")}
    assert set(acknowledged) <= kept
    assert len(kept) <= len(acknowledged) + 1


def test_a_line_is_answered_while_more_may_come_and_outlives_a_sigkill(ana: Device) -> None:
    program = start(ana, "add", "customer", "--lines")
    assert program.stdin
    acknowledged = []
    for n in range(3):
        program.stdin.write(json.dumps({"name": f"客户 {n}"}).encode() + b"\n")
        program.stdin.flush()
        acknowledged.append(json.loads(next_line(program))["id"])
    program.send_signal(signal.SIGKILL)
    hear_out(program)
    assert [record["id"] for record in ana.list("customer")] == acknowledged
