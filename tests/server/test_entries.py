"""The log keeps each change once, and tells what was merged in canonical form."""

import pytest
from sqlalchemy import select

from sync_server.schema import change_log


def kept(office, phone):
    engines = office.engines()
    with engines.reading.begin() as connection:
        asked = select(change_log.c.registers).where(change_log.c.device == phone.device).order_by(change_log.c.n)
        told = connection.execute(asked).scalars().all()
    engines.dispose()
    return told


def merged(office, phone, kind, id):
    return [one.registers for one in office.store.read(phone.team, lambda reading: reading.history((kind, id)))]


def test_a_change_that_came_in_canonical_form_is_kept_once(office):
    ana = office.phone("Ana")
    id = ana.creates(name="王芳", strange={"deep": [1, True, None]})
    ana.does("delete", "customer", id)
    ana.does("restore", "customer", id, remark="又来了")
    ana.syncs()
    assert kept(office, ana) == ["", "", ""]
    created, deleted, restored = merged(office, ana, "customer", id)
    assert created == {"name": "王芳", "strange": {"deep": [1, True, None]}, "created_at": created["created_at"]}
    assert created["created_at"] == office.sees(ana.team, "customer", id)["created_at"]
    assert (deleted, restored) == ({"deleted": True}, {"remark": "又来了", "deleted": False})


@pytest.mark.parametrize(
    ("kind", "field", "said", "read"),
    [
        ("customer", "name", "  王芳 ", "王芳"),
        ("complaint", "satisfied", 1, True),
        ("visit", "check_in_at", "2026-11-21T10:00:00+08:00", "2026-11-21T02:00:00.000Z"),
    ],
)
def test_one_that_did_not_is_told_as_it_was_merged(office, kind, field, said, read):
    ana = office.phone("Ana")
    id = ana.creates(kind, **{field: said})
    ana.syncs()
    (registers,) = merged(office, ana, kind, id)
    assert registers[field] == read
    assert type(registers[field]) is type(read)
    assert kept(office, ana) != [""]
