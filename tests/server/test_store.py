"""What every store promises: keys that begin with the team, whole transactions, an audit log that shows tampering."""

import math

import pytest
from sqlalchemy import Index, UniqueConstraint, text

from sync_server.home import open_central
from sync_server.kept import ORGANISATION, Event, Head, StoredRecord, Work
from sync_server.schema import metadata
from sync_server.store import Ledger
from visit_core.errors import NotFound, NotValid
from visit_core.ids import lead_scope, new_id, team_scope
from visit_core.merge import Cell


def test_every_key_and_every_unique_index_begins_with_the_team():
    for table in metadata.sorted_tables:
        uniques: list[UniqueConstraint | Index] = [
            item for item in table.constraints if isinstance(item, UniqueConstraint)
        ]
        uniques += [index for index in table.indexes if isinstance(index, Index) and index.unique]
        keys = [list(table.primary_key.columns), *(list(unique.columns) for unique in uniques)]
        assert {columns[0].name for columns in keys} == {"team_id"}
        assert not table.foreign_keys
        assert not [column for column in table.columns if column.autoincrement is True or column.server_default]


@pytest.mark.parametrize(("step", "why"), [("0001", "store_older"), ("9999", "store_newer")])
def test_a_store_of_another_version_is_not_opened(office, step, why):
    engines = office.engines()
    with engines.writing.begin() as connection:
        connection.execute(text(f"UPDATE alembic_version SET version_num = '{step}'"))
    engines.dispose()
    office.store.close()
    with pytest.raises(NotValid) as refused:
        open_central(office.settings, {})
    assert refused.value.why == why


def test_an_unknown_team_has_no_books(office):
    with pytest.raises(NotFound):
        office.store.write("f" * 32, lambda ledger: ledger.head())


def test_what_fails_in_a_transaction_leaves_nothing_behind(office):
    ana, before = office.phone("Ana"), office.store.counts()
    events = [Event("somebody", "something"), Event("somebody", "else", {"n": math.nan})]
    with pytest.raises(ValueError, match="Out of range"):
        office.store.write(ana.team, lambda ledger: ledger.note(events, 0))
    assert office.store.counts() == before


def test_a_whole_store_has_no_flaws(office):
    ana = office.phone("Ana")
    ana.creates(name="王芳")
    ana.syncs()
    assert list(office.store.flaws()) == []


TAMPERINGS = {
    "a line altered": "UPDATE audit SET action = 'nothing' WHERE n = 2",
    "an actor altered": "UPDATE audit SET actor = 'nobody' WHERE n = 1",
    "a time altered": "UPDATE audit SET at_ms = at_ms + 1 WHERE n = 1",
    "a line taken out": "DELETE FROM audit WHERE n = 2",
    "the end cut off": "DELETE FROM audit WHERE n = (SELECT max(n) FROM audit)",
    "all of it gone": "DELETE FROM audit",
    "two lines changed over": "UPDATE audit SET n = CASE n WHEN 1 THEN 102 WHEN 2 THEN 101 ELSE n + 100 END",
    "moved to another chain": f"UPDATE audit SET team_id = '{ORGANISATION[:-1]}1'",
    "the head set back": "UPDATE audit_head SET n = n - 1",
    "a line put in": "INSERT INTO audit SELECT team_id, n + 1, at_ms, actor, action, facts, hash FROM audit"
    " WHERE n = (SELECT max(n) FROM audit)",
}


@pytest.mark.parametrize("tampering", TAMPERINGS.values(), ids=TAMPERINGS.keys())
def test_tampering_with_the_audit_log_is_seen(office, tampering):
    office.phone("Ana")
    assert list(office.store.flaws()) == []
    engines = office.engines()
    with engines.writing.begin() as connection:
        for verb in ("update", "delete"):
            on = " ON audit" if connection.dialect.name == "postgresql" else ""
            connection.execute(text(f"DROP TRIGGER audit_no_{verb}{on}"))
        connection.execute(text(tampering))
    engines.dispose()
    assert any(flaw.startswith("audit_chain") for flaw in office.store.flaws())


@pytest.mark.parametrize("statement", ["UPDATE audit SET action = 'x'", "DELETE FROM audit"])
def test_the_audit_log_refuses_to_be_changed(office, statement):
    office.phone("Ana")
    engines = office.engines()
    with pytest.raises(Exception, match="only ever added to"), engines.writing.begin() as connection:
        connection.execute(text(statement))
    engines.dispose()


def test_denials_are_in_the_audit_log(office):
    before = office.store.counts()["audit"]
    office.answers("POST", "/v1/devices", content=b'{"code": "wrong"}')
    office.answers("GET", "/v1/time", headers={"authorization": "Bearer wrong"})
    rep = office.phone("Ana")
    enrolled = office.store.counts()["audit"]
    office.answers("GET", "/v1/conflicts", headers={"authorization": f"Bearer {rep.token}"})
    rep.creates("person", name="x")
    rep.syncs()
    assert office.store.counts()["audit"] == enrolled + 2
    assert enrolled > before + 2
    assert list(office.store.flaws()) == []


def test_a_record_written_twice_stands_in_the_feed_once_however_it_is_written(office):
    ana = office.phone("Ana")
    id = ana.creates(name="王芳")
    ana.syncs()

    def unread(ledger: Ledger, seq: int) -> None:
        head, cells = ledger.head(), {"name": Cell("王芳", f"{seq:015x}abcdefgh", ana.person, seq)}
        one = StoredRecord("customer", id, (team_scope(ana.team), lead_scope(ana.team)), cells, seq)
        ledger.keep(Work(Head(seq, head.clock_ms, head.epoch), records=[one]))

    def both(ledger: Ledger) -> None:
        last = ledger.head().seq
        unread(ledger, last + 1)
        unread(ledger, last + 2)

    for job in (both, both):
        office.store.write(ana.team, job)
    for scope in (team_scope(ana.team), lead_scope(ana.team)):
        fed = office.store.read(ana.team, lambda reading, scope=scope: reading.feed_after(scope, 0, 100))
        assert [row.id for row in fed if row.kind == "customer"] == [id]
        assert all(row.shown for row in fed)
    assert list(office.store.flaws()) == []


def test_ids_of_records_may_be_the_same_in_two_teams(office):
    id = new_id(0)
    for team in ("east", "west"):
        phone = office.phone("Somebody", team=team)
        phone.does("create", "customer", id, name=team)
        phone.syncs()
        assert office.sees(phone.team, "customer", id)["name"] == team
