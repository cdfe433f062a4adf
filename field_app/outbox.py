"""Changes this device has made that the server has not yet named, in the order they were made.

An entry goes `queued` (no number) → `sent` (numbered for good) → `settled` (named by the server, still drawn
until its row is pulled) → kept in the log of acknowledged changes until the server has them in a backup. A
refused one goes to quarantine, whole.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from field_app.entry import Entry, Key, entry_in
from field_app.open_entries import OpenEntries, order_of
from field_app.vault.database import VaultDB
from field_app.vault.table import VaultTable
from visit_core.protocol import ChangeResult, ErrorInfo, Resent

_NEVER_SENT: Mapping[str, Any] = {"place": 0, "n": None, "seq": None, "error": None, "sealed": None}


class Outbox:
    """The outbox, the quarantine and the log of acknowledged changes: three tables of one store."""

    def __init__(self, db: VaultDB) -> None:
        self._db = db
        self._entries = OpenEntries(db, "outbox")
        self._grouped: tuple[int, Mapping[Key, Sequence[Entry]]] = (-1, {})
        self._of_kind: dict[str, Mapping[str, Sequence[Entry]]] = {}

    def add(self, entries: Iterable[Entry]) -> list[int]:
        """Put new changes at the end; give their places."""
        return self._open.insert_multiple(entry.row() for entry in entries)

    def take_back(self, places: Iterable[int]) -> bool:
        """Undo changes that have not been sent for the first time; False, and nothing undone, if one has."""
        wanted = set(places)
        found = [entry for entry in self.entries() if entry.place in wanted]
        if len(found) < len(wanted) or any(entry.n is not None for entry in found):
            return False
        self._open.remove(doc_ids=sorted(wanted))
        return True

    def entries(self) -> tuple[Entry, ...]:
        """All that is not yet done, numbered ones first, each in its order."""
        return self._entries.all()

    def waiting(self) -> list[Entry]:
        """What the server has not yet named."""
        return [entry for entry in self.entries() if not entry.is_settled]

    def numbered_after(self, safe_n: int) -> list[Entry]:
        """Everything with a number that no backup of the server is known to hold, in order."""
        kept = [*self.entries(), *_entries(self._acknowledged), *self.quarantined()]
        return sorted((entry for entry in kept if (entry.n or 0) > safe_n), key=lambda entry: entry.n or 0)

    def keys(self) -> set[Key]:
        """The records of which anything is unsent, on its way or refused."""
        return {entry.key for entry in (*self.entries(), *self.quarantined())}

    def by_record(self) -> Mapping[Key, Sequence[Entry]]:
        """What is to be drawn on top of each record; what was refused as a whole record stays to be seen."""
        version = self._db.vault.version
        if self._grouped[0] != version:
            refused = [entry for entry in self.quarantined() if entry.op == "create"]
            self._grouped = version, _grouped([*refused, *self.entries()])
            self._of_kind.clear()
        return self._grouped[1]

    def of_kind(self, kind: str) -> Mapping[str, Sequence[Entry]]:
        """The same for one kind, by the records' ids; the same object until anything changes."""
        by_record = self.by_record()
        if kind not in self._of_kind:
            self._of_kind[kind] = {id: entries for (of, id), entries in by_record.items() if of == kind}
        return self._of_kind[kind]

    def number(self, entries: Iterable[Entry], next_n: int) -> list[Entry]:
        """The same entries, those without a number given the next ones, kept so for good."""
        numbered, fresh = [], {}
        for entry in entries:
            if entry.n is None:
                entry = replace(entry, n=next_n)
                fresh[entry.place] = entry.row()
                next_n += 1
            numbered.append(entry)
        if fresh:
            self._open.put_many(fresh)
        return numbered

    def renumber(self, numbers: Mapping[str, int | None]) -> None:
        """Those with these stamps have other numbers than was thought, or none."""
        known = [entry for entry in self.waiting() if entry.at in numbers]
        self._open.put_many({entry.place: replace(entry, n=numbers[entry.at]).row() for entry in known})

    def confirmed(self, most: int) -> list[Entry]:
        """The changes that the server has named last, newest first."""
        ids = list(self._acknowledged.marks())[-most:]
        named = [entry for entry in self.entries() if entry.is_settled]
        named += [entry_in(row, row.doc_id) for row in self._acknowledged.rows(ids)]
        return sorted(named, key=lambda entry: (entry.received_ms or 0, entry.n or 0), reverse=True)[:most]

    def acknowledged(self) -> Iterator[Entry]:
        """The changes that the server has named and that are drawn no longer, until it has them in a backup."""
        return _entries(self._acknowledged)

    def about(self, key: Key) -> list[Entry]:
        """Every change of this device to one record that is still here: open, refused or in the log, oldest first."""
        held = [*_entries(self._acknowledged), *self.entries(), *self.quarantined()]
        return sorted((entry for entry in held if entry.key == key), key=lambda entry: entry.at)

    def settle(self, results: Sequence[ChangeResult], received_ms: int) -> tuple[int, int]:
        """Note what became of sent changes; give how many were taken, how many refused."""
        result_by_n = {result.n: result for result in results}
        answered = [entry for entry in self.waiting() if entry.n in result_by_n]
        refused = [entry for entry in answered if result_by_n[entry.n or 0].status == "rejected"]
        taken = [entry for entry in answered if entry not in refused]
        self._open.put_many({entry.place: _settled(entry, result_by_n, received_ms).row() for entry in taken})
        self._move(refused, self._refused, result_by_n)
        return len(taken), len(refused)

    def drop_drawn(self, reached: Mapping[Key, int], head: int) -> None:
        """Draw settled changes no longer once their rows are here, or the whole feed up to them is."""
        done = [e for e in self.entries() if e.seq is not None and e.seq <= max(head, reached.get(e.key, -1))]
        self._move(done, self._acknowledged, {})

    def rewind(self, expect_n: int) -> None:
        """The server has lost changes from `expect_n` on: send them again, under the same numbers."""
        for table in (self._acknowledged, self._refused):
            lost = [entry for entry in _entries(table) if (entry.n or 0) >= expect_n]
            self._open.insert_multiple(_unsettled(entry).row() for entry in lost)
            table.remove(doc_ids=[entry.place for entry in lost])
        settled = [entry for entry in self.entries() if entry.is_settled and (entry.n or 0) >= expect_n]
        self._open.put_many({entry.place: _unsettled(entry).row() for entry in settled})

    def forget_bases(self) -> None:
        """The central store counts anew: no unsent change has seen anything of its numbers."""
        unsent = [entry for entry in self.entries() if entry.n is None and entry.base and not entry.sealed]
        self._open.put_many({entry.place: replace(entry, base=0).row() for entry in unsent})

    def forget_safe(self, safe_n: int) -> None:
        """Let go of acknowledged changes that are in a backup of the server."""
        safe = [entry.place for entry in _entries(self._acknowledged) if (entry.n or 0) <= safe_n]
        if safe:
            self._acknowledged.remove(doc_ids=safe)

    def deal_with(self, edited: Iterable[Entry]) -> list[Entry]:
        """Let go of refused changes that a person has now made anew: all of their registers, or the whole record.

        Gives what was refused only in their company, as if it had never been sent: it goes along with what is new.
        """
        by_key = {entry.key: entry for entry in edited}
        done = [old for old in self.quarantined() if old.key in by_key and _covers(by_key[old.key], old)]
        return self._let_go(done)

    def discard(self, key: Key) -> None:
        """Let go of what was refused about a record; what a person entered in its company is sent without it."""
        left = self._let_go([entry for entry in self.quarantined() if entry.key == key])
        self.add(entry for entry in left if not entry.by_rule)

    def _let_go(self, done: Sequence[Entry]) -> list[Entry]:
        if not done:
            return []
        groups = {entry.tx for entry in done if entry.tx is not None}
        self._put_by(done)
        left = [entry for entry in self.quarantined() if entry.tx in groups]
        groups -= {entry.tx for entry in left if not entry.is_company}
        free = [entry for entry in left if entry.tx in groups]
        self._put_by(free)
        return [replace(entry, **_NEVER_SENT) for entry in free]

    def _put_by(self, refused: Sequence[Entry]) -> None:
        """Out of sight, but not gone: after a restore the server asks for every number, and a gap would stop it."""
        self._acknowledged.insert_multiple(entry.row() for entry in refused)
        self._refused.remove(doc_ids=[entry.place for entry in refused])

    def quarantined(self) -> list[Entry]:
        """What the server refused, with the reason."""
        return sorted(_entries(self._refused), key=order_of)

    def _move(self, entries: Sequence[Entry], table: VaultTable, results: Mapping[int, ChangeResult]) -> None:
        if entries:
            table.insert_multiple(_with_error(entry, results).row() for entry in entries)
            self._open.remove(doc_ids=[entry.place for entry in entries])

    @property
    def _open(self) -> VaultTable:
        return self._db.rows_of("outbox")

    @property
    def _refused(self) -> VaultTable:
        return self._db.rows_of("quarantine")

    @property
    def _acknowledged(self) -> VaultTable:
        return self._db.rows_of("acknowledged")


