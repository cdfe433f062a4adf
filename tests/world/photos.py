"""Photographs in the simulated world: taken, carried over bad wires, put in the bin, let go of; and what must be true.

The oracle knows the very bytes that somebody took. Whatever says that it was received has them, at every moment.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256 as hashed
from random import Random
from typing import TypeVar

from field_app.actions.photographs import KIND, on_their_way
from field_app.local_store import Edit
from field_app.uploads import FIRST_CHUNK_BYTES, FREELY, send_photos
from sync_server.auth import Principal, signed_in
from sync_server.blobs import Chunk, part_of, standing_of, take_chunk
from sync_server.kept import BlobKey
from sync_server.store import CentralStore
from tests.world.mix import DAY, MINUTE
from tests.world.office import Between, Fate, ServerDied
from tests.world.phone import BatteryOut, Phone
from tests.world.watch import Broken
from tests.world.world import World
from visit_core.blobs import Standing
from visit_core.change import Registers
from visit_core.errors import DeviceRevoked, OffsetMoved, Unreachable

LARGEST = 5 * FIRST_CHUNK_BYTES
T = TypeVar("T")


@dataclass(slots=True)
class Wire:
    """The way of one phone's photographs, with the rates of the run's mix; `dice` are not the lots of the story."""

    world: World
    phone: Phone
    dice: Random

    async def standing(self, sha256: str, size: int) -> Standing:
        """How far the server has it."""
        return self._goes(lambda store, who: standing_of(store, who, sha256, size))

    async def send(self, sha256: str, size: int, at: int, chunk: bytes) -> Standing:
        """The next bytes, once, twice or not at all."""
        brought = Chunk(BlobKey(sha256, size), at, chunk)

        def takes(store: CentralStore, who: Principal) -> Standing:
            return take_chunk(store, who, brought, self.world.office.now_ms)

        told = self._goes(takes)
        if self._befalls(self.world.mix.twice):
            with suppress(OffsetMoved, Unreachable):
                self._goes(takes)
        return told

    async def read(self, sha256: str, at: int, most: int) -> bytes:
        """Nobody looks at pictures here."""
        raise NotImplementedError

    def _goes(self, job: Callable[[CentralStore, Principal], T]) -> T:
        mix, office = self.world.mix, self.world.office
        if self._befalls(mix.lost_request):
            raise Unreachable()
        seam = Between(office.store, Fate(self._befalls(mix.dies_in_commit), self._befalls(mix.dies_between)))
        try:
            told = job(seam, signed_in(office.store, self.phone.store.me.token))  # type: ignore[arg-type]
        except ServerDied:
            office.restarts()
            raise Unreachable() from None
        if self._befalls(mix.lost_answer):
            raise Unreachable()
        return told

    def _befalls(self, rate: float) -> bool:
        return not self.world.post.is_calm and self.dice.random() < rate


def snap(world: World, phone: Phone) -> None:
    """Somebody takes a photograph, now and then of what another has taken, or makes a false claim of its size."""
    dice, taken = world.chance.lots, list(world.snapped.values())
    content = dice.choice(taken) if taken and dice.random() < 0.2 else dice.randbytes(dice.randrange(1, LARGEST))
    id, size = world.chance.record_id(phone.store.now_ms()), len(content) + (dice.random() < 0.05)
    told: Registers = {"kind": "photo", "sha256": hashed(content).hexdigest(), "size": size, "mime": "image/jpeg"}
    if phone.is_revoked:
        return
    try:
        phone.store.attachments.keep(id, content)
    except BatteryOut:
        phone.restarts()
        return
    world.snapped[id] = content
    _keeps(world, phone, Edit("create", KIND, id, told))


def carry(world: World, phone: Phone) -> None:
    """Photographs whose records went before are sent, as far as the wire allows."""
    if phone.is_revoked or phone.absent > 0:
        return
    with suppress(Unreachable, DeviceRevoked):
        _drive(world, phone)
    check_received(world)


def bin_one(world: World, phone: Phone) -> None:
    """A photograph goes into the bin, or out of it."""
    known = phone.store.find(KIND, deleted=True)
    known += phone.store.find(KIND)
    if known and not phone.is_revoked:
        view = world.chance.lots.choice(sorted(known, key=lambda one: one.id))
        _keeps(world, phone, Edit("restore" if view.is_deleted else "delete", KIND, view.id, {}))


def empty_bin(world: World, _: Phone) -> None:
    """A month and more goes by."""
    world.passes(40 * DAY)
    world.office.collects()


def check_received(world: World) -> None:
    """What says that it was received has every byte as somebody took it."""
    for team in {phone.store.me.team for phone in world.phones}:
        store = world.office.store
        for record in store.read(team, lambda reading: reading.records_of(KIND, 10**6)):
            cell = record.cells.get("received_at")
            if cell and cell.value and _bytes_of(store, team, record.id, world) != world.snapped[record.id]:
                raise Broken("received_and_not_there", record.id)


def check_all_arrived(world: World) -> int:
    """Once all rest: what a living phone has and the bin has not is received; how many photographs are."""
    arrived = 0
    for phone in world.phones:
        for id in sorted(phone.store.attachments.ids()):
            view = phone.store.itself(KIND, id)
            is_true = view is not None and view.fields.get("size") == len(world.snapped[id])
            if phone.is_revoked or view is None or view.is_deleted or view.is_refused or not is_true:
                continue
            if not view.fields.get("received_at"):
                raise Broken("never_received", phone.store.me.device, id)
            arrived += 1
    return arrived


def _keeps(world: World, phone: Phone, edit: Edit) -> None:
    """Keep it, and meet the server soon."""
    phone.keeps(edit)
    world.writes_down(phone)
    if not phone.talks and phone.absent < 1:
        phone.syncs()
    world.passes(MINUTE)


def _drive(world: World, phone: Phone) -> None:
    """To its end at once: nothing of it waits for anything."""

    async def go() -> None:
        wire = Wire(world, phone, world.chance.lots)
        async for _ in send_photos(phone.store, wire, on_their_way(phone.store), FREELY):
            pass

    try:
        go().send(None)
    except StopIteration:
        return
    except BatteryOut:
        phone.restarts()


def _bytes_of(store: CentralStore, team: str, id: str, world: World) -> bytes | None:
    anybody = Principal(team, "0" * 32, "aaaaaaaa", "supervisor")
    name = hashed(world.snapped[id]).hexdigest()
    here = store.read(team, lambda reading: reading.blobs.of(name))  # also of what is in the bin, where nobody reads
    key = next((one.key for one in here if one.whole_ms is not None), None)
    return b"".join(part_of(store, anybody, key, 0, key.size)) if key else None
