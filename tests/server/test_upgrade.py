"""A store of an earlier version: backed up, brought up to date, and left as it was if that does not work."""

import json
from collections.abc import Iterator
from dataclasses import astuple

import pytest
from sqlalchemy import select, text

from sync_server.care.backup import try_out
from sync_server.care.upgrade import upgrade
from sync_server.migrations.standing import latest
from sync_server.schema import metadata
from sync_server.store_sql.copying import empty, fill
from sync_server.store_sql.record_rows import record_of
from tests.server.photos import sends_all, tells_of
from tests.server.test_backup import a_day
from tests.server.test_older import older
from tests.server.world import Office, Phone
from visit_core.errors import Corrupt, NotValid


@pytest.fixture
def aged(office: Office) -> Office:
    """The office as the first release would have left it."""
    a_day(office)
    aged_back(office)
    return office


def aged_back(office: Office) -> None:
    lines = office.content()
    office.store.close()
    engines = office.engines()
    with engines.writing.begin() as connection:
        empty(connection)
        fill(connection, of_the_first_release(lines), then="0001")
    engines.dispose()


LATER = (
    "device_pace", "backup_mark", "store_fact", "feed_floor", "recovery_code",
    "blob", "blob_chunk", "blob_record", "commit_tag",
)  # fmt: skip


def of_the_first_release(lines: list[str]) -> Iterator[str]:
    yield json.dumps({"revision": "0001"})
    is_there, name = False, ""
    for line in lines[1:]:
        if line.startswith("["):
            name = json.loads(line)[0]
            is_there = name not in LATER
        if is_there:
            yield OF_OLD[name](line) if name in OF_OLD else line


def without_the_last(line: str) -> str:
    """A line of a table that has got one more column since."""
    told = json.loads(line)
    return json.dumps({"row": told["row"][:-1]} if isinstance(told, dict) else told[:-1])


def with_cells(line: str) -> str:
    """A record with all that is known of each register in one place."""
    told = json.loads(line)
    if isinstance(told, list):
        return json.dumps(["record", "team_id", "id", "kind", "scopes", "cells", "seq"])
    row = dict(zip(RECORD, told["row"], strict=True))
    cells = {name: cell if cell.was else cell[:4] for name, cell in record_of(row).cells.items()}
    return json.dumps({"row": [*told["row"][:4], json.dumps(cells), row["seq"]]})


OF_OLD = {"change_log": without_the_last, "record": with_cells}
RECORD = [column.name for column in metadata.tables["record"].columns]


def test_a_store_of_the_first_release_is_brought_up_to_date_with_a_backup_of_what_it_was(aged):
    with pytest.raises(NotValid, match="store_older"):
        aged.opens()
    done = upgrade(aged.settings, aged.key(), aged.clock())
    assert (done.was, done.now) == ("0001", latest().step)
    assert done.backup
    aged.opens()
    assert list(aged.store.flaws()) == []
    assert aged.store.counts()["record"] == try_out(done.backup, aged.key()).counts["record"] > 2
    ana = aged.phone("Ana")
    ana.creates(name="王芳")
    assert ana.syncs().results[0].status == "applied"


def test_a_record_of_the_first_release_is_told_after_the_upgrade_as_before(office):
    ana = a_worked_on_customer(office)
    before = told_of(office)
    aged_back(office)
    upgrade(office.settings, office.key(), office.clock())
    office.opens()
    assert told_of(office) == before
    ana.cursors, rows, ana.rows = {}, ana.rows, {}
    ana.syncs()
    assert ana.rows == rows


def a_worked_on_customer(office: Office) -> Phone:
    """Set by two, emptied by one, with a member of a set that was taken out, and one that was deleted."""
    ana, bo = office.phone("Ana"), office.phone("Bo")
    id, gone = ana.creates("customer", name="王芳", remark="老客户", **{"tags.vip": 1}), ana.creates(name="张伟")
    ana.syncs()
    bo.syncs()
    bo.sets("customer", id, remark=None, **{"tags.vip": None})
    bo.does("delete", "customer", gone)
    bo.syncs()
    ana.syncs()
    return ana


def told_of(office: Office) -> list[str]:
    """Everything that stands in the records, by JSON."""
    engines = office.engines()
    with engines.reading.begin() as connection:
        rows = connection.execute(select(metadata.tables["record"])).mappings().all()
    engines.dispose()
    return sorted(json.dumps(astuple(record_of(row)), sort_keys=True) for row in rows)


def test_what_was_done_with_a_customer_is_found_after_the_upgrade_as_before(office):
    ana, customer = office.phone("Ana"), a_day(office)
    contact = {"contact_at": "2026-11-20", "channel": "phone", "content": "来电"}
    told = ana.creates("contact_record", customer_id=customer, **contact)
    ana.syncs()
    aged_back(office)
    upgrade(office.settings, office.key(), office.clock())
    office.opens()
    assert older(office, ana, customer) == {("contact_record", told)}


def test_who_lives_behind_a_door_is_found_after_the_upgrade_as_before(office):
    ana = office.phone("Ana")
    door = ana.creates("household", community="花家地北里", room="501")
    told = [ana.creates(name="王芳", household_id=door), ana.creates(name="李强", household_id=door)]
    ana.creates(name="张伟")
    ana.syncs()
    aged_back(office)
    upgrade(office.settings, office.key(), office.clock())
    office.opens()
    found = office.store.read(ana.team, lambda reading: reading.records_about([door], ["customer"]))
    assert {one.id for one in found} == set(told)


def test_an_upgrade_of_what_is_up_to_date_does_nothing(office):
    assert upgrade(office.settings, office.key(), office.clock()).backup is None
    assert not (office.settings.home / "backups").exists()


def test_an_upgrade_that_would_leave_a_flaw_is_taken_back_whole(aged):
    engines = aged.engines()
    with engines.writing.begin() as connection:
        connection.execute(text("DELETE FROM feed"))
    with pytest.raises(Corrupt):
        upgrade(aged.settings, aged.key(), aged.clock())
    with engines.reading.begin() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one() == "0001"
    engines.dispose()


def test_who_tells_of_a_photo_is_found_after_the_upgrade_and_its_bytes_can_be_sent(office):
    ana = office.phone("Ana")
    id = tells_of(ana)
    aged_back(office)
    upgrade(office.settings, office.key(), office.clock())
    office.opens()
    sends_all(ana)
    assert office.sees(ana.team, "attachment", id)["received_at"]
