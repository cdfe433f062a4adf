"""One push being merged: what was there, what stands now, and everything that has to be written for it."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pydantic import JsonValue

from sync_server.at_once import SetAtOnce
from sync_server.clock import effective
from sync_server.families import family_in, survivors_in
from sync_server.kept import DeviceMark, Event, Head, Key, Logged, StoredRecord, Work
from sync_server.lives import is_seen, life_of
from sync_server.store import Ledger
from visit_core.change import Op, Registers
from visit_core.custom import custom_specs
from visit_core.fields import Specs
from visit_core.ids import SERVER, team_scope
from visit_core.merge import DELETED, Cell, Cells, is_gone, merge
from visit_core.registers import fold, rule_of
from visit_core.stamp import Stamp, instant_of

DEFINITION = "custom_field"
MOST_DEFINITIONS = 2000


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a push was merged at one moment."""

    seq: int
    records: Mapping[Key, StoredRecord]
    touched: Collection[Key]
    marks: Mapping[str, DeviceMark]
    logged: int
    events: int


class Merging:
    """The books of one team, on the desk: reads are done once, writes are gathered until `work`."""

    def __init__(self, ledger: Ledger, team: str, now_ms: int, keys: Collection[Key]) -> None:
        head = ledger.head()
        self.team = team
        self.server_ms = max(now_ms, head.clock_ms)
        self.events: list[Event] = []
        self._ledger = ledger
        self.life = life_of(head.seq)
        self._seq = head.seq
        self._epoch = head.epoch
        self._records = dict(ledger.records(keys))
        self._touched: set[Key] = set()
        self._marks: dict[str, DeviceMark] = {}
        self._logged: list[Logged] = []
        self._definitions: dict[str, StoredRecord] | None = None
        self._fresh: dict[str, set[Key]] = {}  # by kind; of some the merge was undone
        self._expected: set[str] = set()
        self._histories: dict[Key, Sequence[Logged]] = {}
        self._gone: dict[str, str] | None = None
        self._silent: set[tuple[str, str]] = set()  # customers of whom nothing of a kind was here before this push
        self._about: dict[tuple[str, str], Sequence[StoredRecord]] = {}

    def standing(self) -> Standing:
        """Where this push stands, for `back_to`."""
        records, touched, marks = dict(self._records), set(self._touched), dict(self._marks)
        return Standing(self._seq, records, touched, marks, len(self._logged), len(self.events))

    def back_to(self, standing: Standing) -> None:
        """Undo what was merged since; nothing of it is written before `work` is kept."""
        self._seq = standing.seq
        self._records, self._touched = dict(standing.records), set(standing.touched)
        self._marks = dict(standing.marks)
        del self._logged[standing.logged :]
        del self.events[standing.events :]

    def record(self, key: Key) -> StoredRecord | None:
        """The record as it stands now."""
        return self._records.get(key)

    def cells(self, key: Key) -> Cells:
        """The record's cells as they stand now; none if it is not there yet."""
        record = self._records.get(key)
        return record.cells if record else {}

    def custom(self, kind: str) -> Specs:
        """The team's own fields of a kind, those of this push included."""
        if self._definitions is None:
            self._definitions = {one.id: one for one in self._ledger.records_of(DEFINITION, MOST_DEFINITIONS)}
        standing = (self._definitions | self._of_this_push(DEFINITION)).values()
        told = (fold(DEFINITION, {name: cell.value for name, cell in record.cells.items()}) for record in standing)
        return custom_specs(kind, (one for one in told if one.get(DELETED) is not True))

    def expect(self, customers: Iterable[str]) -> None:
        """These are going to be asked about, so that one question finds what hangs on all of them."""
        self._expected |= set(customers)

    def about(self, customer: str, kind: str) -> list[dict[str, JsonValue]]:
        """Everything of that kind that hangs on a customer and those merged with them, this push included."""
        if (customer, kind) in self._silent and kind not in self._fresh:
            return []
        whom = self._family(customer)
        if any((one, kind) not in self._about for one in whom):
            self._look_up(kind, {*whom, *self._expected} - {""})
        hanging = [record for one in whom for record in self._about.get((one, kind), ())]
        if not hanging and kind not in self._fresh:
            self._silent.add((customer, kind))
            return []
        standing = {one.id: one for one in hanging} | self._of_this_push(kind)
        told = (fold(kind, {name: cell.value for name, cell in one.cells.items()}) for one in standing.values())
        return [one for one in told if one.get("customer_id") in whom and one.get(DELETED) is not True]

    def _family(self, customer: str) -> tuple[str, ...]:
        if self._gone is None:
            self._gone = survivors_in(self._ledger)
        return family_in(self._gone, customer) if customer else ()

    def living_at(self, door: str) -> list[str]:
        """The customers behind a door, this push included."""
        kept = {one.id: one for one in self._ledger.records_about([door], ["customer"])}
        here = [one for one in (kept | self._of_this_push("customer")).values() if not is_gone(one.cells)]
        return [one.id for one in here if (lives := one.cells.get("household_id")) and lives.value == door]

    def mark(self, device: str) -> DeviceMark:
        """How far that device was taken, this push included."""
        if device not in self._marks:
            self._marks[device] = self._ledger.mark(device)
        return self._marks[device]

    def move_mark(self, mark: DeviceMark) -> None:
        """That device was taken further."""
        self._marks[mark.device] = mark

    def put(
        self,
        key: Key,
        registers: Mapping[str, JsonValue],
        stamp: Stamp,
        *,
        by: str,
        scopes: Iterable[str] = (),
        was: int = 0,
    ) -> dict[str, Cell]:
        """Merge the registers into the record under a fresh number; give the cells that were brought."""
        self._seq += 1
        at = str(stamp)
        fresh = {name: Cell(value, at, by, self._seq, was) for name, value in registers.items()}
        standing = self._records.get(key)
        cells = merge(standing.cells, fresh, rule_of(key[0])) if standing else fresh
        fed = standing.scopes if standing else tuple(dict.fromkeys(scopes)) or (team_scope(self.team),)
        self._records[key] = StoredRecord(*key, fed, cells, self._seq)
        self._touched.add(key)
        self._fresh.setdefault(key[0], set()).add(key)
        return fresh

    def make(self, key: Key, cells: SetAtOnce, scopes: tuple[str, ...]) -> None:
        """A record that was not there, under the number that follows."""
        self._seq = cells.seq
        self._records[key] = StoredRecord(*key, scopes, cells, cells.seq)
        self._touched.add(key)
        self._fresh.setdefault(key[0], set()).add(key)

    @property
    def next_seq(self) -> int:
        """The number that will be given next."""
        return self._seq + 1

    def seal(self, said: str) -> str:
        """What only this store's key gives for that text."""
        return self._ledger.seal(said)

    def log(self, logged: Logged) -> None:
        """Keep the change itself."""
        self._logged.append(logged)

    def server_sets(
        self,
        key: Key,
        registers: Registers,
        *,
        by: str,
        op: Op = "set",
        scopes: Iterable[str] = (),
        after: Stamp | None = None,
    ) -> None:
        """A change by the server itself, stamped after all that it overrules; `by` is who gave cause.

        With `after` it is one that a restore had lost: it goes right behind that stamp instead of to this moment.
        """
        mark, standing = self.mark(SERVER), self.cells(key)
        floors = [standing[name].at for name in registers if name in standing]
        floors += [str(after)] if after else [mark.last_eff] if mark.last_eff else []
        at_ms = 0 if after else self.server_ms
        stamp = effective(Stamp(0, 0, SERVER), at_ms, self.server_ms, device=SERVER, floors=floors)
        if op == "create":
            registers = {**registers, "created_at": instant_of(str(stamp))}
        self.put(key, registers, stamp, by=by, scopes=scopes)
        self.move_mark(DeviceMark(SERVER, mark.last_n + 1, max(str(stamp), mark.last_eff or "")))
        self._log_server(key, registers, op=op, seq=self._seq, stamp=str(stamp), by=by)

    def value_as_of(self, key: Key, register: str, seq: int) -> JsonValue:
        """What stood in the register when the record was at `seq`; None for nothing."""
        stood: dict[str, Cell] = {}
        for cell in self._cells_kept(key, register):
            if is_seen(cell, seq):
                stood = merge(stood, {register: cell}, rule_of(key[0]))
        return stood[register].value if register in stood else None

    def value_seen_by(self, key: Key, register: str, seq: int, device: str) -> JsonValue:
        """What that device showed in the register when it had read up to `seq`: what it set itself included."""
        stood: dict[str, Cell] = {}
        fresh = [logged for logged in self._logged if (logged.kind, logged.id) == key]
        for cell in (*self._cells_kept(key, register), *_cells_in(fresh, register)):
            if is_seen(cell, seq) or device_of(cell) == device:
                stood = merge(stood, {register: cell}, rule_of(key[0]))
        return stood[register].value if register in stood else None

    def cells_since(self, key: Key, register: str, seq: int) -> list[Cell]:
        """Everything that was set in the register after `seq`, before this push."""
        return [cell for cell in self._cells_kept(key, register) if not is_seen(cell, seq)]

    def base_of(self, key: Key, cell: Cell) -> int:
        """Up to where the person had read who set that cell; 0 if it is not known."""
        if key not in self._histories:
            self._histories[key] = self._ledger.history(key)
        made = (logged for logged in self._histories[key] if logged.eff == cell.at)
        return next((int(json.loads(logged.payload).get("base", 0)) for logged in made), 0)

    def work(self) -> Work:
        """All that is to be written."""
        return Work(
            Head(self._seq, self.server_ms, self._epoch),
            list(self._marks.values()),
            [self._records[key] for key in sorted(self._touched)],
            self._logged,
            self.events,
        )

    def _look_up(self, kind: str, customers: Collection[str]) -> None:
        """Find what hangs on those of them that were not asked about yet."""
        found: dict[str, list[StoredRecord]] = {one: [] for one in customers if (one, kind) not in self._about}
        for record in self._ledger.records_about(found, [kind]) if found else ():
            found[str(record.cells["customer_id"].value)].append(record)
        self._about |= {(customer, kind): hanging for customer, hanging in found.items()}

    def _of_this_push(self, kind: str) -> dict[str, StoredRecord]:
        """The records of that kind that this push has written, by id."""
        keys = self._fresh.get(kind, ())
        return {key[1]: self._records[key] for key in keys if key in self._records}

    def _cells_kept(self, key: Key, register: str) -> Iterator[Cell]:
        if key not in self._histories:
            self._histories[key] = self._ledger.history(key)
        yield from _cells_in(self._histories[key], register)

    def _log_server(self, key: Key, registers: Registers, *, op: Op, seq: int, stamp: str, by: str) -> None:
        self.log(
            Logged(
                device=SERVER,
                n=self.mark(SERVER).last_n,
                hash="",
                kind=key[0],
                id=key[1],
                seq=seq,
                raw=stamp,
                eff=stamp,
                clock="ok",
                by=by,
                status="applied",
                payload=json.dumps({"op": op, "kind": key[0], "id": key[1]}),
                result="{}",
                received_ms=self.server_ms,
                registers=registers,
            )
        )


def _cells_in(entries: Iterable[Logged], register: str) -> Iterator[Cell]:
    for logged in entries:
        if register in logged.registers:
            yield Cell(logged.registers[register], logged.eff, logged.by, logged.seq or 0, logged.was or 0)


def device_of(cell: Cell) -> str:
    """The device that set a cell."""
    return cell.at[-8:]
