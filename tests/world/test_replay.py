"""A report of a problem is played again: the same changes, values of the same lengths, the same steps; and judged."""

import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from field_app.actions.reporting import Report, report
from tests.world.mix import Mix, drawn
from tests.world.replay import replay
from tests.world.story import live
from tests.world.world import World
from torture import world as campaign


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)


def reported(seed: int, phone: int, acts: int = 25, mix: Mix | None = None) -> bytes:
    """What a phone reports in the middle of a run."""
    world = World(seed, mix)
    try:
        live(world, acts)
        return report(world.phones[phone].store)
    finally:
        world.close()


def said(told: bytes) -> list[object]:
    """Each change without what makes it wrong: a report does not tell that."""
    return [
        (one.op, one.kind, one.id, [(each.sort, each.length) for each in one.fields if each.name != "created_by"])
        for one in Report.model_validate_json(told).changes
    ]


@pytest.mark.parametrize("seed", [0, 9, 12, 13])
def test_the_same_changes_and_steps_happen_again(seed: int) -> None:
    told = reported(seed, 0)
    came = replay(Report.model_validate_json(told))
    assert came.changes == len(Report.model_validate_json(told).changes) > 5
    assert came.steps == len(Report.model_validate_json(told).steps) > 5
    assert said(came.report) == said(told)
    assert came.otherwise == []


def test_what_went_wrong_on_the_wire_goes_wrong_again() -> None:
    ends: dict[str, int] = {}
    for seed in range(12):
        lots = drawn(Random(seed))
        often = lots.weights | {"backup": 20, "restore": 20}
        told = reported(seed, 0, acts=40, mix=replace(lots, body_bytes=900, lost_answer=0.2, weights=often))
        assert replay(Report.model_validate_json(told)).otherwise == []
        for step in Report.model_validate_json(told).steps:
            ends[step.ended] = ends.get(step.ended, 0) + 1
    assert ends.keys() >= {"answered", "unreachable", "too_large", "wrong_epoch", ""}


def test_a_hole_shows_in_the_replay_of_a_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "report.json"
    file.write_bytes(reported(3, 0))
    assert campaign.run(["--replay", str(file)]) == 0
    assert "every promise was kept" in capsys.readouterr().out
    monkeypatch.setattr("sync_server.merging.merge", lambda a, b, rule_of: {**b, **a})
    assert campaign.run(["--replay", str(file)]) == 1
    assert "wrong_winner" in capsys.readouterr().out


def test_another_file_is_no_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "notes.json"
    file.write_text("{}", "utf-8")
    assert campaign.run(["--replay", str(file)]) == 2
    assert "is no report" in capsys.readouterr().out
