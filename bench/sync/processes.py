"""Programs of a bench: started, waited for, ended; and the CPU time they and their children took."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

STARTS_WITHIN_S = 60
ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def running(
    command: Sequence[str | Path], port: int, log: Path, environment: Mapping[str, str] | None = None
) -> Iterator[int]:
    """The program's pid, once somebody listens at the port; it is ended afterwards."""
    with log.open("wb") as said:
        process = subprocess.Popen(command, stdout=said, stderr=said, cwd=log.parent, env=environment)
    try:
        _wait_for(port, process, log)
        yield process.pid
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(15)


def with_our_code() -> dict[str, str]:
    """The environment of a program that is to run what lies in this tree."""
    return {**os.environ, "PYTHONPATH": str(ROOT)}


def free_port() -> int:
    """A port on loopback that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def cpu_s(pids: Sequence[int]) -> float:
    """Seconds of CPU that these processes and all below them have taken; 0 where the system does not tell."""
    lines = dict(filter(None, map(_told, Path("/proc").glob("[0-9]*/stat"))))
    wanted = set(pids)
    grown = True
    while grown:
        more = {pid for pid, (parent, _) in lines.items() if parent in wanted} - wanted
        wanted |= more
        grown = bool(more)
    return sum(ticks for pid, (_, ticks) in lines.items() if pid in wanted) / os.sysconf("SC_CLK_TCK")


def _told(path: Path) -> tuple[int, tuple[int, int]] | None:
    """A process, its parent, and its ticks with those of its children that have ended."""
    try:
        words = path.read_text("ascii", "replace").rpartition(") ")[2].split()
    except OSError:
        return None
    return int(path.parent.name), (int(words[1]), sum(map(int, words[11:15])))


def _wait_for(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    until = time.monotonic() + STARTS_WITHIN_S
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"did not start: {log.read_text('utf-8', 'replace')[-600:]}") from None
            time.sleep(0.05)
        else:
            return
