"""The product's own phones and servers in a simulated world: whatever goes wrong, nothing is lost and all end even."""

import logging
from collections.abc import Iterator

import pytest

from tests.world.story import run
from torture import world as campaign

SEEDS, A_TEST = 200, 25


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.parametrize("first", range(0, SEEDS, A_TEST))
def test_whatever_goes_wrong_nothing_is_lost_and_all_end_even(first: int) -> None:
    for seed in range(first, first + A_TEST):
        run(seed)


def test_a_seed_tells_the_same_story_again() -> None:
    stories = [run(11) for _ in range(2)]
    assert stories[0].told == stories[1].told
    assert stories[0].made == stories[1].made


def test_things_do_go_wrong_in_it() -> None:
    worlds = [run(seed, acts=40) for seed in range(12)]
    told = {word for world in worlds for line in world.told for word in line.split()[2:3]}
    assert told >= {
        "edit",
        "sync",
        "crash",
        "long_away",
        "change_role",
        "backup",
        "restore",
        "fall_back",
        "refused",
        "server",
    }
    assert sum(world.office.restores for world in worlds) >= 2


def test_a_seed_that_breaks_a_promise_says_how_to_run_it_again(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sync_server.merging.merge", lambda a, b, rule_of: {**a, **b})
    assert campaign.run(["--seeds", "3"]) == 1
    told = capsys.readouterr().out
    assert "python3 dev.py torture world --from 0 --seeds 1" in told
    assert "wrong_winner" in told
