"""Verifying a store takes no more for each record of a large one than of a small one."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, insert

from sync_server.schema import feed, record, team
from sync_server.store_sql.audit import AuditChain
from sync_server.store_sql.checks import flaws
from sync_server.store_sql.opening import make_store, once

EVERY = 100  # instructions of SQLite's machine
KEY = bytes(32)


def _steps_to_verify(folder: Path, records: int) -> int:
    """How many instructions SQLite takes, in hundreds, on a whole store of so many records."""
    url, steps = f"sqlite:///{folder / str(records)}.db", 0
    make_store(url, KEY)

    def count() -> int:
        nonlocal steps
        steps += 1
        return 0

    def job(connection: Connection) -> Sequence[str]:
        connection.execute(insert(team), _row(team, team_id="t", seq=records))
        for table, own in ((record, {"shown": "{}"}), (feed, {"op": "put"})):
            same = ({"team_id": "t", "kind": "visit", "id": f"{n:032x}", "seq": n} for n in range(records))
            connection.execute(insert(table), [_row(table, **each, **own) for each in same])
        driver: Any = connection.connection.driver_connection
        driver.set_progress_handler(count, EVERY)
        try:
            return list(flaws(connection, AuditChain(KEY)))
        finally:
            driver.set_progress_handler(None, 0)

    assert once(url, KEY, job) == []
    return steps


def _row(table: Table, **said: Any) -> dict[str, Any]:
    """What is said, and nothing in all other columns."""
    rest = {column.name: column.type.python_type() for column in table.columns if not column.nullable}
    return rest | said


def test_four_times_the_records_take_about_four_times_the_steps(tmp_path):
    assert _steps_to_verify(tmp_path, 2_000) < 6 * _steps_to_verify(tmp_path, 500)
