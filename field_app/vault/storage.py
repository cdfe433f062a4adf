"""TinyDB's storage over the engine: transactions, one durable commit each, and the plain `read` and `write`."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import get_ident
from typing import Any

from tinydb.storages import Storage

from field_app.vault.attachments import AttachmentStore, attachments_of
from field_app.vault.declared import Indexes
from field_app.vault.documents import TableView
from field_app.vault.draft import Draft, TableDraft
from field_app.vault.engine import Engine, Opened, begin_store
from field_app.vault.files import Disk
from field_app.vault.frames import Anchor, first_header
from field_app.vault.listening import Listeners
from field_app.vault.ops import encode
from field_app.vault.reading import Reading
from field_app.vault.reserve import Reserve
from field_app.vault.transaction import Transaction
from field_app.vault.uniqueness import check_unique
from visit_core.errors import Corrupt, Failed, NoRoom


class VaultStorage(Storage):
    """Memory equals disk: memory changes only after the disk has said yes."""

    def __init__(
        self,
        path: Path,
        data_key: bytes,
        *,
        begin: bool = False,
        indexes: Indexes | None = None,
        disk: Disk | None = None,
        anchor: Anchor | None = None,
        on_commit: Callable[[Anchor], None] | None = None,
    ) -> None:
        """Open the store at `path`, or begin it; Corrupt if it is not what was written, Rollback if it is older."""
        self._on_commit = on_commit or _forget
        self.listeners = Listeners()
        self.mutex, self._rewriting = threading.RLock(), threading.Lock()
        self._draft: Draft | None = None
        self._depth = 0  # of transactions within one another
        self._is_closed = False
        self._version = self._committed_version = 0
        disk, indexes = disk or Disk(), indexes or {}
        if begin:
            begin_store(path, first_header(), data_key, disk)
        self.engine = Engine(path, data_key, disk, indexes)
        self.engine.check_anchor(anchor)
        self.reserve = Reserve(path)

    @property
    def opened(self) -> Opened:
        """What opening found."""
        return self.engine.opened

    @property
    def attachments(self) -> AttachmentStore:
        """The files beside the log, under the key that it is under now."""
        return AttachmentStore(attachments_of(self.engine.path), self.engine.data_key, self.engine.disk)

    @property
    def anchor(self) -> Anchor:
        """The last durable commit, to be kept elsewhere: an older copy of the store is known by it."""
        return self.engine.log.last

    @property
    def version(self) -> int:
        """Another one as soon as anything is another for this thread: what is not yet committed is its own."""
        return self._committed_version if self._own_draft() is None else self._version

    def reading(self, table: str) -> Reading:
        """One table as it is committed; inside a transaction of this thread with what it has written."""
        own, engine = self._draft, self.engine
        draft = own.tables.get(table) if own is not None and own.thread == get_ident() else None
        return Reading(engine.layers_of(table), draft, engine.log.row)

    def drafted(self, table: str) -> set[str]:
        """The keys that the present transaction of this thread has put into a table or deleted."""
        own = self._own_draft()
        draft = own.tables.get(table) if own else None
        return draft.rows.keys() | draft.gone if draft else set()

    def joined(self, table: str) -> TableDraft | None:
        """One table's part of the transaction that this thread is in, to be written to; None if it is in none."""
        own = self._draft
        if own is None or own.thread != get_ident():
            return None
        self._version += 1
        return own.tables.get(table) or own.of(table)

    def draft_of(self, table: str) -> TableDraft:
        """One table's part of the present transaction, to be written to."""
        draft = self.joined(table)
        if draft is None:
            raise RuntimeError("writes happen inside a transaction")
        return draft

    def read(self) -> dict[str, Any] | None:
        """All tables, decoded as they are looked at; None for a store that has none."""
        with self.mutex:
            readings = {name: self.reading(name) for name in self._names()}
        return {name: TableView(reading) for name, reading in readings.items() if reading.exists} or None

    def write(self, data: Mapping[str, Mapping[Any, Any]]) -> None:
        """Make `data` the whole content; only what differs is written."""
        with self.transaction():
            for name in self._names() - data.keys():
                self.draft_of(name).drop()
            for name, table in data.items():
                self._write_table(name, table)

    def transaction(self, *, frees_room: bool = False, on_undone: Callable[[], None] | None = None) -> "Transaction":
        """All writes within become one commit; an exception leaves nothing. Inner ones join the outer one.

        `frees_room`: what is written here lets go of more than it adds, and may use the room kept in reserve.
        `on_undone` is called after an exception, when nothing is left of it.
        """
        return Transaction(self, frees_room=frees_room, on_undone=on_undone)

    def begin(self) -> None:
        """Begin a transaction, or join the one this thread is in."""
        self.mutex.acquire()
        self._depth += 1
        if self._draft is None:
            self._draft = Draft(self.engine.tables, self.engine.declared.unique_of)

    def end(self, *, commits: bool, frees_room: bool) -> None:
        """Commit what was written, or let go of it, if no other part of the transaction is left."""
        is_last = self._depth == 1
        try:
            if is_last and commits and self._draft is not None:
                self._commit(self._draft, frees_room=frees_room)
        except BaseException:
            commits = False
            raise
        finally:
            self._depth -= 1
            if is_last:
                self._version += not commits
                self._committed_version, self._draft = self._version, None
            self.mutex.release()

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """A part of a transaction that may fail alone: an exception undoes what was written within, no more."""
        with self.mutex:
            if self._draft is None:
                raise RuntimeError("an attempt is part of a transaction")
            before = self._draft.copied()
            try:
                yield
            except BaseException:
                self._draft.tables = before.tables
                self._version += 1
                raise

    @contextmanager
    def rewriting(self) -> Iterator[None]:
        """Let one fresh log be written at a time: they share a name. Failed within a transaction."""
        if self._own_draft() is not None:
            raise Failed(step="swap")
        with self._rewriting:
            yield

    def make_room(self) -> bool:
        """Give up what is set aside behind the log and in the reserve; False if there was nothing."""
        with self.mutex:
            has_given = self.engine.log.give_back_room()
            return self.reserve.give_up() or has_given

    @contextmanager
    def swapping(self, engine: Engine) -> Iterator[None]:
        """Hold writers up while `engine` is replaced by one over a fresh log; Failed if it is not the present one."""
        with self.mutex:
            if self._is_closed or self._draft is not None or engine is not self.engine:
                raise Failed(step="swap")
            try:
                yield
            except Failed as refusal:
                if refusal.facts.get("renamed"):
                    engine.log.refuse(refusal)
                raise
            self._version = self._committed_version = self._version + 1

    def checkpoint(self) -> None:
        """Write the index if much has been written since the last one; not while somebody waits."""
        with self.mutex:
            if self._draft is None and self.engine.is_due():
                self.engine.checkpoint()
                self.reserve.refill()

    def close(self) -> None:
        """Write no more. Nothing is pending: every commit was durable when it returned."""
        with self.mutex:
            if not self._is_closed:
                with suppress(Corrupt):  # no index of what cannot be read, but closed it is
                    self.checkpoint()
            self._is_closed = True
            self.engine.close()

    def _own_draft(self) -> Draft | None:
        """What the present transaction has written, if it is one of this thread."""
        draft = self._draft
        return draft if draft is not None and draft.thread == get_ident() else None

    def _commit(self, draft: Draft, *, frees_room: bool) -> None:
        ops = draft.ops()
        if not ops:
            return
        if self._is_closed:
            raise Failed(step="closed")
        checked = check_unique(self.engine, draft)
        try:
            self.engine.commit(ops)
        except NoRoom:
            if not (frees_room or draft.only_deletes()) or not self.reserve.give_up():
                raise
            self.engine.commit(ops)
        for taken, fresh, overlay in checked:
            taken.note(fresh, overlay.log)
        if self.listeners.methods:
            self.listeners.tell(ops)
        self._on_commit(self.engine.log.last)

    def _names(self) -> set[str]:
        own = self._own_draft()
        drafted = own.tables if own else {}
        return {name for name in {*self.engine.tables, *drafted} if self.reading(name).exists}

    def _write_table(self, name: str, table: Mapping[Any, Any]) -> None:
        reading = self.reading(name)
        if isinstance(table, TableView) and table.is_of(reading):
            return
        fresh = {str(key): encode(document) for key, document in table.items()}
        before = reading.ids()
        kept = [key for key in before if key in fresh]
        draft = self.draft_of(name)
        if list(fresh)[: len(kept)] != kept:
            draft.drop()
        for key in before:
            if key not in fresh:
                draft.delete(key)
        for key, row in fresh.items():
            if reading.row(key) != row:
                draft.put(key, row)
        draft.exists = True


def _forget(_anchor: Anchor) -> None:
    """Nobody keeps anchors of this store."""
