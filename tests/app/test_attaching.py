"""A photograph by script: the file stays as it is, what is kept of it is small, sealed and guarded."""

import hashlib
import re
from pathlib import Path

import pytest
from PIL import Image

from tests.app.conftest import Enrol
from tests.app.device import Device

WORD = "金丝雀".encode()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A picture with a word beside it."""
    path = tmp_path / "door.jpg"
    Image.effect_noise((2000, 1500), 80).save(path, "JPEG", comment=WORD)
    assert WORD in path.read_bytes()
    return path


def a_visit(ana: Device) -> str:
    return ana.add(
        "visit", f"customer_id={ana.add('customer', 'name=张三', 'mobile=13800000000')}", "outcome=interested"
    )


def test_a_picture_is_attached_to_a_visit_and_what_is_kept_is_told(ana: Device, file: Path) -> None:
    visit, before = a_visit(ana), file.read_bytes()
    told = ana.ask("attach", visit, str(file))
    record = ana.get("attachment", told["id"])
    assert (record["sha256"], record["size"], record["width"]) == (told["sha256"], told["size"], 1600)
    assert record["source"] == "album"
    assert ana.get("visit", visit)["attachments"] == [told["id"]]
    assert file.read_bytes() == before
    assert ana.get("attachment", ana.ask("attach", visit, str(file), "--source", "camera")["id"])["source"] == "camera"


def test_nothing_of_the_picture_is_readable_in_the_home(ana: Device, file: Path) -> None:
    told = ana.ask("attach", a_visit(ana), str(file))
    kept = [path.read_bytes() for path in ana.home.rglob("*") if path.is_file()]
    assert any(len(each) > told["size"] for each in kept)
    for each in kept:
        assert WORD not in each
        assert b"JFIF" not in each
        assert hashlib.sha256(each).hexdigest() != told["sha256"]


@pytest.mark.parametrize("content", [None, b"", b"not a picture"])
def test_a_file_that_is_no_picture_is_refused_with_a_sentence(
    ana: Device, tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "word.jpg"
    if content is not None:
        path.write_bytes(content)
    error = ana.refuse(2, "attach", a_visit(ana), str(path))
    assert error["field"] == "file"
    assert error["message"]
    assert ana.list("attachment") == []


def test_a_photograph_on_its_way_forbids_a_wipe_unless_it_is_given_up(ana: Device, file: Path) -> None:
    ana.ask("attach", a_visit(ana), str(file))
    ana.sync()
    assert ana.refuse(2, "wipe")["why"] == "photos_unsent"
    assert ana.ask("wipe", "--lose-unsent")["lost"] == 1
    assert not (ana.home / "store" / "attachments").exists()


def test_a_rescue_file_takes_photographs_along_and_then_the_store_may_be_wiped(
    ana: Device, file: Path, tmp_path: Path
) -> None:
    visit = a_visit(ana)
    attached = [ana.ask("attach", visit, str(file))["id"] for _ in range(2)]
    told = ana.ask("rescue", str(tmp_path / "rescue.json"))
    assert (told["photos"], told["photos_left"]) == (2, 0)
    assert WORD not in (tmp_path / "rescue.json").read_bytes()
    third = ana.ask("attach", visit, str(file))["id"]
    assert ana.refuse(2, "wipe")["why"] in ("unsent", "photos_unsent")
    assert third not in attached
    assert ana.ask("wipe", "--rescue", str(tmp_path / "again.json")) == {"wiped": True, "lost": 0}


def test_a_damaged_photograph_is_in_no_rescue_file_and_still_forbids_a_wipe(
    ana: Device, file: Path, tmp_path: Path
) -> None:
    visit = a_visit(ana)
    sound, hurt = (ana.ask("attach", visit, str(file))["id"] for _ in range(2))
    path = ana.home / "store" / "attachments" / hurt
    content = bytearray(path.read_bytes())
    content[1000] ^= 1
    path.write_bytes(content)
    told = ana.ask("rescue", str(tmp_path / "rescue.json"))
    assert (told["photos"], told["photos_left"]) == (1, 1)
    assert ana.refuse(2, "wipe")["why"] == "photos_unsent"
    assert sound != hurt


def test_bytes_that_no_record_names_are_gone_after_the_next_sync(ana: Device, file: Path) -> None:
    told = ana.ask("attach", a_visit(ana), str(file))
    orphan = ana.home / "store" / "attachments" / ("f" * 32)
    orphan.write_bytes(b"a crash came before the commit")
    ana.sync()
    assert {path.name for path in orphan.parent.iterdir()} == {told["id"]}


def test_a_colleague_fetches_a_photograph_as_it_was_kept_and_the_next_time_finds_it_here(
    ana: Device, enrolled: Enrol, file: Path, tmp_path: Path
) -> None:
    told = ana.ask("attach", a_visit(ana), str(file))
    assert ana.sync()["photos_sent"] == 1
    sue = enrolled("sue", "supervisor")
    sue.sync()
    got = tmp_path / "got.jpg"
    first = sue.ask("fetch", told["id"], str(got))
    assert hashlib.sha256(got.read_bytes()).hexdigest() == told["sha256"] == first["sha256"]
    assert first["fetched"] == first["size"] == told["size"]
    assert sue.ask("fetch", told["id"], str(got))["fetched"] == 0
    assert ana.ask("fetch", told["id"], str(got))["fetched"] == 0


def test_one_that_has_not_arrived_cannot_be_fetched(ana: Device, enrolled: Enrol, file: Path, tmp_path: Path) -> None:
    visit = a_visit(ana)
    ana.sync()
    told = ana.ask("attach", visit, str(file))
    sue = enrolled("sue", "supervisor")
    sue.sync()
    assert sue.refuse(2, "fetch", told["id"], str(tmp_path / "got.jpg"))["code"] == "not_found"


def test_a_salvaged_store_still_has_its_photographs_when_their_records_are_read_again(ana: Device, file: Path) -> None:
    visit, log = a_visit(ana), ana.home / "store" / "data.log"
    told = ana.ask("attach", visit, str(file))
    sound = len(log.read_bytes())
    ana.sync()
    log.write_bytes(hurt_behind(sound, log.read_bytes()))
    assert ana.ask("salvage")["salvaged"]
    assert told["id"] not in {one["id"] for one in ana.list("attachment") if one["sync_state"] == "synced"}
    ana.sync()
    assert ana.ask("fetch", told["id"], str(file.with_name("again.jpg")))["fetched"] == 0
    assert [one["id"] for one in ana.list("attachment")] == [told["id"]]
    assert ana.ask("verify")["photos_damaged"] == 0


def hurt_behind(at: int, whole: bytes) -> bytes:
    """Every frame from there on but the last, so that it is damage and no torn end."""
    frames = [found.start() for found in re.finditer(b"VFR1", whole) if found.start() >= at]
    content = bytearray(whole)
    for frame in frames[:-1]:
        content[frame + 50] ^= 1
    return bytes(content)
