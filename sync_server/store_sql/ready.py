"""Statements that every request asks: put into words once for each kind of database, not once a request."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ClauseElement, Connection, CursorResult, Dialect

Values = Sequence[Any]


class Ready:
    """A statement with named values; what `exec_driver_sql` is given is kept."""

    def __init__(self, statement: ClauseElement) -> None:
        self._statement = statement
        self._words: dict[str, tuple[str, Mapping[str, object]]] = {}

    def __call__(self, connection: Connection, **told: object) -> CursorResult[Any]:
        """Ask it once, each value by its name."""
        words, names = self._in_words(connection.dialect)
        return connection.exec_driver_sql(words, tuple([told.get(name, fixed) for name, fixed in names.items()]))

    def of_each(self, connection: Connection, rows: Sequence[Values]) -> None:
        """Do it once for each row, values in the order of the table's columns."""
        if rows:
            connection.exec_driver_sql(self._in_words(connection.dialect)[0], list(map(tuple, rows)))

    def _in_words(self, dialect: Dialect) -> tuple[str, Mapping[str, object]]:
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
