"""Everybody in one run of the simulated world: a seed draws them, their clocks and what may go wrong."""

import shutil
from collections import Counter
from dataclasses import dataclass
from random import Random

from field_app.enrolment import Me
from sync_server.kept import Person
from tests.world.clocks import SkewedClock, TrueTime
from tests.world.deeds import Chance
from tests.world.mix import DAY, Mix, drawn
from tests.world.office import Office
from tests.world.phone import Phone
from tests.world.places import InFile, Place, fast_folder
from tests.world.post import TIMEOUT_MS, Post
from tests.world.watch import Broken
from visit_core.change import Registers

BEGAN_MS = 1_795_298_400_000  # 2026-11-21T22:00:00Z
PEOPLE = (("east", "rep"), ("east", "rep"), ("east", "supervisor"), ("west", "rep"))
LETTERS = "abcdefghijklmnopqrstuvwxyz234567"


@dataclass(frozen=True, slots=True)
class Made:
    """One change as somebody made it, and when that truly was."""

    device: str
    at: str
    op: str
    kind: str
    id: str
    fields: Registers
    base: int
    true_ms: int


class World:
    """The office, the phones and the post between them."""

    def __init__(self, seed: int, mix: Mix | None = None, place: Place | None = None) -> None:
        self.lots = Random(seed)
        self.chance = Chance(Random(self.lots.getrandbits(64)))
        self.mix: Mix = mix or drawn(self.lots)
        self.time = TrueTime(BEGAN_MS)
        self.folder = fast_folder()
        self.place = place or InFile(self.folder)
        self.office = Office(self.place, self.time, self.mix)
        self.post = Post(self.lots, self.mix, self.time, self.office)
        self.post.tells = self.tells
        self.made: dict[str, Made] = {}
        self.snapped: dict[str, bytes] = {}  # photographs by the ids of their records
        self.reboots: Counter[str] = Counter()
        self.told: list[str] = []  # the story so far, in ids and counts
        self.phones: list[Phone] = []
        self._found()

    def passes(self, ms: int) -> None:
        """Time goes by, and what is due happens."""
        self.post.passes(ms)

    def drain(self) -> None:
        """Nothing goes wrong any more; everybody syncs until nothing moves, and once more on the next day."""
        self.post.is_calm = True
        self.passes(self.mix.late_ms + DAY)
        self._all_sync()
        if self.mix.window_days:
            self.passes(DAY)
            self._all_sync()

    def _all_sync(self, rounds: int = 12) -> None:
        for _ in range(rounds):
            for phone in self.phones:
                phone.dies_after(0)
                phone.exchanges = 0
                if not phone.talks:
                    phone.syncs()
                self.passes(10 * TIMEOUT_MS)
            if all(phone.is_revoked or self.office.is_even(phone.store) for phone in self.phones):
                return
        raise Broken("never_even", rounds)

    def writes_down(self, phone: Phone) -> None:
        """What the person has just made, as it stands in the outbox."""
        for entry in phone.store.waiting():
            if entry.at not in self.made:
                told = (entry.op, entry.kind, entry.id, entry.fields, entry.base)
                self.made[entry.at] = Made(phone.store.me.device, entry.at, *told, self.time.now_ms)

    def tells(self, what: str, phone: Phone | None = None, *facts: object) -> None:
        """A line of the story."""
        who = self.phones.index(phone) if phone else "-"
        self.told.append(" ".join(map(str, (self.time.now_ms - BEGAN_MS, who, what, *facts))))

    def close(self) -> None:
        """Nothing of it stays."""
        self.office.closes()
        self.place.ends()
        for phone in self.phones:
            phone.ends()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _found(self) -> None:
        teams = {name: self.chance.hex32() for name in ("east", "west")}
        epoch = self.chance.hex32()
        for name, team in teams.items():
            self.office.found_team(team, name, epoch)
        for number, (team, role) in enumerate(PEOPLE):
            self.phones.append(self._enrolled(number, teams[team], role, epoch))

    def _enrolled(self, number: int, team: str, role: str, epoch: str) -> Phone:
        device = "".join(self.chance.lots.choices(LETTERS, k=8))
        person, token = self.chance.hex32(), self.chance.hex32()
        self.office.takes_in(Person(team, person, f"person {number}", role), device, token)
        me = Me.model_validate(
            {"device": device, "token": token, "person": person, "name": f"person {number}", "role": role}
            | {"team": team, "team_name": "", "organisation": "", "server": "http://127.0.0.1:9"}
        )
        ahead_ms = self.lots.choice((0, 0, 1, -1)) * self.lots.randrange(3 * DAY)
        (self.folder / f"phone-{number}").mkdir()
        phone = Phone(self.folder / f"phone-{number}" / "data.log", SkewedClock(self.time, ahead_ms), self.post.sends)
        phone.settles(me, epoch, self.time.now_ms)
        return phone
