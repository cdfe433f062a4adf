"""Records exactly as the server last sent them: one table a kind, one row a record."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, JsonValue

from field_app.earlier import Earlier, remembered
from field_app.vault.database import VaultDB
from field_app.vault.indexes import Path, equal, equal_then_ordered
from field_app.vault.table import VaultTable
from visit_core.change import Registers
from visit_core.protocol import FeedRow
from visit_core.rules.aging import AGING, is_old

_TABLE = "base."
ASKED_FOR = (
    "customer_id",
    "source_ref",
    "referrer_id",
    "record_id",
    "campaign_id",
    "entity",
    "owner_id",
    "review_state",
    "state",
)
"""Fields by which records of any kind are looked for without reading all of them; the most telling first."""

ASKED_FOR_TOGETHER = (("owner_id", "review_state"), ("state", "loser_by"), ("entity", "key"))
"""Pairs that a list is made by: what came back to me, the conflicts I lost, one field of a kind."""

INDEXES = {
    _TABLE: (
        *(equal_then_ordered(("fields", one), ("fields", other)) for one, other in ASKED_FOR_TOGETHER),
        *(equal("fields", name) for name in ASKED_FOR),
    )
}


class BaseRow(BaseModel):
    """One record's registers at the server's number `seq`, and in which scopes it lies."""

    model_config = ConfigDict(frozen=True)

    id: str
    fields: Registers = {}
    seq: int = 0
    scopes: tuple[str, ...] = ()
    is_asked_for: bool = False  # somebody wanted it, however old: it stays
    epoch: str = ""  # the mark of the walk that brought it: an epoch, and after a dot how often it was read again
    was: dict[str, Earlier] = {}  # what stood in a register before a sync changed it

    def is_of(self, epoch: str) -> bool:
        """Whether its number is of that life of the central store."""
        return self.epoch.partition(".")[0] == epoch


class BaseRows:
    """All base rows. The row of a record is found by its id alone, since the id is the row's number."""

    def __init__(self, db: VaultDB) -> None:
        self._db = db

    def get(self, kind: str, record_id: str) -> BaseRow | None:
        """The record's row, or None."""
        document = self._table(kind).row(int(record_id, 16))
        return BaseRow.model_validate(document) if document else None

    def of_kind(self, kind: str, plain: Mapping[str, JsonValue] | None = None) -> Iterator[BaseRow]:
        """The rows of a kind whose plain registers are as `plain` says; by the index that tells most of them."""
        for document in self._documents(kind, plain or {}):
            if not plain or _says(document["fields"], plain):
                yield BaseRow.model_validate(document)

    def registers_of(self, kind: str) -> Iterator[tuple[str, Registers]]:
        """Id and registers of every row of a kind, as they were sent."""
        for document in self._table(kind):
            yield document["id"], document["fields"]

    def unsettled(self, kind: str) -> set[str]:
        """The records of a kind that the present transaction has written and may still undo."""
        return {record_in(key) for key in self._db.vault.drafted(_TABLE + kind)}

    def _documents(self, kind: str, plain: Mapping[str, JsonValue]) -> Iterable[Mapping[str, Any]]:
        texts: dict[Path, str] = {("fields", name): value for name, value in plain.items() if isinstance(value, str)}
        return self._table(kind).having(texts) if texts else self._table(kind)

    def take(self, rows: Iterable[FeedRow], mark: str, *, is_asked_for: bool = False) -> None:
        """Let each row of the feed replace what was here, unless what is here is newer."""
        by_kind: dict[str, list[FeedRow]] = {}
        for row in rows:
            by_kind.setdefault(row.kind, []).append(row)
        for kind, of_kind in by_kind.items():
            self._take(self._table(kind), of_kind, mark, is_asked_for)

    def leave(self, scopes: set[str]) -> None:
        """Forget records that lie in no scope but these."""
        for table in self._tables():
            held = [BaseRow.model_validate(document) for document in table]
            left = [_without(row, scopes) for row in held if scopes & set(row.scopes)]
            _keep(table, left)

    def sweep(self, mark: str) -> None:
        """Forget records that the present walk did not bring."""
        for table in self._tables():
            gone = [document.doc_id for document in table if document["epoch"] != mark]
            table.remove(doc_ids=gone)

    def let_age(self, window_from: str, spared: Callable[[], Collection[tuple[str, str]]]) -> int:
        """Forget what is outside the window, but for what somebody asked for and the `spared`; give how many.

        Who are spared is asked only where anything is old: a long outbox is long to look through.
        """
        gone = 0
        for kind in sorted(AGING):
            rows = [row for row in self.of_kind(kind) if not row.is_asked_for and is_old(kind, row.fields, window_from)]
            stay = spared() if rows else ()
            left = [int(row.id, 16) for row in rows if (kind, row.id) not in stay]
            self._table(kind).remove(doc_ids=left)
            gone += len(left)
        return gone

    def count(self) -> int:
        """How many records are here."""
        return sum(len(table) for table in self._tables())

    def count_of(self, kind: str) -> int:
        """How many records of a kind are here."""
        return len(self._table(kind))

    def _take(self, table: VaultTable, rows: Iterable[FeedRow], mark: str, is_asked_for: bool) -> None:
        fresh: dict[str, BaseRow] = {}
        for row in rows:
            document = table.row(int(row.id, 16)) if row.id not in fresh else None
            held = BaseRow.model_validate(document) if document else fresh.get(row.id)
            before = held if held and held.epoch == mark else BaseRow(id=row.id)
            after = _after(before, row, mark)
            kept = _with_past(after, held) if held and row.op == "put" else after
            stays = is_asked_for or bool(held and held.is_asked_for)
            fresh[row.id] = kept.model_copy(update={"is_asked_for": True}) if stays else kept
        _keep(table, fresh.values())

    def _table(self, kind: str) -> VaultTable:
        return self._db.rows_of(_TABLE + kind)

    def _tables(self) -> Iterator[VaultTable]:
        for name in sorted(self._db.tables()):
            if name.startswith(_TABLE):
                yield self._db.rows_of(name)


