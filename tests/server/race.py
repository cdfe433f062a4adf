"""Many write while one reads: does the reader see every row? The full race is `python -m tests.server.race`.

Each writer pauses after its number was given and before it commits, for as long as its seed says: that is where
numbers that were given first are committed last, unless the team's head is held.
"""

import argparse
import json
import random
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Connection, func, select, text, update

from sync_server.exchange import exchange
from sync_server.intake import read_push
from sync_server.kept import Head, Work
from sync_server.pull import page
from sync_server.schema import feed, team
from sync_server.store import CentralStore, Ledger
from sync_server.store_sql.ledger import SqlLedger
from sync_server.store_sql.opening import make_store
from sync_server.store_sql.reading import SqlReading
from sync_server.store_sql.store import SqlStore
from tests.server.clusters import TEMPLATE, running
from tests.server.world import Office, Phone
from visit_core.protocol import PullRequest

ROWS = 25  # in each transaction
LONGEST_MS = 6
SEQUENCE = "CREATE SEQUENCE control"


@dataclass(frozen=True, slots=True)
class Course:
    """How long the race is, and how its writers are paused."""

    writers: int = 8
    transactions: int = 60
    seed: int = 0


class Pausing:
    """The store, with a pause between the number and the commit."""

    def __init__(self, store: CentralStore, seed: int) -> None:
        self._store = store
        self._chance = random.Random(seed)

    def write(self, team_id: str, job: Callable[[Ledger], Any]) -> Any:
        pause_s = self._chance.uniform(0, LONGEST_MS) / 1000

        def paused(ledger: Ledger) -> Any:
            ledger.head()
            time.sleep(pause_s)
            return job(ledger)

        return self._store.write(team_id, paused)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)


class SequenceStore(SqlStore):
    """The classic mistake, as a control: numbers from a sequence, and nobody waits for anybody."""

    def write(self, team_id: str, job: Callable[[SqlLedger], Any]) -> Any:
        return self._write(lambda connection: job(self._books(connection, team_id)))

    def _books(self, connection: Connection, team_id: str) -> "SequenceLedger":
        return SequenceLedger(connection, team_id, self._chain, SqlReading(connection, team_id, self._chain).head())


class SequenceLedger(SqlLedger):
    """Gives a block of numbers of its own to each transaction."""

    _first: int | None = None

    def head(self) -> Head:
        if self._first is None:
            self._first = self._connection.execute(text("SELECT nextval('control')")).scalar_one() * 10_000
        return replace(super().head(), seq=self._first)

    def keep(self, work: Work) -> None:
        """The head is the highest number there is, whoever ends last: what was missed is missed for good."""
        super().keep(work)
        highest = func.greatest(team.c.seq, func.coalesce(select(func.max(feed.c.seq)).scalar_subquery(), 0))
        self._connection.execute(update(team).values(seq=highest))


def missed(office: Office, store: CentralStore, course: Course) -> int:
    """Run the race through `store`; how many rows the reader never saw."""
    phones = [office.phone(f"Rep{number}") for number in range(course.writers)]
    reader, done = office.phone("Reader"), threading.Event()
    with ThreadPoolExecutor(course.writers + 1) as pool:
        reading = pool.submit(_reads, office.store, reader, done)
        try:
            list(pool.map(partial(_writes, store, course), phones, range(course.writers)))
        finally:
            done.set()
        seen = reading.result(timeout=120)
    return course.writers * course.transactions * ROWS - len(seen)


def _writes(store: CentralStore, course: Course, phone: Phone, number: int) -> None:
    pausing: Any = Pausing(store, course.seed * 1000 + number)
    for _ in range(course.transactions):
        for _ in range(ROWS):
            phone.creates(name="王芳")
        push = read_push(json.dumps(phone.request(pull=None)).encode())
        exchange(pausing, phone.principal, push, now_ms=phone.office.clock, max_bytes=10**6)
        phone.unsent = []


def _reads(store: CentralStore, reader: Phone, done: threading.Event) -> set[str]:
    seen: set[str] = set()
    cursors: dict[str, int] = {}
    is_last = False
    while not is_last:
        is_last = done.is_set()
        more = True
        while more:
            asked = PullRequest(cursors=cursors, limit=200)
            got = store.read(reader.team, partial(page, principal=reader.principal, asked=asked, max_bytes=10**6))
            seen |= {row.id for row in got.rows if row.kind == "customer"}
            cursors, more = dict(got.cursors), got.more
    return seen


def main() -> None:
    """Both stores over the full course, on the wheel's PostgreSQL."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--transactions", type=int, default=60)
    arguments.add_argument("--seed", type=int, default=0)
    asked = arguments.parse_args()
    course = Course(transactions=asked.transactions, seed=asked.seed)
    with running("wheel") as cluster, TemporaryDirectory() as folder:
        cluster.does(f"CREATE DATABASE {TEMPLATE}")
        make_store(cluster.url(TEMPLATE), b"")
        for name in ("head_held", "sequence"):
            database = cluster.database(TEMPLATE)
            office = Office(Path(folder) / name, database=cluster.url(database), threads=12)
            store = control(office) if name == "sequence" else office.store
            rows = course.writers * course.transactions * ROWS
            count = missed(office, store, course)
            for used in {id(store): store, id(office.store): office.store}.values():
                used.close()
            print(json.dumps({"numbers": name, "rows": rows, "missed": count}), flush=True)


def control(office: Office) -> SequenceStore:
    """The mistaken store on the office's database."""
    engines = office.engines(12)
    with engines.writing.begin() as connection:
        connection.execute(text(SEQUENCE))
    return SequenceStore(engines, office.chain())


if __name__ == "__main__":
    main()
