"""One run: people begin with a little in common, live through so many acts, come to rest, and are judged."""

from tests.world.acts import ACTS, differ
from tests.world.mix import MINUTE
from tests.world.oracle import judge
from tests.world.world import World

ACTS_A_RUN = 15


def run(seed: int, acts: int = ACTS_A_RUN) -> World:
    """The whole run of a seed; Broken at the first promise that was not kept."""
    return lived(World(seed), seed, acts)


def lived(world: World, seed: int, acts: int = ACTS_A_RUN) -> World:
    """The same in a world that was made otherwise."""
    try:
        live(world, acts)
        world.drain()
        judge(world)
    except BaseException as broken:
        broken.add_note(f"python3 dev.py torture world --from {seed} --seeds 1 --acts {acts}")
        broken.add_note("\n".join(world.told[-12:]))
        raise
    finally:
        world.close()
    return world


def live(world: World, acts: int) -> None:
    """Some calm minutes and one conflict, then whatever the lots say."""
    for _ in range(2):
        for name in ("create", "create", "visit"):
            ACTS[name](world, world.phones[0])
        for phone in world.phones[:3]:
            ACTS["sync"](world, phone)
            world.passes(MINUTE)
    differ(world)
    world.passes(MINUTE)
    ACTS["sync"](world, world.phones[2])
    world.passes(MINUTE)
    world.post.is_calm = False
    names, weights = list(world.mix.weights), list(world.mix.weights.values())
    for _ in range(acts):
        world.passes(world.lots.choice((300, 4_000, world.mix.pause_ms)))
        name, phone = world.lots.choices(names, weights)[0], world.lots.choice(world.phones)
        phone.absent -= 1
        world.tells(name, phone)
        ACTS[name](world, phone)
