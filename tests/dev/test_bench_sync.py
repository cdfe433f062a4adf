"""What is measured of sync is honest: everybody brings all documents over, nothing is lost, a miss is told."""

import asyncio
import json
from pathlib import Path

import pytest

from bench.figures import misses
from bench.sync import edits, workloads
from bench.sync.contenders import KINTO, LIMIT, OURS, OURS_GZIP, POUCH, contenders
from bench.sync.documents import as_json, documents
from bench.sync.goals import figures
from bench.sync.limit import merged
from bench.sync.packing import packing
from bench.sync.workloads import Size, Told

SMALL = Size(documents=40, devices=3, each=6, there_and_back=1)

pytestmark = pytest.mark.usefixtures("small_heap")


def test_nobody_is_asked_to_install_a_peer(capsys, tmp_path: Path):
    names = [one.name for one in contenders(packing("gzip"), None, tmp_path)]
    assert names == [OURS, LIMIT]
    told = capsys.readouterr().out
    assert f"- {POUCH}: not measured" in told
    assert f"- {KINTO}: not measured" in told


def test_documents_are_the_same_every_time_and_devices_have_their_own():
    assert documents(5) == documents(5)
    made = [one["id"] for device in range(3) for one in documents(50, device)]
    assert len(set(made)) == 150
    assert 600 < len(as_json(documents(50))) / 50 < 900


@pytest.mark.parametrize("name", [OURS, LIMIT, OURS_GZIP])
def test_everybody_brings_all_documents_over(name: str, tmp_path: Path):
    (contender,) = [one for one in contenders(packing("zstd"), None, None) if one.name == name]
    works = [workloads.push_and_pull, workloads.bytes_on_the_wire]

    async def all_of_it() -> Told:
        told = Told()
        (tmp_path / "many").mkdir()
        async with contender.opens(tmp_path) as site:
            for work in works:
                await work(site, SMALL, told)
        async with contender.opens(tmp_path / "many") as site:
            await workloads.converge(site, SMALL, told)
        return told

    figures = asyncio.run(all_of_it()).figures
    assert (figures["lost"], figures["skipped"]) == (0, 0)
    assert all(figures[what] > 0 for what in ("push per s", "pull per s", "push bytes", "pull bytes"))


def test_every_value_that_two_edited_is_a_conflict(tmp_path: Path):
    ours = contenders(packing("gzip"), None, None)[0]

    async def both_edit() -> Told:
        told = Told()
        async with ours.opens(tmp_path) as site:
            await edits.of_two(site, SMALL, told)
        return told

    assert asyncio.run(both_edit()).figures["conflicts"] == SMALL.documents // 2


def test_a_lost_record_and_a_slow_push_are_misses():
    def took(push: float, lost: int = 0) -> list[Told]:
        what = ("pull per s", "there and back ms", "push cpu ms", "push bytes", "pull bytes")
        return [Told({"push per s": push, "lost": lost} | dict.fromkeys(what, 1.0))]

    told = {one.name: one for one in figures({OURS: took(30, lost=1), LIMIT: took(100)}, 1)}
    assert told[f"push: {OURS} / {LIMIT}"].verdict == "MISS: 0.30 against 0.45"
    assert misses([told[f"lost, {OURS}"]]) == 1
    assert told[f"lost, {LIMIT}"].verdict == ""


def test_the_limit_merges_field_by_field():
    early, late = ("1" * 15 + "abcdefgh"), ("2" * 15 + "abcdefgh")
    kept, fresh = '{"id":"x","fields":{"a":1,"b":1}}', '{"id":"x","fields":{"a":2}}'
    said, stamps, status = merged(kept, f'{{"b":"{early}"}}', fresh, late)
    assert (json.loads(said)["fields"], json.loads(stamps)["f"], status) == ({"a": 2, "b": 1}, {"a": late}, "applied")
    assert merged(kept, f'{{"b":"{late}"}}', fresh, early)[2] == "merged"
