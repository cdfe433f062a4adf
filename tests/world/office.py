"""The server's side of the simulated world: the product's own exchange on a real store.

Several processes may serve one store. A process may die before its commit or between its two transactions, and another
may serve somebody in between: `Between` is that seam, put between the product and its store.
"""

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from sqlalchemy import Executable, RowMapping, insert, select, update

from field_app.local_store import LocalStore
from sync_server import leavers, people
from sync_server.auth import Principal, hash_of, signed_in
from sync_server.care import collecting
from sync_server.exchange import exchange
from sync_server.intake import read_push
from sync_server.kept import Device, Person
from sync_server.keys import audit_key
from sync_server.pull import older
from sync_server.schema import device_mark, person, team
from sync_server.store import Ledger, Reading
from sync_server.store_sql import copying
from sync_server.store_sql.engine import open_engines
from sync_server.store_sql.opening import once, open_store
from sync_server.store_sql.store import SqlStore
from tests.world.clocks import TrueTime
from tests.world.mix import DAY, Mix
from tests.world.places import KEY, Place
from visit_core.errors import TooLarge, VisitError
from visit_core.protocol import ErrorAnswer, OlderResponse

SAFE_DAYS = 30
T = TypeVar("T")


class ServerDied(Exception):
    """The power went at the server; whoever waited for it hears nothing."""


@dataclass(slots=True)
class Fate:
    """What the world does to the next exchange."""

    dies_in_commit: bool = False
    dies_between: bool = False
    between: Callable[[], object] = lambda: None


class Between:
    """A central store on its way to the product: every job goes through here."""

    def __init__(self, store: SqlStore, fate: Fate) -> None:
        self._store, self._fate = store, fate

    def write(self, team_id: str, job: Callable[[Ledger], T]) -> T:
        """Do the job in one transaction, unless the power goes before its commit."""

        def mortal(ledger: Ledger) -> T:
            given = job(ledger)
            if self._fate.dies_in_commit:
                raise ServerDied
            return given

        return self._store.write(team_id, mortal)

    def read(self, team_id: str, job: Callable[[Reading], T]) -> T:
        """Do the job on one snapshot, after whatever happens in between."""
        if self._fate.dies_between:
            raise ServerDied
        self._fate.between()
        return self._store.read(team_id, job)

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)


