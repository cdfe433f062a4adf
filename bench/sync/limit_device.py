"""A client of the bare limit."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx

from bench.sync.documents import Document, as_json, in_parts
from bench.sync.ours import TIMEOUT_S
from bench.sync.packing import Packing, told
from bench.sync.processes import free_port, running, with_our_code
from visit_core.protocol import MAX_CHANGES
from visit_core.stamp import HybridClock


class LimitDevice:
    """Keeps its documents in memory."""

    def __init__(self, address: str, packing: Packing) -> None:
        self._packing = packing
        self._client = httpx.AsyncClient(base_url=address, headers=packing.headers, timeout=TIMEOUT_S, trust_env=False)
        self._documents: dict[str, Document] = {}
        self._unsent: list[Document] = []
        self._after = 0
        self._stamps = HybridClock("abcdefgh")

    async def takes(self, documents: Sequence[Document]) -> None:
        """Documents that were made here."""
        self._unsent += documents
        self._documents |= {one["id"]: one for one in documents}

    async def push(self) -> None:
        """As many a request as ours."""
        for part in in_parts(self._unsent, MAX_CHANGES):
            changes = [{"change": f"c{one['id']}", "at": str(self._stamps.tick(_now_ms())), **one} for one in part]
            answer = told(await self._client.post("/push", content=self._packing.pack(as_json(changes))))
            assert len(answer["numbers"]) == len(part)
        self._unsent = []

    async def pull(self) -> None:
        """Page after page."""
        more = True
        while more:
            page = told(await self._client.get("/pull", params={"after": self._after}))
            self._documents |= {one["id"]: one for one in page["documents"]}
            self._after, more = page["after"], page["more"]

    async def held(self) -> set[str]:
        """The ids of all documents that are here."""
        return set(self._documents)

    async def close(self) -> None:
        """Done."""
        await self._client.aclose()


def _now_ms() -> int:
    return time.time_ns() // 1_000_000


@contextmanager
def limit_server(folder: Path, python: str, database: str = "") -> Iterator[tuple[int, str]]:
    """Pid and address of the bare limit, on a new database."""
    port = free_port()
    url = database or f"sqlite:///{folder / 'limit.db'}"
    with running(
        [python, "-m", "bench.sync.limit", url, str(port)], port, folder / "limit.log", with_our_code()
    ) as pid:
        yield pid, f"http://127.0.0.1:{port}"
