"""What may happen next in the simulated world: one function each, and one line in the register."""

from collections.abc import Callable, Mapping
from functools import partial

from tests.world import deeds, photos
from tests.world.mix import DAY, MINUTE
from tests.world.phone import BatteryOut, Phone
from tests.world.watch import check_rows
from tests.world.world import World
from visit_core.errors import DeviceRevoked

Act = Callable[[World, Phone], object]


def _does(world: World, phone: Phone, *, deed: deeds.Deed) -> None:
    if phone.is_revoked:
        return
    edits = deed(phone, world.chance)
    if edits:
        phone.keeps(*edits)
    world.writes_down(phone)
    if world.lots.random() < 0.35:
        _sync(world, phone)


def differ(world: World) -> None:
    """Two reps set one field, and their supervisor is to be told of it."""
    for phone, edit in zip(world.phones, deeds.both(world.phones[0], world.phones[1], world.chance), strict=False):
        if not phone.is_revoked:
            phone.keeps(edit)
            world.writes_down(phone)
            _sync(world, phone)


def _both(world: World, phone: Phone) -> None:
    """Two people set one field without knowing of each other."""
    other = world.lots.choice(world.phones)
    for one, edit in zip((phone, other), deeds.both(phone, other, world.chance), strict=False):
        if not one.is_revoked:
            one.keeps(edit)
            world.writes_down(one)


def _settle_conflict(world: World, phone: Phone) -> None:
    try:
        if not phone.is_revoked:
            deeds.settle_conflict(phone, world.chance)
    except BatteryOut:
        phone.restarts()
    world.writes_down(phone)


def _older(world: World, phone: Phone) -> None:
    """Somebody fetches what was done with a customer; nobody is handed what is not theirs to see."""
    customer = "" if phone.is_revoked or phone.absent > 0 else deeds.asks_older(phone, world.chance)
    if not customer:
        return
    try:
        principal, told = world.office.older(phone.store.me.token, customer)
        check_rows(principal, told.rows)
        phone.store.take_older(customer, told)
    except DeviceRevoked:
        return
    except BatteryOut:
        phone.restarts()
    if customer in phone.store.progress().older_of:
        phone.older.setdefault(customer, set()).update((row.kind, row.id) for row in told.rows)


def _sync(_: World, phone: Phone) -> None:
    if not phone.talks and phone.absent < 1:
        phone.syncs()


def _impatient(_: World, phone: Phone) -> None:
    if len(phone.talks) < 2 and phone.absent < 1:
        phone.syncs()


def _crash(_: World, phone: Phone) -> None:
    phone.restarts()


def _crash_at_a_write(world: World, phone: Phone) -> None:
    phone.dies_after(world.lots.randrange(1, 9))
    _sync(world, phone)


def _reboot(world: World, phone: Phone) -> None:
    phone.clock.reboot()
    world.reboots[phone.store.me.device] += 1
    phone.restarts()


def _turn_clock(world: World, phone: Phone) -> None:
    phone.clock.ahead_ms = world.lots.choice((0, 1, -1)) * world.lots.randrange(3 * DAY)


def _absent(world: World, phone: Phone) -> None:
    phone.absent = world.lots.randrange(4, 20)


def _long_away(world: World, phone: Phone) -> None:
    """Months go by. Before, somebody deletes what another may not have heard of, who may stop amid reading."""
    away = world.lots.choice(world.phones)
    steps = [partial(_deletes, world, phone), partial(_stops_reading, world, away)]
    world.lots.shuffle(steps)
    for step in steps[: world.lots.choice((0, 1, 2, 2))]:
        step()
    away.absent = max(away.absent, world.lots.choice((0, 6)))
    world.passes(world.lots.choice((40, 100, 200, 200)) * DAY)
    world.office.collects()


def _deletes(world: World, phone: Phone) -> None:
    _does(world, phone, deed=deeds.delete)
    _sync(world, phone)
    world.passes(MINUTE)


