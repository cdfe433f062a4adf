"""Records exactly as the server last sent them: one table a kind, one row a record."""

from collections.abc import Iterable, Iterator

from pydantic import BaseModel, ConfigDict
from tinydb import where

from field_app.vault.database import VaultDB
from field_app.vault.indexes import equal
from field_app.vault.table import VaultTable
from visit_core.change import Registers
from visit_core.protocol import FeedRow

_TABLE = "base."
ASKED_FOR = ("customer_id", "review_state", "owner_id", "state", "source_ref", "record_id")
"""Fields by which records of any kind are looked for without reading all of them."""

INDEXES = {_TABLE: tuple(equal("fields", name) for name in ASKED_FOR)}


class BaseRow(BaseModel):
    """One record's registers at the server's number `seq`, and in which scopes it lies."""

    model_config = ConfigDict(frozen=True)

    id: str
    fields: Registers = {}
    seq: int = 0
    scopes: tuple[str, ...] = ()
    epoch: str = ""


class BaseRows:
    """All base rows. The row of a record is found by its id alone, since the id is the row's number."""

    def __init__(self, db: VaultDB) -> None:
        self._db = db

    def get(self, kind: str, record_id: str) -> BaseRow | None:
        """The record's row, or None."""
        document = self._table(kind).row(int(record_id, 16))
        return BaseRow.model_validate(document) if document else None

    def of_kind(self, kind: str) -> Iterator[BaseRow]:
        """All rows of a kind."""
        for document in self._table(kind):
            yield BaseRow.model_validate(document)

    def of_kind_where(self, kind: str, field: str, value: str) -> Iterator[BaseRow]:
        """The rows of a kind that have this text in a field, oldest in the table first."""
        for document in self._table(kind).search(where("fields")[field] == value):
            yield BaseRow.model_validate(document)

    def take(self, rows: Iterable[FeedRow], epoch: str) -> None:
        """Let each row of the feed replace what was here, unless what is here is newer."""
        by_kind: dict[str, list[FeedRow]] = {}
        for row in rows:
            by_kind.setdefault(row.kind, []).append(row)
        for kind, of_kind in by_kind.items():
            self._take(self._table(kind), of_kind, epoch)

    def leave(self, scopes: set[str]) -> None:
        """Forget records that lie in no scope but these."""
        for table in self._tables():
            held = [BaseRow.model_validate(document) for document in table]
            left = [_without(row, scopes) for row in held if scopes & set(row.scopes)]
            _keep(table, left)

    def sweep(self, epoch: str) -> None:
        """Forget records that the present life of the central store did not send."""
        for table in self._tables():
            gone = [document.doc_id for document in table if document["epoch"] != epoch]
            table.remove(doc_ids=gone)

    def count(self) -> int:
        """How many records are here."""
        return sum(len(table) for table in self._tables())

    def _take(self, table: VaultTable, rows: Iterable[FeedRow], epoch: str) -> None:
        fresh: dict[str, BaseRow] = {}
        for row in rows:
            document = table.row(int(row.id, 16)) if row.id not in fresh else None
            before = BaseRow.model_validate(document) if document else fresh.get(row.id, BaseRow(id=row.id))
            fresh[row.id] = _after(before if before.epoch == epoch else BaseRow(id=row.id), row, epoch)
        _keep(table, fresh.values())

    def _table(self, kind: str) -> VaultTable:
        return self._db.rows_of(_TABLE + kind)

    def _tables(self) -> Iterator[VaultTable]:
        for name in sorted(self._db.tables()):
            if name.startswith(_TABLE):
                yield self._db.rows_of(name)


def _after(before: BaseRow, row: FeedRow, epoch: str) -> BaseRow:
    if row.op != "put":
        return _without(before, {row.scope} if row.op == "remove" else set(before.scopes))
    scopes = tuple(sorted({*before.scopes, row.scope}))
    if row.seq < before.seq:
        return before.model_copy(update={"scopes": scopes})
    return BaseRow(id=row.id, fields=row.fields or {}, seq=row.seq, scopes=scopes, epoch=epoch)


def _without(row: BaseRow, scopes: set[str]) -> BaseRow:
    return row.model_copy(update={"scopes": tuple(scope for scope in row.scopes if scope not in scopes)})


def _keep(table: VaultTable, rows: Iterable[BaseRow]) -> None:
    """Rows that lie in no scope any more go."""
    kept = list(rows)
    table.put_many({int(row.id, 16): row.model_dump(mode="json") for row in kept if row.scopes})
    table.remove(doc_ids=[int(row.id, 16) for row in kept if not row.scopes])
