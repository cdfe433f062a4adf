"""PouchDB's own replicator in node, with documents in memory, and pouchdb-server as it comes (LevelDB)."""

import asyncio
import contextlib
import itertools
import json
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from bench.sync.documents import Document, as_json
from bench.sync.processes import free_port, running

CLIENT = Path(__file__).with_name("pouch.cjs")
LONGEST_LINE = 1 << 26
ASKED_AT_MOST = 30
ANSWERS_WITHIN_S, ENDS_WITHIN_S = 600, 15


class Pouch:
    """The node process that all its devices live in."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._calls = itertools.count(1)
        self._waiting: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._listening = asyncio.create_task(self._listen())
        self.devices = itertools.count(1)

    async def does(self, word: str, device: int, **more: Any) -> dict[str, Any]:
        """One word of its; RuntimeError with what it says if it failed."""
        assert self._process.stdin
        call = next(self._calls)
        self._waiting[call] = asyncio.get_running_loop().create_future()
        self._process.stdin.write(as_json({"call": call, "word": word, "device": device, **more}) + b"\n")
        await self._process.stdin.drain()
        told = await asyncio.wait_for(self._waiting[call], ANSWERS_WITHIN_S)
        if "failed" in told:
            raise RuntimeError(told["failed"])
        return told

    async def ends(self) -> None:
        """Let the process end."""
        if self._process.stdin:
            self._process.stdin.close()
        try:
            await asyncio.wait_for(self._process.wait(), ENDS_WITHIN_S)
        except TimeoutError:
            self._process.kill()
        self._listening.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._listening

    async def _listen(self) -> None:
        assert self._process.stdout
        while line := await self._process.stdout.readline():
            told = json.loads(line)
            self._waiting.pop(told["call"]).set_result(told)


async def begin_pouch(modules: Path) -> Pouch:
    """Start node with the packages in that folder."""
    node = shutil.which("node") or "node"
    pipe = asyncio.subprocess.PIPE
    words = [node, str(CLIENT), str(modules)]
    return Pouch(await asyncio.create_subprocess_exec(*words, stdin=pipe, stdout=pipe, limit=LONGEST_LINE))


class PouchDevice:
    """One database in memory."""

    def __init__(self, pouch: Pouch) -> None:
        self._pouch, self._number = pouch, next(pouch.devices)

    async def begin(self, url: str) -> None:
        """Beside the database of that address."""
        await self._pouch.does("begin", self._number, url=url)

    async def takes(self, documents: Sequence[Document]) -> None:
        """Documents that were made here."""
        await self._pouch.does("takes", self._number, documents=list(documents))

    async def push(self) -> None:
        """Replicate to the server."""
        await self._pouch.does("push", self._number)

    async def pull(self) -> None:
        """Replicate from the server."""
        await self._pouch.does("pull", self._number)

    async def held(self) -> set[str]:
        """The ids of all documents that are here."""
        return set((await self._pouch.does("held", self._number))["ids"])

    async def close(self) -> None:
        """Nothing: it ends with its process."""


@contextmanager
def pouch_server(folder: Path, modules: Path) -> Iterator[tuple[int, str]]:
    """Pid and address of pouchdb-server on an empty folder."""
    port, data = free_port(), folder / "pouch"
    data.mkdir()
    program = modules / "pouchdb-server" / "bin" / "pouchdb-server"
    node = shutil.which("node") or "node"
    start: list[str | Path] = [node, program, "-p", str(port), "-d", data, "-n"]
    with running(start, port, data / "pouch.log") as pid:
        _wait_until_it_answers(f"http://127.0.0.1:{port}/")
        yield pid, f"http://127.0.0.1:{port}/bench"


def _wait_until_it_answers(address: str) -> None:
    """It listens before it can serve; what comes in between is never answered."""
    for _ in range(ASKED_AT_MOST):
        try:
            httpx.get(address, timeout=2, trust_env=False).raise_for_status()
        except httpx.HTTPError:
            time.sleep(0.2)
        else:
            return
    raise RuntimeError("pouchdb-server does not answer")