def _stops_reading(world: World, away: Phone) -> None:
    """The battery goes after some pages of what somebody has yet to read."""
    if world.mix.weights["change_role"]:
        world.office.turns_role(away.store.me.person)
    if world.lots.random() < 0.5:
        _is_salvaged(away)
    world.office.page_bytes = 400
    _sync(world, away)
    enough = away.exchanges + world.lots.randrange(1, 7)
    for _ in range(40):
        if away.exchanges < enough and away.talks:
            world.passes(1 + world.mix.slow_ms // 5)
    away.restarts()
    world.office.page_bytes = world.mix.page_bytes


def _is_salvaged(phone: Phone) -> None:
    """The store was damaged, and is mended when it is opened: everything is read again."""
    phone.restarts()
    try:
        phone.store.begin_after_salvage()
    except BatteryOut:
        phone.restarts()


def _copy_phone(world: World, phone: Phone) -> None:
    """Something is unsent just then, and goes out afterwards."""
    if not phone.is_revoked:
        phone.keeps(*deeds.create(phone, world.chance))
        world.writes_down(phone)
        phone.is_copied()
        _sync(world, phone)


def _go_back(world: World, phone: Phone) -> None:
    """The phone has only its copy any more; nobody else speaks for its former life."""
    if phone.is_revoked or not phone.has_copy:
        return
    world.post.forgets(phone)
    phone.goes_back()
    mine = (made for made in world.made.values() if made.device == phone.store.me.device)
    kept = (made.at for made in mine if not any(e.at == made.at for e in phone.store.made_here(made.kind, made.id)))
    phone.forgotten.update(kept)


def _change_role(world: World, _: Phone) -> None:
    """Somebody may be reading just then, be kept waiting, and be impatient."""
    somebody = world.phones[world.lots.choice((0, 2, 2, 2))]
    if world.mix.weights["impatient"]:
        differ(world)
        world.passes(MINUTE)
    _sync(world, somebody)
    world.post.held_back = {(somebody.store.me.device, ticket) for ticket in somebody.talks}
    world.passes(world.mix.slow_ms + 30)
    world.office.turns_role(somebody.store.me.person)
    if world.mix.weights["impatient"]:
        _impatient(world, somebody)


def _restart_server(world: World, _: Phone) -> None:
    world.office.restarts()


def _turn_server_clock(world: World, _: Phone) -> None:
    world.office.turned_ms = world.lots.choice((0, -5_000, -60_000))


def _reassign(world: World, phone: Phone) -> None:
    me = phone.store.me
    to = next(one for one in world.phones if one.store.me.team == me.team)
    world.office.reassigns(me.team, leaver=me.person, to=to.store.me.person)


def _backup(world: World, _: Phone) -> None:
    world.office.backs_up()


def _restore(world: World, _: Phone) -> None:
    young = _young(world)
    if young:
        world.office.puts_back(world.lots.choice(young), world.chance.hex32())


def _fall_back(world: World, _: Phone) -> None:
    young = _young(world)
    if young:
        world.office.falls_back(world.lots.choice(young))


def _young(world: World) -> list[str]:
    return [copy for made_ms, copy in world.office.backups if world.office.now_ms() - made_ms <= 30 * DAY]


def _revoke(world: World, phone: Phone) -> None:
    if not any(one.is_revoked for one in world.phones) and phone is not world.phones[0]:
        world.office.revokes(phone.store.me.device)


ACTS: Mapping[str, Act] = {
    "create": partial(_does, deed=deeds.create),
    "edit": partial(_does, deed=deeds.edit),
    "visit": partial(_does, deed=deeds.visit),
    "review": partial(_does, deed=deeds.review),
    "delete": partial(_does, deed=deeds.delete),
    "bring_back": partial(_does, deed=deeds.bring_back),
    "poison": partial(_does, deed=deeds.poison),
    "unknown": partial(_does, deed=deeds.unknown),
    "together": partial(_does, deed=deeds.together),
    "contact": partial(_does, deed=deeds.contact),
    "merge": partial(_does, deed=deeds.merge),
    "part": partial(_does, deed=deeds.part),
    "older": _older,
    "snap": photos.snap,
    "carry": photos.carry,
    "bin_photo": photos.bin_one,
    "empty_bin": photos.empty_bin,
    "both": _both,
    "settle_conflict": _settle_conflict,
    "sync": _sync,
    "impatient": _impatient,
    "crash": _crash,
    "crash_at_a_write": _crash_at_a_write,
    "reboot": _reboot,
    "turn_clock": _turn_clock,
    "absent": _absent,
    "long_away": _long_away,
    "change_role": _change_role,
    "restart_server": _restart_server,
    "turn_server_clock": _turn_server_clock,
    "reassign": _reassign,
    "copy_phone": _copy_phone,
    "go_back": _go_back,
    "backup": _backup,
    "restore": _restore,
    "fall_back": _fall_back,
    "revoke": _revoke,
}
