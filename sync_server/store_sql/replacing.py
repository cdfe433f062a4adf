"""A store whose whole content is replaced by that of a backup."""

from collections.abc import Iterable

from sqlalchemy import Connection

from sync_server.store_sql.beside import Beside
from sync_server.store_sql.copying import begin_life, empty, fill
from sync_server.store_sql.opening import once


def replace_content(
    url: str, key: bytes, lines: Iterable[str], epoch: str, *, beyond: int, beside: Beside | None = None
) -> None:
    """In one transaction: what was there goes, the lines come, and a new life begins under `epoch`.

    Its numbers are of a later life than `beyond`, the last number of what is replaced.
    """

    def replaced(connection: Connection) -> None:
        empty(connection)
        fill(connection, lines, beside=beside)
        begin_life(connection, epoch, beyond)

    once(url, key, replaced)


def make_scratch(url: str, key: bytes, lines: Iterable[str], beside: Beside | None = None) -> None:
    """A store made of the lines as they are, to see whether they hold."""
    once(url, key, lambda connection: fill(connection, lines, beside=beside))
