"""All rows of a store as lines of text, and a store made of such lines: the content of a backup.

The first line is `{"revision": …}`: which step of the migrations the tables are at. Each further line is
`[table, column, …]` once for each table, then `{"row": [value, …]}` for each of its rows, bytes in base64. The same
text comes out of every kind of database, so that one kind's backup can be restored into another. With `beside` the
bytes of whole attachments are kept there, and of their rows the length alone stands in the text.
"""

import json
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, LargeBinary, MetaData, Table, case, delete, insert, select, text, update

from sync_server.kept import Marks
from sync_server.lives import LIFE
from sync_server.migrations.standing import bring_up_to_date, revision_of
from sync_server.schema import enrol_code, metadata, recovery_code, team
from sync_server.store_sql.beside import CHUNK, Beside, bytes_in, chunks_told, in_text, keep_beside
from sync_server.store_sql.rows import text_of
from visit_core.errors import Corrupt

BATCH = 1_000
BATCH_OF_BYTES = 16
"""Of a table whose rows are large."""


def lines_of(connection: Connection, marks: Marks, beside: Beside | None = None) -> Iterator[str]:
    """Every row of every table, in the snapshot that the connection is in; notes how far each device was taken."""
    yield text_of({"revision": revision_of(connection)})
    made = {table.name: table for table in _tables_in(connection)}
    if beside:
        keep_beside(connection, made, beside)
    for table in made.values():
        names = [column.name for column in table.columns]
        has_bytes, is_beside = bool(_bytes_in(table)), beside is not None and table.name == CHUNK
        yield text_of([table.name, *names])
        everything = chunks_told(made) if is_beside else select(table).order_by(*table.primary_key)
        at_once = BATCH_OF_BYTES if has_bytes else BATCH
        rows = connection.execute(everything, execution_options={"yield_per": at_once})
        for row in rows:
            if table.name == "device_mark":
                marks[row.team_id, row.device] = row.last_n
            if is_beside:
                yield text_of({"row": in_text(row, names, _in_text)})
            else:
                yield text_of({"row": [_in_text(value) for value in row] if has_bytes else list(row)})


def fill(connection: Connection, lines: Iterable[str], *, then: str = "head", beside: Beside | None = None) -> None:
    """Make the tables of the lines and their rows in an empty database, then bring them up to the step `then`."""
    told = iter(lines)
    bring_up_to_date(connection, _read(next(told, "{}"), "revision"))
    made = {table.name: table for table in _tables_in(connection)}
    for table, rows in _rows(told, made, beside):
        connection.execute(insert(table), rows)
    bring_up_to_date(connection, then)


def empty(connection: Connection) -> None:
    """Take our tables out, and nothing else that may be in the database."""
    metadata.drop_all(connection)
    connection.execute(text("DROP TABLE IF EXISTS alembic_version"))
    if connection.dialect.name == "postgresql":
        connection.execute(text("DROP FUNCTION IF EXISTS audit_only_added"))


def begin_life(connection: Connection, epoch: str, beyond: int, *, instead_of: str | None = None) -> bool:
    """Another epoch for all teams, numbers that no device has ever seen, and no code that may have been used since.

    `beyond` is the last number that is known to have been given: an old backup may be restored more than once.
    Whether it was begun: with `instead_of` only where that is the epoch still.
    """
    first = (beyond // LIFE + 1) * LIFE
    own = (team.c.seq // LIFE + 1) * LIFE
    begun = update(team).values(epoch=epoch, seq=case((own > first, own), else_=first))
    if instead_of is not None:
        begun = begun.where(team.c.epoch == instead_of)
    if not connection.execute(begun).rowcount:
        return False
    connection.execute(delete(recovery_code))
    connection.execute(update(enrol_code).where(enrol_code.c.used_ms.is_(None)).values(used_ms=0))
    return True


def _tables_in(connection: Connection) -> list[Table]:
    """Ours as they are, which may be those of an earlier version."""
    made = MetaData()
    made.reflect(connection, only=lambda name, _: name != "alembic_version")
    return sorted(made.tables.values(), key=lambda table: table.name)


def _rows(
    lines: Iterator[str], made: Mapping[str, Table], beside: Beside | None
) -> Iterator[tuple[Table, list[Mapping[str, Any]]]]:
    """Rows by the batch, each with the table it goes into."""
    table, names, in_base64, rows = None, list[str](), list[str](), list[Mapping[str, Any]]()
    for line in lines:
        match json.loads(line):
            case {"row": values} if table is not None:
                told = dict(zip(names, values, strict=True))
                rows.append(told | {name: bytes_in(told, name, beside) for name in in_base64})
            case [name, *columns] if name in made:
                if table is not None and rows:
                    yield table, rows
                table, names, rows = made[name], columns, []
                in_base64 = _bytes_in(table)
            case _:
                raise Corrupt(why="backup")
        if table is not None and len(rows) == (BATCH_OF_BYTES if in_base64 else BATCH):
            yield table, rows
            rows = []
    if table is not None and rows:
        yield table, rows


def _in_text(value: object) -> object:
    return b64encode(value).decode() if isinstance(value, bytes) else value


def _bytes_in(table: Table) -> list[str]:
    return [column.name for column in table.columns if isinstance(column.type, LargeBinary)]


def _read(line: str, name: str) -> str:
    try:
        return str(json.loads(line)[name])
    except (ValueError, KeyError, TypeError):
        raise Corrupt(why="backup") from None
