"""`python -m bench.sync.limit URL PORT`: the least that must be done to keep and hand out documents, on our engine.

A push is unpacked, read by pydantic, numbered, inserted once by its id, and committed as durably as ours; a page is the
kept JSON, joined. No people, no rights, no merging, no feed, no log.
"""

import gzip
import importlib
import sys
from collections.abc import Sequence
from types import ModuleType
from typing import Annotated, Any

import uvicorn
from pydantic import BaseModel, Field, JsonValue, TypeAdapter
from sqlalchemy import Engine
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bench.sync.documents import as_json
from sync_server.store_sql.engine import open_engines
from visit_core.ids import Hex32

KEY = bytes(range(32))
PAGE = 1000
TABLES = (
    "CREATE TABLE head (seq BIGINT NOT NULL)",
    "CREATE TABLE kept (id TEXT NOT NULL PRIMARY KEY, seq BIGINT NOT NULL, said TEXT NOT NULL)",
    "CREATE UNIQUE INDEX in_order ON kept (seq)",
    "INSERT INTO head VALUES (0)",
)


class Kept(BaseModel):
    """One document as it comes."""

    id: Hex32
    fields: Annotated[dict[str, JsonValue], Field(max_length=300)]


PUSHED = TypeAdapter(list[Kept])


class Limit:
    """The endpoint over one engine."""

    def __init__(self, url: str) -> None:
        engines = open_engines(url, KEY, 1)
        self._writing: Engine = engines.writing
        self._mark = "%s" if self._writing.dialect.name == "postgresql" else "?"
        with self._writing.begin() as connection:
            for statement in TABLES:
                connection.exec_driver_sql(statement)

    async def push(self, request: Request) -> Response:
        """Keep; tell each number."""
        numbers = self._keep(PUSHED.validate_json(_unpacked(await request.body(), request)))
        return _packed(as_json({"numbers": numbers}), request)

    async def pull(self, request: Request) -> Response:
        """The next documents after a number."""
        after = int(request.query_params["after"])
        asked = f"SELECT seq, said FROM kept WHERE seq > {self._mark} ORDER BY seq LIMIT {PAGE}"
        with self._writing.begin() as connection:
            rows = connection.exec_driver_sql(asked, (after,)).all()
        last = rows[-1][0] if rows else after
        body = b'{"after":%d,"more":%s,"documents":[%s]}' % (
            last,
            b"true" if len(rows) == PAGE else b"false",
            b",".join(said.encode() for _, said in rows),
        )
        return _packed(body, request)

    def _keep(self, documents: Sequence[Kept]) -> list[int]:
        with self._writing.begin() as connection:
            moved = f"UPDATE head SET seq = seq + {self._mark} RETURNING seq"
            last = connection.exec_driver_sql(moved, (len(documents),)).scalar_one()
            numbers = range(last - len(documents) + 1, last + 1)
            rows = [(one.id, n, one.model_dump_json()) for one, n in zip(documents, numbers, strict=True)]
            marks = ", ".join([self._mark] * 3)
            connection.exec_driver_sql(f"INSERT INTO kept VALUES ({marks}) ON CONFLICT (id) DO NOTHING", rows)
        return list(numbers)


def _unpacked(body: bytes, request: Request) -> bytes:
    match request.headers.get("content-encoding", ""):
        case "gzip":
            return gzip.decompress(body)
        case "zstd":
            return bytes(_zstd().ZstdDecompressor().decompressobj().decompress(body))
    return body


def _packed(body: bytes, request: Request) -> Response:
    match request.headers.get("accept-encoding", ""):
        case "gzip":
            packed, name = gzip.compress(body, compresslevel=1, mtime=0), "gzip"
        case "zstd":
            packed, name = _zstd().ZstdCompressor(level=3).compress(body), "zstd"
        case _:
            return Response(body)
    return Response(packed, headers={"content-encoding": name})


def _zstd() -> ModuleType:
    return importlib.import_module("zstandard")


def app(url: str) -> Starlette:
    """The endpoint as an application."""
    limit = Limit(url)
    routes: list[Any] = [Route("/push", limit.push, methods=["POST"]), Route("/pull", limit.pull)]
    return Starlette(routes=routes)


if __name__ == "__main__":
    uvicorn.run(app(sys.argv[1]), host="127.0.0.1", port=int(sys.argv[2]), log_level="warning", access_log=False)
