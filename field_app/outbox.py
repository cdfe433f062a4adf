"""Changes this device has made that the server has not yet named, in the order they were made.

An entry goes `queued` (no number) → `sent` (numbered for good) → `settled` (named by the server, still drawn
until its row is pulled) → kept in the log of acknowledged changes until the server has them in a backup. A
refused one goes to quarantine, whole.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from pydantic import BaseModel, ConfigDict

from field_app.vault.database import VaultDB
from field_app.vault.table import VaultTable
from visit_core.change import Change, ClockEvidence, Op, Registers
from visit_core.protocol import NOT_TOGETHER, ChangeResult, ErrorInfo, Resent

Key = tuple[str, str]
"""Kind and id of a record."""


_NEVER_SENT: Mapping[str, object] = {"place": 0, "n": None, "seq": None, "error": None, "sealed": None}

OUR_OWN = {"place", "seq", "error", "sealed", "by_rule", "received_ms"}
"""What this device alone knows of a change."""


class Entry(BaseModel):
    """One change of this device, and how far it has come."""

    model_config = ConfigDict(frozen=True)

    place: int = 0  # local order, the number in the table
    op: Op
    kind: str
    id: str
    scope: str | None = None
    fields: Registers
    at: str
    clock: ClockEvidence
    base: int
    schema_v: int
    by: str
    by_rule: bool = False  # a rule of ours added it to what a person did
    n: int | None = None
    seq: int | None = None  # the server's number for it, once settled
    received_ms: int | None = None  # when that was, by the server's clock
    error: ErrorInfo | None = None  # why it was refused
    sealed: Resent | None = None  # what the server made of it, under its seal: sent along if a restore loses it
    tx: int | None = None  # the same for neighbours that stand or fall together

    @property
    def is_company(self) -> bool:
        """Whether it was refused only because another of the same `tx` was."""
        return self.error is not None and self.error.facts.get("why") == NOT_TOGETHER

    @property
    def is_settled(self) -> bool:
        """Whether the server has named it."""
        return self.seq is not None

    @property
    def key(self) -> Key:
        """Which record it is about."""
        return self.kind, self.id

    def change(self) -> Change:
        """As it travels; the same bytes every time."""
        return Change.model_validate(
            self.model_dump(exclude={"place", "seq", "error", "sealed", "by_rule", "received_ms"})
        )


class Outbox:
    """The outbox, the quarantine and the log of acknowledged changes: three tables of one store."""

    def __init__(self, db: VaultDB) -> None:
        self._db = db
        self._read: dict[int, tuple[object, Entry]] = {}
        self._read_at = -1
        self._entries: tuple[Entry, ...] = ()
        self._grouped: tuple[int, Mapping[Key, Sequence[Entry]]] = (-1, {})

    def add(self, entries: Iterable[Entry]) -> list[int]:
        """Put new changes at the end; give their places."""
        return self._open.insert_multiple(_kept(entry) for entry in entries)

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
        version = self._db.vault.version
        if self._read_at != version:
            self._read = dict(self._read_again())
            self._entries = tuple(sorted((entry for _, entry in self._read.values()), key=_order))
            self._read_at = version
        return self._entries

    def _read_again(self) -> Iterator[tuple[int, tuple[object, Entry]]]:
        """Only what has changed: thousands may wait."""
        for place, mark in self._open.marks().items():
            known = self._read.get(place)
            yield place, known if known and known[0] == mark else (mark, _entry(self._open, place))

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
        return self._grouped[1]

    def number(self, entries: Iterable[Entry], next_n: int) -> list[Entry]:
        """The same entries, those without a number given the next ones, kept so for good."""
        numbered, fresh = [], {}
        for entry in entries:
            if entry.n is None:
                entry = entry.model_copy(update={"n": next_n})
                fresh[entry.place] = _kept(entry)
                next_n += 1
            numbered.append(entry)
        if fresh:
            self._open.put_many(fresh)
        return numbered

    def unnumber(self, first_n: int) -> None:
        """From that number on they were guessed: unsent changes have none again."""
        guessed = [entry for entry in self.waiting() if (entry.n or 0) >= first_n]
        self._open.put_many({entry.place: _kept(entry.model_copy(update={"n": None})) for entry in guessed})

    def confirmed(self, most: int) -> list[Entry]:
        """The changes that the server has named last, newest first."""
        ids = list(self._acknowledged.marks())[-most:]
        named = [entry for entry in self.entries() if entry.is_settled]
        named += [_entry(self._acknowledged, place) for place in ids]
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
        self._open.put_many({entry.place: _kept(_settled(entry, result_by_n, received_ms)) for entry in taken})
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
            self._open.insert_multiple(_kept(_unsettled(entry)) for entry in lost)
            table.remove(doc_ids=[entry.place for entry in lost])
        settled = [entry for entry in self.entries() if entry.is_settled and (entry.n or 0) >= expect_n]
        self._open.put_many({entry.place: _kept(_unsettled(entry)) for entry in settled})

    def forget_bases(self) -> None:
        """The central store counts anew: no unsent change has seen anything of its numbers."""
        unsent = [entry for entry in self.entries() if entry.n is None and entry.base]
        self._open.put_many({entry.place: _kept(entry.model_copy(update={"base": 0})) for entry in unsent})

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
        return [entry.model_copy(update=_NEVER_SENT) for entry in free]

    def _put_by(self, refused: Sequence[Entry]) -> None:
        """Out of sight, but not gone: after a restore the server asks for every number, and a gap would stop it."""
        self._acknowledged.insert_multiple(_kept(entry) for entry in refused)
        self._refused.remove(doc_ids=[entry.place for entry in refused])

    def quarantined(self) -> list[Entry]:
        """What the server refused, with the reason."""
        return sorted(_entries(self._refused), key=_order)

    def _move(self, entries: Sequence[Entry], table: VaultTable, results: Mapping[int, ChangeResult]) -> None:
        if entries:
            table.insert_multiple(_kept(_with_error(entry, results)) for entry in entries)
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
        yield Entry.model_validate({**document, "place": document.doc_id})


def _entry(table: VaultTable, place: int) -> Entry:
    return Entry.model_validate({**(table.row(place) or {}), "place": place})


def _grouped(entries: Iterable[Entry]) -> dict[Key, list[Entry]]:
    grouped: dict[Key, list[Entry]] = {}
    for entry in entries:
        grouped.setdefault(entry.key, []).append(entry)
    return grouped


def _kept(entry: Entry) -> dict[str, object]:
    return entry.model_dump(mode="json", exclude={"place"}, exclude_none=True) | {"fields": entry.fields}


def _order(entry: Entry) -> tuple[bool, int, int]:
    return entry.n is None, entry.n or 0, entry.place


def _covers(new: Entry, old: Entry) -> bool:
    return new.op == "create" or (new.op == old.op and new.fields.keys() >= old.fields.keys())


def _settled(entry: Entry, results: Mapping[int, ChangeResult], received_ms: int) -> Entry:
    result = results[entry.n or 0]
    told = {"seq": result.seq or 0, "sealed": entry.sealed or _sealed(result)}
    return entry.model_copy(update={**told, "received_ms": entry.received_ms or received_ms})


def _sealed(result: ChangeResult) -> Resent | None:
    """The first seal is kept: it tells the number that other devices had seen."""
    if result.seal is None or result.stamp is None or result.seq is None:
        return None
    return Resent(n=result.n, stamp=result.stamp, seq=result.seq, seal=result.seal)


def _unsettled(entry: Entry) -> Entry:
    return entry.model_copy(update={"seq": None, "error": None})


def _with_error(entry: Entry, results: Mapping[int, ChangeResult]) -> Entry:
    result = results.get(entry.n or 0)
    return entry.model_copy(update={"error": result.error or ErrorInfo(code="not_valid")}) if result else entry
