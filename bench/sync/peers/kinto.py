"""Kinto on PostgreSQL, asked as its own client asks: batches of conditional PUTs, pages since an ETag."""

import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from bench.sync.documents import Document, in_parts
from bench.sync.ours import TIMEOUT_S
from bench.sync.processes import free_port, running

BATCH = 25
"""Kinto's own default."""

COLLECTION = "/buckets/bench/collections/visits"
AUTH = ("bench", "made-up")
DONE = (200, 201, 412)  # 412: it is there already

INI = """
[server:main]
use = egg:waitress#main
host = 127.0.0.1
port = {port}
threads = 8
[app:main]
use = egg:kinto
kinto.storage_backend = kinto.core.storage.postgresql
kinto.storage_url = {url}
kinto.cache_backend = kinto.core.cache.postgresql
kinto.cache_url = {url}
kinto.permission_backend = kinto.core.permission.postgresql
kinto.permission_url = {url}
kinto.userid_hmac_secret = bench
multiauth.policies = basicauth
kinto.bucket_create_principals = system.Authenticated
[loggers]
keys = root
[handlers]
keys = console
[formatters]
keys = plain
[logger_root]
level = ERROR
handlers = console
[handler_console]
class = StreamHandler
args = (sys.stderr,)
formatter = plain
[formatter_plain]
format = %(message)s
"""


class KintoDevice:
    """Keeps its records in memory and believes what the answers say."""

    def __init__(self, address: str) -> None:
        self._client = httpx.AsyncClient(base_url=address, auth=AUTH, timeout=TIMEOUT_S, trust_env=False)
        self._records: dict[str, Document] = {}
        self._unsent: list[Document] = []
        self._etag = ""

    async def begin(self) -> None:
        """Make the collection."""
        for path in (COLLECTION.rpartition("/collections")[0], COLLECTION):
            (await self._client.put(path)).raise_for_status()

    async def takes(self, documents: Sequence[Document]) -> None:
        """Records that were made here."""
        self._unsent += documents
        self._records |= {one["id"]: one for one in documents}

    async def push(self) -> None:
        """Batch after batch; what was not taken is sent again."""
        for part in in_parts(self._unsent, BATCH):
            left = list(part)
            while left:
                answer = await self._client.post("/batch", json=_batch(left))
                if answer.status_code < 500:
                    answer.raise_for_status()
                    statuses = [one["status"] for one in answer.json()["responses"]]
                    left = [one for one, status in zip(left, statuses, strict=True) if status not in DONE]
        self._unsent = []

    async def pull(self) -> None:
        """Everything since the last ETag."""
        asked: dict[str, Any] | None = {"_sort": "last_modified"} | ({"_since": self._etag} if self._etag else {})
        url, etag = f"{COLLECTION}/records", ""
        while url:
            answer = await self._client.get(url, params=asked)
            answer.raise_for_status()
            etag, asked = etag or answer.headers["ETag"], None
            self._records |= {one["id"]: one for one in answer.json()["data"]}
            url = answer.headers.get("Next-Page", "")
        self._etag = etag

    async def held(self) -> set[str]:
        """The ids of all records that are here."""
        return {one.replace("-", "") for one in self._records}

    async def close(self) -> None:
        """Done."""
        await self._client.aclose()


def _batch(documents: Sequence[Document]) -> dict[str, Any]:
    defaults = {"method": "PUT", "headers": {"If-None-Match": "*"}}
    asked = [{"path": f"{COLLECTION}/records/{one['id']}", "body": {"data": one}} for one in documents]
    return {"defaults": defaults, "requests": asked}


@contextmanager
def kinto_server(folder: Path, programs: Path, database: str) -> Iterator[tuple[int, str]]:
    """Pid and address of Kinto as it comes, on a new database of PostgreSQL; RuntimeError if it does not start."""
    port, ini = free_port(), folder / "kinto.ini"
    ini.write_text(INI.format(port=port, url=database), "utf-8")
    subprocess.run([programs / "kinto", "migrate", "--ini", ini], check=True, capture_output=True, timeout=120)
    start: list[str | Path] = [programs / "kinto", "start", "--ini", ini, "--port", str(port)]
    with running(start, port, folder / "kinto.log") as pid:
        yield pid, f"http://127.0.0.1:{port}/v1"
