"""The real program: commands run in this process, the server in one of its own."""

import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from typing import Any

from demo.processes import hear_out, next_line
from sync_server.__main__ import main

ROOT = Path(__file__).parents[2]


class Operator:
    """Runs commands on one home."""

    def __init__(self, folder: Path) -> None:
        self.home = folder / "home"
        self.environment = {**os.environ, "XDG_CONFIG_HOME": str(folder / "config"), "LANG": "C.UTF-8"}
        self.environment |= {"XDG_DATA_HOME": str(folder / "data"), "PYTHONPATH": str(ROOT)}

    def says(self, *words: str, status: int = 0) -> dict[str, Any]:
        with redirect_stdout(io.StringIO()) as printed:
            ended = main([words[0], "--home", str(self.home), *words[1:]], self.environment)
        assert ended == status, printed.getvalue()
        answer: dict[str, Any] = json.loads(printed.getvalue())
        return answer

    @contextmanager
    def serving(self, *words: str) -> Iterator[tuple[str, "subprocess.Popen[str]"]]:
        """The address of a running server; it is asked to stop afterwards, and must stop cleanly."""
        command = [sys.executable, "-m", "sync_server", "serve", "--home", str(self.home), "--port", "0", *words]
        server = subprocess.Popen(
            command, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        try:
            yield json.loads(next_line(server))["address"], server
        finally:
            server.terminate()
            _, self.log = hear_out(server)
        assert server.returncode in (0, -signal.SIGKILL), self.log
