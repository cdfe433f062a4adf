"""Statements that every request asks: put into words once for each kind of database, and asked with little around them.

On SQLite they go straight to the driver, whose complaints are then wrapped as SQLAlchemy wraps them; on PostgreSQL
through SQLAlchemy, which knows when a connection has died.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Dialect
from sqlalchemy.exc import DBAPIError

Values = Sequence[Any]


class Ready:
    """A statement with named values; `Select`, `Insert` or `Update`."""

    def __init__(self, statement: Any) -> None:
        self._statement = statement
        self._words: dict[str, tuple[str, Mapping[str, object]]] = {}

    def __call__(self, connection: Connection, **told: object) -> Sequence[Values]:
        """Every row of the answer, each value asked by its name."""
        words, names = self.in_words(connection.dialect)
        values = tuple([told.get(name, fixed) for name, fixed in names.items()])
        if connection.dialect.name == "sqlite":
            return straight(connection, words, values)
        found = connection.exec_driver_sql(words, values)
        return found.all() if found.returns_rows else []

    def one(self, connection: Connection, **told: object) -> Values | None:
        """The only row, or None."""
        return next(iter(self(connection, **told)), None)

    def named(self, connection: Connection, **told: object) -> list[dict[str, Any]]:
        """Every row by the names of its columns."""
        names = self._statement.selected_columns.keys()
        return [dict(zip(names, row, strict=True)) for row in self(connection, **told)]

    def of_each(self, connection: Connection, rows: Sequence[Values]) -> None:
        """Do it once for each row, values in the order of the table's columns."""
        words = self.in_words(connection.dialect)[0] if rows else ""
        if rows and connection.dialect.name == "sqlite":
            _straight_of_each(connection, words, rows)
        elif rows:
            connection.exec_driver_sql(words, list(map(tuple, rows)))

    def in_words(self, dialect: Dialect) -> tuple[str, Mapping[str, object]]:
        """The text, and its values in their order by name, with those that are always the same."""
        made = self._words.get(dialect.name)
        if made is None:
            by_place: Any = type(dialect)
            style = "qmark" if dialect.name == "sqlite" else "format"
            compiled: Any = self._statement.compile(dialect=by_place(paramstyle=style))
            params = compiled.params
            fixed: dict[str, object] = {name: params[name] for name in compiled.positiontup}
            made = self._words[dialect.name] = (str(compiled), fixed)
        return made


def straight(connection: Connection, words: str, values: Values = ()) -> Sequence[Values]:
    """The rows of a statement that SQLite's driver is asked directly."""
    driver: Any = connection.connection.dbapi_connection
    try:
        rows: list[Values] = driver.execute(words, values).fetchall()
    except driver.Error as refused:
        raise DBAPIError(words, None, refused) from refused
    return rows


def _straight_of_each(connection: Connection, words: str, rows: Sequence[Values]) -> None:
    driver: Any = connection.connection.dbapi_connection
    try:
        driver.executemany(words, rows)
    except driver.Error as refused:
        raise DBAPIError(words, None, refused) from refused
