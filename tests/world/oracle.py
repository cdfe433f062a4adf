"""What must be true once everything has come to rest. Worked out anew from the log, without the product's merge."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator

from pydantic import JsonValue

from sync_server.families import survivors_in
from sync_server.kept import Logged, StoredRecord
from tests.world.books import SERVER, Books, Key, read_books
from tests.world.overruled import check_overruled
from tests.world.phone import Phone
from tests.world.stamps import check_stamps
from tests.world.watch import Broken
from tests.world.windows import window_of
from tests.world.words import GROUPS, TOLD_BY_SERVER, is_once
from tests.world.world import Made, World
from visit_core.protocol import NOT_TOGETHER


def judge(world: World) -> None:
    """Broken at the first promise that was not kept."""
    for flaw in world.office.store.flaws():
        raise Broken("store_flaw", flaw)
    for team in sorted({phone.store.me.team for phone in world.phones}):
        books = read_books(world, team)
        here = [phone for phone in world.phones if phone.store.me.team == team]
        _check_numbers(books.log)
        check_stamps(world, books)
        _check_records(books)
        _check_groups(books)
        check_overruled(world, books)
        for phone in here:
            _check_made(world, books, phone)
            _check_together(books, phone)
            if not phone.is_revoked:
                _check_at_rest(phone)
                _check_even(world, books, phone)
                _check_survivors(world, phone)


def _check_numbers(log: Iterable[Logged]) -> None:
    """I3: of each device every number once and without a gap; of each change one, less what fell for its company."""
    last: dict[str, int] = defaultdict(int)
    changes = set()
    for logged in log:
        if logged.device == SERVER:
            continue
        if logged.n != last[logged.device] + 1:
            raise Broken("gap", logged.device, logged.n)
        last[logged.device] = logged.n
        if logged.raw and logged.raw in changes:
            raise Broken("twice", logged.device, logged.n)
        if not _fell_for_company(logged):
            changes.add(logged.raw)


def _fell_for_company(logged: Logged) -> bool:
    """Refused only because another of its transaction was: it may come again, under another number."""
    error = json.loads(logged.result).get("error") or {}
    return logged.status == "rejected" and error.get("facts", {}).get("why") == NOT_TOGETHER


def _check_records(books: Books) -> None:
    """I4: each register holds what wins by effective stamp, in whatever order things came."""
    standing: dict[Key, dict[str, tuple[str, str, JsonValue]]] = defaultdict(dict)
    for logged in books.log:
        for register, value in logged.registers.items():
            fresh = (logged.eff, json.dumps(value, sort_keys=True, separators=(",", ":")), value)
            held = standing[logged.kind, logged.id]
            held[register] = _winner(held.get(register), fresh, first=is_once(logged.kind, register))
    if standing.keys() != books.records.keys():
        raise Broken("records_differ", len(standing), len(books.records))
    for key, held in standing.items():
        cells = {name: (cell.at, cell.value) for name, cell in books.records[key].cells.items()}
        if cells != {name: (at, value) for name, (at, _, value) in held.items()}:
            differing = [name for name in held if cells.get(name) != (held[name][0], held[name][2])]
            raise Broken("wrong_winner", *key, *differing)


def _winner(
    a: tuple[str, str, JsonValue] | None, b: tuple[str, str, JsonValue], *, first: bool
) -> tuple[str, str, JsonValue]:
    if a is None:
        return b
    if first:
        return min(a, b, key=lambda one: (one[2] is None, one[0], one[1]))
    return max(a, b, key=lambda one: (one[0], one[1]))


def _check_groups(books: Books) -> None:
    """Fields of one group come from one change."""
    for (kind, id), stored in books.records.items():
        for group in GROUPS.get(kind, []):
            stamps = {stored.cells[name].at for name in group if name in stored.cells}
            if len(stamps) > 1:
                raise Broken("torn_group", kind, id)


def _check_made(world: World, books: Books, phone: Phone) -> None:
    """I2: whatever a person kept, and whatever was acknowledged, is there as it was made."""
    by_n = {logged.n: logged for logged in books.log if logged.device == phone.store.me.device}
    by_at = {logged.raw: logged for _, logged in sorted(by_n.items())}
    if not phone.is_revoked:
        for made in world.made.values():
            if made.device == phone.store.me.device and not (made.at in phone.forgotten and made.at not in by_at):
                _check_one(made, by_at.get(made.at))
    for told in phone.named.values():
        is_lost = (phone.is_revoked or phone.went_back) and told.life < world.office.restores
        if told.n not in by_n and not is_lost:
            raise Broken("acknowledged_and_gone", phone.store.me.device, told.n)
        is_known = not (is_lost and told.n in phone.unheard)  # else neither side has heard of its stamp
        is_known = (
            is_known and told.life >= world.office.fell
        )  # a late copy of the first request may come before the proof
        if told.stamp and is_known and told.n in by_n and by_n[told.n].eff != told.stamp:
            raise Broken("stamped_anew", phone.store.me.device, told.n)


def _check_together(books: Books, phone: Phone) -> None:
    """Of a transaction that never had to be cut, all was taken or nothing."""
    refused = {one.n: one.status == "rejected" for one in books.log if one.device == phone.store.me.device}
    for sent in phone.companies.values():
        if len(sent) == 1 and len({refused[n] for n in next(iter(sent)) if n in refused}) > 1:
            raise Broken("torn_transaction", phone.store.me.device, *next(iter(sent)))


def _check_one(made: Made, logged: Logged | None) -> None:
    if logged is None:
        raise Broken("made_and_gone", made.device, made.at, made.kind)
    if logged.status == "rejected":
        return
    registers = {name: value for name, value in logged.registers.items() if name not in ("deleted", "created_at")}
    if (logged.kind, logged.id, registers) != (made.kind, made.id, made.fields):
        raise Broken("altered", made.device, logged.n)


def _check_at_rest(phone: Phone) -> None:
    """I9: nothing waits any more, and nothing went wrong that a person would have to be told of."""
    if phone.store.waiting():
        raise Broken("stuck", phone.store.me.device, len(phone.store.waiting()))
    if phone.failures:
        raise Broken("failed", phone.store.me.device, *phone.failures)


def _check_even(world: World, books: Books, phone: Phone) -> None:
    """I1: this phone has exactly the records of its scopes and its window, as the server has them.

    What was collected may differ.
    """
    scopes = world.office.scopes_of(phone.store.me.token)
    wanted = {key: live(one) for key, one in books.records.items() if scopes & set(one.scopes)}
    here = dict(_base(phone))
    window = window_of(phone)
    for key in sorted(wanted.keys() | here.keys()):
        one = books.records.get(key)
        if key not in here and one and window.may_lack(key, one):
            continue
        if here.get(key) != wanted.get(key) and not _is_collected(books, key, here.get(key)):
            raise Broken("not_even", phone.store.me.device, *key, key in wanted, key in here)
        if key in here and one and window.must_lack(key, one):
            raise Broken("not_aged", phone.store.me.device, *key)


def _check_survivors(world: World, phone: Phone) -> None:
    """Every phone of a team leads each merged customer to the same one, and so does the server."""
    there = world.office.store.read(phone.store.me.team, survivors_in)
    here = dict(phone.store.survivors.all())
    if here != there:
        raise Broken("other_survivor", phone.store.me.device, len(here), len(there))


def _is_collected(books: Books, key: Key, here: dict[str, JsonValue] | None) -> bool:
    """A tombstone that has left the feed: a phone may have it or not, but not the record alive."""
    one = books.records.get(key)
    is_old = one is not None and one.seq <= books.floor and live(one).get("deleted") is True
    return is_old and (here is None or here.get("deleted") is True)


def live(one: StoredRecord) -> dict[str, JsonValue]:
    """What of a record is told to devices."""
    told: dict[str, JsonValue] = {"created_at": None, "deleted": False}
    return told | {name: cell.value for name, cell in one.cells.items() if cell.value is not None}


def _base(phone: Phone) -> Iterator[tuple[Key, dict[str, JsonValue]]]:
    db = phone.store.together
    for name in db.tables():
        if name.startswith("base."):
            for row in db.rows_of(name):
                fields = {key: value for key, value in row["fields"].items() if key not in TOLD_BY_SERVER}
                yield (name.removeprefix("base."), row["id"]), fields