class Office:
    """One team's server, or several on one store; `at_ms` is when a backup in the list was made."""

    def __init__(self, place: Place, time: TrueTime, mix: Mix) -> None:
        self._time, self._skew_ms, self.page_bytes = time, mix.server_skew_ms, mix.page_bytes
        self._window_days = mix.window_days
        self._place, self.turned_ms = place, 0
        self._servers, self._turn, self._drawn = mix.servers, 0, itertools.count(1)
        self.stores: list[SqlStore] = []
        self.opens()
        self.backups: list[tuple[int, str]] = []
        self.restores = 0
        self.fell = (
            0  # how many restores there had been, itself among them, when nobody was told of one for the last time
        )

    @property
    def store(self) -> SqlStore:
        """The store as the first process has it."""
        return self.stores[0]

    def now_ms(self) -> int:
        """What the server that answers now takes for the time."""
        return self._time.now_ms + self.turned_ms + (self._skew_ms if self._turn % self._servers else 0)

    def opens(self) -> None:
        """Every process opens the store."""
        opened = partial(open_store, self._place.url, KEY, audit_key(KEY), readers=1, draws=self._draws)
        self.stores = [opened() for _ in range(self._servers)]
        self._behind = open_engines(self._place.url, KEY, 1)

    def closes(self) -> None:
        """Every process ends."""
        self._behind.dispose()
        for store in self.stores:
            store.close()

    def does(self, statement: Executable) -> None:
        """Something that the product has no word for yet, done behind its back."""
        with self._behind.writing.begin() as connection:
            connection.execute(statement)

    def asks(self, statement: Executable) -> Sequence[RowMapping]:
        """What stands in the tables."""
        with self._behind.reading.begin() as connection:
            return connection.execute(statement).mappings().all()

    def restarts(self) -> None:
        """All processes anew."""
        self.closes()
        self.opens()

    def found_team(self, team_id: str, name: str, epoch: str) -> None:
        """A team whose id and epoch the world has drawn."""
        row = {"team_id": team_id, "name": name, "epoch": epoch, "seq": 0, "clock_ms": 0}
        self.does(insert(team).values(row))

    def takes_in(self, somebody: Person, device: str, token: str) -> None:
        """Somebody with a device, both named by the world."""
        enrolled = Device(somebody.team, device, somebody.id, hash_of(token), self.now_ms())

        def add(ledger: Ledger) -> None:
            ledger.add_person(somebody)
            ledger.add_device(enrolled)

        self.store.write(somebody.team, add)

    def serves(self, token: str, body: bytes, fate: Fate, body_bytes: int) -> tuple[Principal | None, bytes, bool]:
        """Who asked, the answer's bytes, and whether it is an answer; ServerDied if nobody answers."""
        self._turn += 1
        store, principal = self.stores[self._turn % self._servers], None
        try:
            principal = signed_in(store, token)
            if len(body) > body_bytes:
                raise TooLarge("too_large", limit=body_bytes)
            at = self.now_ms()
            seam = Between(store, fate)
            limits = {"max_bytes": self.page_bytes, "window_days": self._window_days}
            told = exchange(seam, principal, read_push(body), now_ms=lambda: at, **limits)  # type: ignore[arg-type]
            return principal, told.as_json(), True
        except VisitError as refused:
            return principal, _refusal(refused.code, refused.facts), False
        except ServerDied:
            self.restarts()
            raise
        finally:
            if store not in self.stores:  # somebody died meanwhile: the file may not stay open
                store.close()

    def older(self, token: str, customer: str) -> tuple[Principal, OlderResponse]:
        """What a window left out of one customer, and who asked."""
        principal = signed_in(self.store, token)
        return principal, self.store.read(principal.team, lambda reading: older(reading, principal, customer))

    def turns_role(self, somebody: str) -> None:
        """A rep becomes a supervisor or the other way round, with other scopes from the next request on."""
        (now,) = self.asks(select(person.c.role).where(person.c.person == somebody))
        role = "rep" if now["role"] == "supervisor" else "supervisor"
        self.does(update(person).where(person.c.person == somebody).values(role=role))

    def scopes_of(self, token: str) -> set[str]:
        """What the person behind that token may see now; nothing once it is revoked."""
        return set(signed_in(self.store, token).scopes)

    def is_even(self, store: LocalStore) -> bool:
        """Whether that phone has read and sent all there is, by its own word."""
        head = self.store.read(store.me.team, lambda reading: reading.head())
        progress = store.progress()
        at_head = progress.epoch == head.epoch and set(progress.cursors.values()) == {head.seq}
        return at_head and not store.waiting() and not progress.is_sweeping

    def revokes(self, device: str) -> None:
        """Nothing more from that device."""
        people.revoke(self.store, device, self.now_ms)

    def reassigns(self, team_id: str, *, leaver: str, to: str) -> None:
        """What one had in hand goes to another."""
        leavers.reassign(self.store, team_id, leaver=leaver, to=to, by=to, now_ms=self.now_ms())

    def collects(self) -> int:
        """Old tombstones leave the feed, and photographs that were long in the bin the store."""
        collecting.collect_blobs(self.store, self.now_ms())
        return collecting.collect(self.store, self.now_ms())

    def backs_up(self) -> None:
        """The store as it is, tried out: what it holds counts as safe once it is old enough."""
        marks = {(row["team_id"], row["device"]): row["last_n"] for row in self.asks(select(device_mark))}
        now_ms = self.now_ms()
        safe_ms = now_ms - SAFE_DAYS * DAY
        self.backups.append((now_ms, self.copied()))
        for one in self.store.teams():
            keep = partial(_keep_backed_up, marks=marks, made_ms=now_ms, safe_ms=safe_ms)
            self.store.write(one.id, keep)

    def copied(self) -> str:
        """The store as it is, kept aside; its name."""
        self.closes()
        copy = self._place.copied()
        self.opens()
        return copy

    def puts_back(self, copy: str, epoch: str) -> None:
        """What was kept aside takes the store's place, and a new life begins; who was revoked since stays so."""
        beyond = max(row["seq"] for row in self.asks(select(team.c.seq)))
        begins = partial(copying.begin_life, epoch=epoch, beyond=beyond)
        self._stands_as(copy, lambda: once(self._place.url, KEY, begins))

    def falls_back(self, copy: str) -> None:
        """What was kept aside takes the store's place, and nobody tells it; who was revoked since is revoked again."""
        self._stands_as(copy, lambda: None)
        self.fell = self.restores

    def _stands_as(self, copy: str, then: Callable[[], object]) -> None:
        revoked = [name.name for one in self.store.teams() for name in self.store.read(one.id, _revoked)]
        self.closes()
        self._place.put_back(copy)
        then()
        self.opens()
        self.restores += 1
        for device in revoked:
            self.revokes(device)

    def _draws(self, count: int) -> str:
        """Nothing that is drawn by the machine: one seed is one run."""
        return format(next(self._drawn), f"0{2 * count}x")


def _keep_backed_up(ledger: Ledger, *, marks: dict[tuple[str, str], int], made_ms: int, safe_ms: int) -> None:
    ledger.keep_backed_up(marks, made_ms, safe_ms)


def _revoked(reading: Reading) -> list[Device]:
    return [device for device in reading.devices() if device.standing == "revoked"]


def _refusal(code: str, facts: dict[str, str | int]) -> bytes:
    return ErrorAnswer(code=code, facts=facts).model_dump_json().encode()
