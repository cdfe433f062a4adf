"""The story's processes: the operator's commands, a server of its own, and the devices."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, AnyStr

Answer = dict[str, Any]
ROOT = Path(__file__).parents[1]
PATIENCE_S = 60


class ProcessFailed(Exception):
    """A command ended otherwise than the story expects."""


def ask(module: str, *words: str, env: Mapping[str, str], stdin: str | None = None) -> tuple[int, Answer]:
    """Run `python -m module words…` to its end; give its exit status and the JSON it printed."""
    done = subprocess.run(
        [sys.executable, "-m", module, *words],
        cwd=ROOT,
        env={**os.environ, **env},
        input=stdin,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )
    try:
        answer: Answer = json.loads(done.stdout)
    except ValueError:
        raise ProcessFailed(f"{module} {words[0]}: no answer (exit {done.returncode})\n{done.stderr}") from None
    return done.returncode, answer


@dataclass(slots=True)
class Server:
    """The operator's side: one home, and the server process while it runs."""

    home: Path
    env: Mapping[str, str]
    log: Path
    process: subprocess.Popen[str] | None = None

    def run(self, command: str, *words: str) -> Answer:
        """An operator's command; anything but success ends the story."""
        status, answer = ask("sync_server", command, "--home", str(self.home), *words, env=self.env)
        if status != 0:
            raise ProcessFailed(f"sync_server {command}: exit {status}: {answer}")
        return answer

    def start(self, port: int = 0) -> str:
        """Start serving; give the address once it answers there."""
        words = [sys.executable, "-m", "sync_server", "serve", "--home", str(self.home), "--port", str(port)]
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                words, cwd=ROOT, env={**os.environ, **self.env}, stdout=subprocess.PIPE, stderr=log, text=True
            )
        answer: Answer = json.loads(next_line(self.process))
        return str(answer["address"])

    def stop(self) -> int:
        """End the server process and wait for its end; give its exit status."""
        if self.process is None:
            return 0
        status = end(self.process)
        self.process = None
        return status


@dataclass(slots=True)
class Device:
    """One person's scripted device: the very actions that the screens call."""

    name: str
    home: Path
    env: Mapping[str, str]

    def run(self, command: str, *words: str, expect: int = 0, stdin: str | None = None) -> Answer:
        """One command in a process of its own; another exit status than `expect` ends the story."""
        status, answer = ask("field_app.cli", "--home", str(self.home), command, *words, env=self.env, stdin=stdin)
        if status != expect:
            raise ProcessFailed(f"{self.name}: {command} {' '.join(words[:2])}: exit {status}, not {expect}: {answer}")
        return answer

    def get(self, kind: str, record: str) -> Answer:
        """The record's fields as this device shows them."""
        fields: Answer = self.run("get", kind, record)["record"]
        return fields

    def add_each(self, kind: str, records: Iterable[Answer]) -> list[str]:
        """Keep several records with one command; give their ids. One that is refused ends the story."""
        lines = "".join(json.dumps(each) + "\n" for each in records)
        words = [sys.executable, "-m", "field_app.cli", "--home", str(self.home), "add", kind, "--lines"]
        env = {**os.environ, **self.env}
        done = subprocess.run(
            words, cwd=ROOT, env=env, input=lines, capture_output=True, text=True, timeout=PATIENCE_S, check=False
        )
        if done.returncode != 0:
            raise ProcessFailed(f"{self.name}: add {kind}: exit {done.returncode}: {done.stdout}")
        return [str(json.loads(line)["id"]) for line in done.stdout.splitlines()]

    def save_and_be_killed(self, kind: str, fields: Mapping[str, object]) -> str:
        """Save one record in a process that is killed with SIGKILL as soon as it has named the record."""
        words = [sys.executable, "-m", "field_app.cli", "--home", str(self.home), "add", kind, "--lines"]
        process = subprocess.Popen(
            words, cwd=ROOT, env={**os.environ, **self.env}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        if process.stdin is None:
            raise ProcessFailed("no way to write to the device")
        process.stdin.write(json.dumps(fields) + "\n")
        process.stdin.flush()
        answer: Answer = json.loads(next_line(process))
        process.send_signal(signal.SIGKILL)
        process.wait(PATIENCE_S)
        return str(answer["id"])


def next_line(process: subprocess.Popen[AnyStr], within_s: float = PATIENCE_S) -> AnyStr:
    """What it says next. One that says nothing in time is killed, as one whose voice has ended: ProcessFailed."""
    heard: list[AnyStr] = []
    said = process.stdout
    ear = threading.Thread(target=lambda: heard.append(said.readline()) if said else None, daemon=True)
    ear.start()
    ear.join(within_s)
    if heard and heard[0]:
        return heard[0]
    why = "ended before it said anything" if heard else f"said nothing for {within_s:.0f} s"
    process.kill()
    ear.join(within_s)
    _, complaint = process.communicate(timeout=within_s)
    raise ProcessFailed(f"process {process.pid} {why}\n{complaint!s}")


def hear_out(process: subprocess.Popen[AnyStr], within_s: float = PATIENCE_S) -> tuple[AnyStr, AnyStr]:
    """All it still says until it has ended by itself. One that does not in time is killed, and that is told.

    `communicate` with a limit would leave out what `next_line` has read ahead.
    """
    heard: list[Any] = [None, None]  # nothing of a pipe that there is not

    def listen(at: int, pipe: IO[AnyStr]) -> None:
        with pipe:
            heard[at] = pipe.read()

    if process.stdin:
        with suppress(OSError):
            process.stdin.close()
    pipes = [(at, pipe) for at, pipe in enumerate((process.stdout, process.stderr)) if pipe]
    ears = [threading.Thread(target=listen, args=each, daemon=True) for each in pipes]
    for ear in ears:
        ear.start()
    try:
        process.wait(within_s)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(within_s)
        raise ProcessFailed(f"process {process.pid} did not end within {within_s:.0f} s") from None
    for ear in ears:
        ear.join(within_s)
    return heard[0], heard[1]


def end(process: subprocess.Popen[AnyStr], sign: int = signal.SIGTERM) -> int:
    """Ask it to end, and wait for that; give its exit status. One that does not is killed, and that is told."""
    process.send_signal(sign)
    try:
        return process.wait(PATIENCE_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(PATIENCE_S)
        raise ProcessFailed(f"process {process.pid} did not end within {PATIENCE_S} s of being asked") from None
    finally:
        for pipe in (process.stdin, process.stdout, process.stderr):
            if pipe is not None:
                pipe.close()


def wait_until_past(moment_ms: int) -> None:
    """Let the wall clock pass a moment, so that two edits are not of one millisecond."""
    while time.time_ns() // 1_000_000 <= moment_ms:
        time.sleep(0.002)
