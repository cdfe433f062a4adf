"""The store hurt a little in every way that `dev.py torture store` knows; and the torture would notice a loss."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tinydb import where

from field_app.vault.files import Disk
from torture.store.book import Book
from torture.store.power import power_cuts
from torture.store.story import index_disagrees, play
from torture.store.vaults import begin, reopen

ROOT = Path(__file__).parents[2]
A_LITTLE = {
    "kills": ("--kills", "12"),
    "deaths": (),
    "refusals": ("--every", "2"),
    "full": ("--full", "12"),
    "power": ("--power-cuts", "6"),
    "cuts": ("--every", "101"),
    "holes": ("--holes", "40"),
    "flips": ("--flips", "150"),
    "shuffles": ("--shuffles", "4"),
    "anchors": ("--shuffles", "12"),
    "rotations": ("--every", "7"),
    "decoding": ("--decodings", "3000"),
}


@pytest.mark.parametrize("trial", A_LITTLE)
def test_a_hurt_store_has_all_that_it_acknowledged_and_nothing_else(tmp_path: Path, trial: str) -> None:
    words = ["torture.store.run", "--only", trial, "--seed", "3", "--json", str(tmp_path / "told"), *A_LITTLE[trial]]
    ran = subprocess.run([sys.executable, "-m", *words], cwd=ROOT, capture_output=True, text=True, timeout=300)
    (told,) = json.loads((tmp_path / "told").read_text("utf-8"))
    if told["could_not"]:
        pytest.skip(told["could_not"])
    assert (ran.returncode, told["losses"]) == (0, [])
    assert told["tried"] >= 6


def a_store_after(acts: int, folder: Path, *, but: int = -1) -> None:
    db = begin(folder)
    for n in range(acts):
        if n != but:
            play(db, n, seed=5)
    db.close()


def test_a_store_is_judged_by_what_it_acknowledged(tmp_path: Path) -> None:
    a_store_after(9, tmp_path)
    assert Book(5).judge(reopen(tmp_path), 9) == "as acknowledged"
    assert Book(5).judge(reopen(tmp_path), 8) == "with the act on its way, whole"


@pytest.mark.parametrize("acknowledged", [7, 10])
def test_a_store_with_more_or_less_than_was_acknowledged_is_found_out(tmp_path: Path, acknowledged: int) -> None:
    a_store_after(9, tmp_path)
    assert Book(5).judge(reopen(tmp_path), acknowledged).startswith("LOST")


def test_a_store_that_lost_one_act_in_the_middle_is_found_out(tmp_path: Path) -> None:
    a_store_after(9, tmp_path, but=4)
    assert Book(5).judge(reopen(tmp_path), 9).startswith("LOST")


def test_one_document_that_went_by_itself_is_found_out(tmp_path: Path) -> None:
    a_store_after(9, tmp_path)
    db = reopen(tmp_path)
    db.table("visits").remove(where("visit_id") == next(iter(db.table("visits")))["visit_id"])
    assert Book(5).judge(db, 9).startswith("LOST")


def test_an_index_that_forgets_a_visit_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    a_store_after(9, tmp_path)
    db = reopen(tmp_path)
    visits = db.table("visits")
    assert list(index_disagrees(db)) == []
    monkeypatch.setattr(visits, "search", lambda _condition: [])
    assert list(index_disagrees(db)) != []


class ForgetfulDisk(Disk):
    """Says that the bytes are on the medium, and does not ask."""

    def sync(self, fd: int) -> None:
        pass


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root mounts file systems")
def test_a_power_cut_finds_out_a_store_that_does_not_sync(tmp_path: Path) -> None:
    told = power_cuts(tmp_path, 4, seed=1, disk_of=ForgetfulDisk)
    if told.could_not:
        pytest.skip(told.could_not)
    assert told.losses