def _entries(table: VaultTable) -> Iterator[Entry]:
    for document in table:
        yield entry_in(document, document.doc_id)


def _grouped(entries: Iterable[Entry]) -> dict[Key, list[Entry]]:
    grouped: dict[Key, list[Entry]] = {}
    for entry in entries:
        grouped.setdefault(entry.key, []).append(entry)
    return grouped


def _covers(new: Entry, old: Entry) -> bool:
    return new.op == "create" or (new.op == old.op and new.fields.keys() >= old.fields.keys())


def _settled(entry: Entry, results: Mapping[int, ChangeResult], received_ms: int) -> Entry:
    result = results[entry.n or 0]
    sealed, when = entry.sealed or _sealed(result), entry.received_ms or received_ms
    return replace(entry, seq=result.seq or 0, sealed=sealed, received_ms=when, error=result.error)


def _sealed(result: ChangeResult) -> Resent | None:
    """The first seal is kept: it tells the number that other devices had seen."""
    if result.seal is None or result.stamp is None or result.seq is None:
        return None
    return Resent(n=result.n, stamp=result.stamp, seq=result.seq, seal=result.seal)


def _unsettled(entry: Entry) -> Entry:
    return replace(entry, seq=None, error=None)


def _with_error(entry: Entry, results: Mapping[int, ChangeResult]) -> Entry:
    result = results.get(entry.n or 0)
    return replace(entry, error=result.error or ErrorInfo(code="not_valid")) if result else entry