def kind_in(table: str) -> str:
    """The kind whose rows a table of the vault holds; empty for every other table."""
    return table.removeprefix(_TABLE) if table.startswith(_TABLE) else ""


def record_in(key: str) -> str:
    """The id of the record in a row of that key."""
    return f"{int(key):032x}"


def _says(registers: Registers, plain: Mapping[str, JsonValue]) -> bool:
    return all(registers.get(name) == value for name, value in plain.items())


def _after(before: BaseRow, row: FeedRow, mark: str) -> BaseRow:
    if row.op != "put":
        return _without(before, {row.scope} if row.op == "remove" else set(before.scopes))
    scopes = tuple(sorted({*before.scopes, row.scope}))
    if row.seq < before.seq:
        return before.model_copy(update={"scopes": scopes})
    return BaseRow(id=row.id, fields=row.fields or {}, seq=row.seq, scopes=scopes, epoch=mark)


def _with_past(after: BaseRow, held: BaseRow) -> BaseRow:
    return after.model_copy(update={"was": remembered(held.was, held.fields, after.fields)})


def _without(row: BaseRow, scopes: set[str]) -> BaseRow:
    return row.model_copy(update={"scopes": tuple(scope for scope in row.scopes if scope not in scopes)})


def _keep(table: VaultTable, rows: Iterable[BaseRow]) -> None:
    """Rows that lie in no scope any more go."""
    kept = list(rows)
    table.put_many({int(row.id, 16): _document(row) for row in kept if row.scopes})
    table.remove(doc_ids=[int(row.id, 16) for row in kept if not row.scopes])


def _document(row: BaseRow) -> dict[str, Any]:
    unsaid = {name for name, said in (("is_asked_for", row.is_asked_for), ("was", row.was)) if not said}
    return row.model_dump(mode="json", exclude=unsaid)
