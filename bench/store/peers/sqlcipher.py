"""SQLCipher with a raw key, in WAL mode, synchronous=FULL, and indexes for the same questions."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from bench.store.made_up import Made

TABLES = """
create table visits (number integer primary key, visit_id text not null unique, customer_id text not null,
    visit_date text not null, sync text not null, body text not null);
create index visits_customer on visits (customer_id, visit_date);
create index visits_date on visits (visit_date);
create index visits_sync on visits (sync);
create table outbox (number integer primary key, body text not null);
"""
INSERT = "insert into visits (visit_id, customer_id, visit_date, sync, body) values (?, ?, ?, ?, ?)"


class SqlCipher:
    """One row a visit: what is asked for in columns, all of it as JSON."""

    name = "sqlcipher"

    def __init__(self, folder: Path, synchronous: str = "full") -> None:
        """Open the database in `folder`, or begin one."""
        path = folder / "data.db"
        is_new = not path.exists()
        self._db: Any = dbapi2.connect(str(path), isolation_level=None)
        self._db.execute(f"pragma key = \"x'{bytes(range(32)).hex()}'\"")
        self._db.execute("pragma journal_mode = wal")
        self._db.execute(f"pragma synchronous = {synchronous}")
        if is_new:
            self._db.executescript(TABLES)

    def fill(self, visits: Iterable[Made]) -> None:
        self._db.execute("begin immediate")
        self._db.executemany(INSERT, map(_row, visits))
        self._db.execute("commit")

    def capture(self, visit: Made, entry: Made) -> None:
        self._db.execute("begin immediate")
        self._db.execute(INSERT, _row(visit))
        self._db.execute("insert into outbox (body) values (?)", (_json(entry),))
        self._db.execute("commit")

    def settle(self, count: int) -> None:
        self._db.execute("delete from outbox where number in (select number from outbox order by 1 limit ?)", (count,))

    def update(self, visit_id: str, fields: Made) -> None:
        self._db.execute("begin immediate")
        changed = {**self.visit_by_id(visit_id), **fields}
        self._db.execute(
            "update visits set customer_id = ?, visit_date = ?, sync = ?, body = ? where visit_id = ?",
            (*_row(changed)[1:], visit_id),
        )
        self._db.execute("commit")

    def visit(self, number: int) -> Made:
        return self._first("select body from visits where number = ?", number)

    def visit_by_id(self, visit_id: str) -> Made:
        return self._first("select body from visits where visit_id = ?", visit_id)

    def visits_at(self, customer_id: str, since: str, until: str) -> list[Made]:
        question = "select body from visits where customer_id = ? and visit_date between ? and ?"
        return [json.loads(body) for (body,) in self._db.execute(question, (customer_id, since, until))]

    def rest(self) -> None:
        """It tidies within its commits."""

    def close(self) -> None:
        self._db.close()

    def _first(self, question: str, *values: object) -> Made:
        found: Made = json.loads(self._db.execute(question, values).fetchone()[0])
        return found


def _row(visit: Made) -> tuple[str, ...]:
    return visit["visit_id"], visit["customer_id"], visit["visit_date"], visit["sync"], _json(visit)


def _json(document: Made) -> str:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))
