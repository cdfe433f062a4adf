"""`python -m bench.sync.limit URL PORT`: the least that must be done to keep, merge and hand out documents.

No more than this, on our engine: a push is unpacked, read by pydantic as a whole, numbered under one counter, looked up
by the ids of its changes, merged field by field with what is there (the later stamp stands), written by two statements
and committed as durably as ours; a page is the kept JSON, joined. No people, no rights, no rules of fields, no feed by
scope, no log of what was said, no conflicts.
"""

import sys
from collections.abc import Sequence
from typing import Any

import uvicorn
from pydantic import BaseModel, ConfigDict, TypeAdapter
from pydantic_core import from_json, to_json
from sqlalchemy import Connection, Engine
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bench.sync.documents import as_json
from bench.sync.packing import MOST_BYTES
from sync_server.store_sql.engine import open_engines
from visit_core import packing
from visit_core.ids import Hex32
from visit_core.stamp import StampText

KEY = bytes(range(32))
PAGE = 1000
TABLES = (
    "CREATE TABLE head (seq BIGINT NOT NULL)",
    "CREATE TABLE kept (id TEXT NOT NULL PRIMARY KEY, seq BIGINT NOT NULL, said TEXT NOT NULL, stamps TEXT NOT NULL)",
    "CREATE UNIQUE INDEX in_order ON kept (seq)",
    "CREATE TABLE taken (change TEXT NOT NULL PRIMARY KEY, seq BIGINT NOT NULL, status TEXT NOT NULL)",
    "INSERT INTO head VALUES (0)",
)
KEEP = (
    "INSERT INTO kept VALUES ({}) ON CONFLICT (id) DO UPDATE"
    " SET seq = excluded.seq, said = excluded.said, stamps = excluded.stamps"
)


class Fix(BaseModel):
    """A place."""

    lat: float
    lng: float
    acc: int


class Fields(BaseModel):
    """The fields of a made-up visit."""

    model_config = ConfigDict(extra="forbid")

    customer_id: Hex32
    visit_type: str
    check_in_at: str
    check_out_at: str
    check_in_fix: Fix
    outcome: str
    contact_person: str
    topics: list[str]
    content: str
    need_summary: str
    satisfaction: int
    owner_id: Hex32


class Document(BaseModel):
    """One document as it comes."""

    change: str
    at: StampText
    id: Hex32
    fields: Fields


PUSHED = TypeAdapter(list[Document])


def merged(said: str, stamps: str, fresh: str, at: str) -> tuple[str, str, str]:
    """The fields that stand now and their stamps; `merged` where another's stand."""
    fields, stamped, came = from_json(said), from_json(stamps), from_json(fresh)
    base, over, status = stamped["b"], stamped.get("f", {}), "applied"
    for name, value in came["fields"].items():
        if at > over.get(name, base):
            fields["fields"][name], over[name] = value, at
        elif fields["fields"].get(name) != value:
            status = "merged"
    return to_json(fields).decode(), to_json({"b": base, "f": over}).decode(), status


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
        coding = request.headers.get("content-encoding", "")
        body = packing.unpacked(await request.body(), coding, MOST_BYTES)
        return _packed(as_json({"numbers": self._keep(PUSHED.validate_json(body))}), request)

    async def pull(self, request: Request) -> Response:
        """The next documents after a number."""
        after = int(request.query_params["after"])
        asked = f"SELECT seq, said FROM kept WHERE seq > {self._mark} ORDER BY seq LIMIT {PAGE}"
        with self._writing.begin() as connection:
            rows = connection.exec_driver_sql(asked, (after,)).all()
        last, more = rows[-1][0] if rows else after, b"true" if len(rows) == PAGE else b"false"
        documents = ",".join([said for _, said in rows]).encode()
        return _packed(b'{"after":%d,"more":%s,"documents":[%s]}' % (last, more, documents), request)

    def _keep(self, documents: Sequence[Document]) -> list[int]:
        with self._writing.begin() as connection:
            moved = f"UPDATE head SET seq = seq + {self._mark} RETURNING seq"
            last = connection.exec_driver_sql(moved, (len(documents),)).scalar_one()
            numbers = list(range(last - len(documents) + 1, last + 1))
            self._merge(connection, documents, numbers)
        return numbers

    def _merge(self, connection: Connection, documents: Sequence[Document], numbers: Sequence[int]) -> None:
        seen = {row[0] for row in self._found(connection, "change", "taken", [one.change for one in documents])}
        old = {
            row[0]: row for row in self._found(connection, "id, said, stamps", "kept", [one.id for one in documents])
        }
        kept, taken = [], []
        for one, seq in zip(documents, numbers, strict=True):
            if one.change in seen:
                continue
            said = one.model_dump_json(exclude={"change", "at"})
            stamps, status = f'{{"b":"{one.at}"}}', "applied"
            if one.id in old:
                said, stamps, status = merged(old[one.id][1], old[one.id][2], said, one.at)
            kept.append((one.id, seq, said, stamps))
            taken.append((one.change, seq, status))
        if kept:
            connection.exec_driver_sql(KEEP.format(", ".join([self._mark] * 4)), kept)
            connection.exec_driver_sql(f"INSERT INTO taken VALUES ({', '.join([self._mark] * 3)})", taken)

    def _found(self, connection: Connection, columns: str, table: str, ids: Sequence[str]) -> Sequence[Any]:
        key, marks = columns.partition(",")[0], ", ".join([self._mark] * len(ids))
        return connection.exec_driver_sql(f"SELECT {columns} FROM {table} WHERE {key} IN ({marks})", tuple(ids)).all()


def _packed(body: bytes, request: Request) -> Response:
    body, coding = packing.packed(body, request.headers.get("accept-encoding", ""), level=1)
    return Response(body, headers={"content-encoding": coding} if coding else {})


def app(url: str) -> Starlette:
    """The endpoint as an application."""
    limit = Limit(url)
    routes: list[Any] = [Route("/push", limit.push, methods=["POST"]), Route("/pull", limit.pull)]
    return Starlette(routes=routes)


if __name__ == "__main__":
    uvicorn.run(app(sys.argv[1]), host="127.0.0.1", port=int(sys.argv[2]), log_level="warning", access_log=False)
