"""TinyDB's table, told what changed, so that one document costs one document, and asked by index where it can be."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, cast

from tinydb.queries import QueryLike
from tinydb.table import Document, Table

from field_app.vault.answering import Found, answering
from field_app.vault.answers import LONGEST_KEPT, Answer, Answers
from field_app.vault.asked import asked_for, asked_of
from field_app.vault.documents import TableUpdate, TableView
from field_app.vault.draft import TableDraft
from field_app.vault.indexes import Path
from field_app.vault.ops import decode, encode
from field_app.vault.reading import Reading
from field_app.vault.storage import VaultStorage
from field_app.vault.transaction import Transaction

_new = Document.__new__
Fields = Mapping[str, Any] | Callable[[Any], None]


class VaultTable(Table):
    """All of TinyDB's table. What a caller is given is their own: no document is shared with anybody."""

    _query_cache: Answers
    _next_id: int | None  # type: ignore[assignment]  # TinyDB says None alone
    query_cache_class = Answers
    default_query_cache_capacity = 256

    def __init__(self, storage: VaultStorage, name: str, **options: Any) -> None:
        self._vault = storage
        super().__init__(storage, name, **{"cache_size": self.default_query_cache_capacity, **options})

    # ---------------------------------------------------------------- reading

    def row(self, doc_id: int) -> Document | None:
        """The document under `doc_id`."""
        row = self._reading().row(str(doc_id))
        return None if row is None else self.document_class(decode(row), doc_id)

    def rows(self, doc_ids: Iterable[int]) -> list[Document]:
        """Those of these documents that there are, in this order."""
        return [found for found in map(self.row, doc_ids) if found is not None]

    def having(self, texts: Mapping[Path, str]) -> Iterator[Document]:
        """The documents that have all these texts, each where its path says."""
        indexes = self._vault.engine.indexes_of(self._name)
        found = answering(asked_for(texts), _never, self._reading(), indexes)
        return (self._document(key, document) for key, document, _ in found)

    def marks(self) -> dict[int, object]:
        """For every document something that is another as soon as the document is another."""
        reading = self._reading()
        return {int(key): reading.mark(key) for key in reading.ids()}

    def get(self, cond: Any = None, doc_id: Any = None, doc_ids: Any = None) -> Any:
        """One document by its id or a question, or those of several ids."""
        if doc_id is not None:
            return self.row(doc_id)
        if doc_ids is not None:
            wanted = {str(one) for one in doc_ids}
            reading = self._reading()
            keys = [key for key in wanted if key in reading]
            order = {key: at for at, key in enumerate(reading.ids())} if len(keys) > 1 else {}
            keys.sort(key=lambda key: order.get(key, 0))
            return [self._document(key, decode(cast("bytes", reading.row(key)))) for key in keys]
        if cond is not None:
            for key, document, _row in self._matching(cond, self._reading()):
                return self._document(key, document)
            return None
        raise RuntimeError("You have to pass either cond or doc_id or doc_ids")

    def search(self, cond: QueryLike) -> list[Document]:
        """The documents that match."""
        reading, answers = self._reading(), self._query_cache
        known = answers.known(cond)
        if known is not None and reading.is_still(known.state):
            again = [self._document(key, decode(row)) for key in known.keys if (row := reading.row(key)) is not None]
            if reading.is_still(known.state):
                return again
        keys: list[str] = []
        found: list[Document] = []
        for key, document, _row in self._matching(cond, reading):
            keys.append(key)
            found.append(self._document(key, document))
        state = reading.state
        if state and len(found) <= LONGEST_KEPT:
            answers.keep(cond, Answer(state, keys))
        return found

    def __len__(self) -> int:
        return len(self._reading())

    def __iter__(self) -> Iterator[Document]:
        for key, row in self._reading().items():
            yield self._document(key, decode(row))

    # ---------------------------------------------------------------- writing

    def insert(self, document: Mapping[str, Any]) -> int:
        """Insert a document; its number and its commit are one step for other threads."""
        if type(document) is not dict and not isinstance(document, Mapping):
            raise ValueError("Document is not a Mapping")
        draft = self._vault.joined(self._name)
        try:
            if draft is not None:
                return self._put_fresh(document, draft)
            with self._vault.transaction():
                return self._put_fresh(document, self._vault.draft_of(self._name))
        except BaseException:
            self.forget_undone()
            raise

    def insert_multiple(self, documents: Any) -> list[int]:
        """Insert documents, all in one commit."""
        with self._writing():
            return super().insert_multiple(documents)

    def put_many(self, documents: Mapping[int, Mapping[str, Any]]) -> None:
        """Make these the documents under their ids, whatever was there; one commit."""
        plain = {str(doc_id): dict(document) for doc_id, document in documents.items()}
        rows = {key: encode(document) for key, document in plain.items()}
        with self._vault.transaction():
            draft = self._vault.draft_of(self.name)
            for key, row in rows.items():
                draft.put(key, row, plain[key])
            draft.exists = True
        self.forget_undone()

    def update(self, fields: Fields, cond: Any = None, doc_ids: Any = None) -> list[int]:
        """Set fields of the documents that match, or let a function change each."""
        with self._writing():
            if doc_ids is None and cond is not None:
                return self._update_found(fields, cond)
            return super().update(fields, None, doc_ids)

    def remove(self, cond: Any = None, doc_ids: Any = None) -> list[int]:
        """Remove the documents that match."""
        with self._writing():
            if doc_ids is None and cond is not None:
                doc_ids = self._ids(cond)
            return super().remove(None, doc_ids)

    def forget_undone(self) -> None:
        """Count document ids afresh and search afresh: what was undone had taken an id and may be cached."""
        self._next_id = None
        self.clear_cache()

    def _put_fresh(self, document: Mapping[str, Any], draft: TableDraft) -> int:
        is_plain, doc_id = type(document) is dict, 0
        if is_plain or not isinstance(document, self.document_class):
            doc_id = self._next_free(draft)
        else:
            doc_id, self._next_id = document.doc_id, None
        key = str(doc_id)
        if draft.has(key):
            raise ValueError(f"Document with ID {key} already exists")
        plain = document if is_plain else dict(document)
        draft.put(key, encode(plain), plain)
        if self._query_cache.cache:
            self._query_cache.clear()
        return doc_id

    def _update_found(self, fields: Fields, cond: QueryLike) -> list[int]:
        """Change what answers, all of it before anything is written: each document is read and told once."""
        found = list(self._matching(cond, self._reading()))
        fresh: list[tuple[str, bytes, dict[str, Any]]] = []
        for key, document, before in found:
            if callable(fields):
                fields(document)
            else:
                document.update(fields)
            row = encode(document)
            if row != before:
                fresh.append((key, row, document))
        draft = self._vault.draft_of(self._name)
        for key, row, document in fresh:
            draft.put(key, row, document)
        draft.exists = True
        self.clear_cache()
        return [self.document_id_class(key) for key, _, _ in found]

    def _writing(self) -> Transaction:
        """Made anew each time: one that were kept would hold the table that holds it, and with it the open file."""
        return Transaction(self._vault, frees_room=False, on_undone=self.forget_undone)

    def _next_free(self, draft: TableDraft) -> Any:
        """The number behind the greatest, as TinyDB has it; told without reading the table."""
        if self._next_id is None:
            self._next_id = max(map(self.document_id_class, draft.ids()), default=0) + 1
        free = self._next_id
        self._next_id = free + 1
        return free

    # ---------------------------------------------------------------- what TinyDB's own methods stand on

    def _reading(self) -> Reading:
        return self._vault.reading(self._name)

    def _read_table(self) -> dict[str, Mapping[str, Any]]:
        return cast("dict[str, Mapping[str, Any]]", TableView(self._reading()))

    def _update_table(self, updater: Callable[[dict[int, Mapping[str, Any]]], None]) -> None:
        with self._vault.transaction():
            draft = self._vault.draft_of(self.name)
            update = TableUpdate(self._reading(), self.document_id_class)
            updater(cast("dict[int, Mapping[str, Any]]", update))
            update.settle(draft)
        self.clear_cache()

    def _ids(self, cond: QueryLike) -> list[int]:
        return [self.document_id_class(key) for key, _, _ in self._matching(cond, self._reading())]

    def _matching(self, cond: QueryLike, reading: Reading) -> Iterator[Found]:
        return answering(asked_of(cond), cond, reading, self._vault.engine.indexes_of(self._name))

    def _document(self, key: str, document: Mapping[str, Any]) -> Document:
        if self.document_class is not Document:
            return self.document_class(document, self.document_id_class(key))
        made = _new(Document)  # what its constructor does, in a third of the time
        made |= document
        made.doc_id = self.document_id_class(key)
        return made


def _never(_document: object) -> bool:
    return False  # what is no text is not that text
