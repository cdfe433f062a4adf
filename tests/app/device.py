"""A scripted device in this process: the program's own `main`, with cheap keys, made-up clocks and a fake server."""

import io
import json
from pathlib import Path
from typing import Any

from field_app.cli import Surroundings, main
from field_app.vault.kdf import KdfCost
from tests.app.fakes import FakeClock, FakeServer

CHEAP = KdfCost(memory_kib=64, passes=1, scrypt_log_n=4)
PIN = "482913"


class Device:
    """One home. `ask` runs a command that must be done, `refuse` one that must not."""

    def __init__(self, folder: Path, server: FakeServer, clock: FakeClock) -> None:
        self.home, self.secrets = folder / "home", folder / "secrets"
        self.server, self.clock, self.pin = server, clock, PIN
        self.status = 0

    def run(self, *argv: str, **environ: str) -> dict[str, Any]:
        """One command's answer; its exit status is in `status`."""
        answer: dict[str, Any] = json.loads(self._printed(argv, "", environ))
        return answer

    def lines(self, kind: str, *lines: str) -> list[dict[str, Any]]:
        """The answers to many lines under one unlock."""
        printed = self._printed(("add", kind, "--lines"), "\n".join(lines), {})
        return [json.loads(line) for line in printed.splitlines()]

    def _printed(self, argv: tuple[str, ...], stdin: str, environ: dict[str, str]) -> str:
        out = io.StringIO()
        told = {"FIELD_APP_PIN": self.pin, "FIELD_APP_SECRETS": str(self.secrets), **environ}
        around = Surroundings(told, io.StringIO(stdin), out, self.clock, CHEAP, self.server)
        self.status = main(["--home", str(self.home), *argv], around)
        return out.getvalue()

    def ask(self, *argv: str, **environ: str) -> dict[str, Any]:
        answer = self.run(*argv, **environ)
        assert self.status == 0, answer
        return answer

    def refuse(self, status: int, *argv: str, **environ: str) -> dict[str, Any]:
        answer = self.run(*argv, **environ)
        assert self.status == status, answer
        error: dict[str, Any] = answer["error"]
        return error

    def add(self, kind: str, *fields: str) -> str:
        return str(self.ask("add", kind, *fields)["id"])

    def get(self, kind: str, record_id: str) -> dict[str, Any]:
        record: dict[str, Any] = self.ask("get", kind, record_id)["record"]
        return record

    def list(self, kind: str, *more: str) -> list[dict[str, Any]]:
        records: list[dict[str, Any]] = self.ask("list", kind, *more)["records"]
        return records

    def sync(self) -> dict[str, Any]:
        return self.ask("sync")
