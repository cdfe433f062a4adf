"""What the store promises: nothing readable at rest, tables that grow by teams, an audit log that shows tampering."""

import base64
import hashlib
import json
import math
import shutil

import pytest
from sqlalchemy import Index, UniqueConstraint, create_engine, text

from sync_server.home import open_central
from sync_server.kept import ORGANISATION, Event
from sync_server.keys import read_key
from sync_server.migrations.standing import bring_up_to_date
from sync_server.schema import metadata
from sync_server.store_sql.engine import open_engines
from tests.server.world import Office
from visit_core.errors import Corrupt, NotFound, NotValid, WrongKey
from visit_core.ids import new_id

SECRETS = ("王芳王芳王芳", "+8613812345678", "wangfang@example.cn", "春风路一百二十三号")


def encodings(secret: str):
    for codec in ("utf-8", "utf-16-le", "utf-16-be", "gb18030"):
        yield secret.encode(codec)
    yield json.dumps(secret).strip('"').encode()
    yield from (base64.b64encode(b"x" * shift + secret.encode())[4:-4] for shift in range(3))


def test_nothing_readable_is_in_any_file_of_the_store(office):
    ana, ben = office.phone(SECRETS[0]), office.phone("Ben")
    id = ana.creates(name=SECRETS[0], mobile=SECRETS[1], email=SECRETS[2], address_detail=SECRETS[3])
    ana.syncs()
    ben.syncs()
    ana.sets("customer", id, mobile="+8613900000000")
    ben.sets("customer", id, mobile="refused " + SECRETS[1])
    ana.syncs()
    ben.syncs()
    files = [path for path in office.settings.home.iterdir() if path.name.startswith("central.db")]
    assert {path.name for path in files} >= {"central.db", "central.db-wal"}
    everything = b"".join(path.read_bytes() for path in files)
    assert len(everything) > 50_000
    assert not [secret for secret in SECRETS for form in encodings(secret) if form in everything]
    assert not everything.startswith(b"SQLite format 3")


def test_the_store_opens_with_its_own_key_only(office):
    office.store.close()
    key_file = office.settings.key_file
    assert key_file
    key_file.write_text("00" * 32)
    with pytest.raises(Corrupt):
        open_central(office.settings, {})


@pytest.mark.parametrize(("mode", "error"), [(0o640, NotValid), (0o604, NotValid), (0o600, None), (0o400, None)])
def test_a_key_that_others_can_read_is_refused(tmp_path, mode, error):
    path = tmp_path / "key"
    path.write_text("ab" * 32)
    path.chmod(mode)
    if error is None:
        assert len(read_key(path)) == 32
    else:
        with pytest.raises(error):
            read_key(path)


def test_a_missing_or_broken_key_is_said_to_be_so(tmp_path):
    with pytest.raises(WrongKey):
        read_key(tmp_path / "none")
    (tmp_path / "short").write_text("abc")
    (tmp_path / "short").chmod(0o600)
    with pytest.raises(NotValid):
        read_key(tmp_path / "short")


def test_every_key_and_every_unique_index_begins_with_the_team():
    for table in metadata.sorted_tables:
        uniques: list[UniqueConstraint | Index] = [
            item for item in table.constraints if isinstance(item, UniqueConstraint)
        ]
        uniques += [index for index in table.indexes if isinstance(index, Index) and index.unique]
        keys = [list(table.primary_key.columns), *(list(unique.columns) for unique in uniques)]
        assert {columns[0].name for columns in keys} == {"team_id"}
        assert not [column for column in table.columns if column.autoincrement is True or column.server_default]


def test_every_sqlite_table_is_strict(office):
    engines = engines_of(office)
    with engines.reading.begin() as connection:
        listed = connection.execute(text("SELECT name, strict FROM pragma_table_list WHERE type = 'table'")).all()
    strict = {name for name, is_strict in listed if is_strict}
    assert strict == {table.name for table in metadata.sorted_tables}
    engines.dispose()


def test_the_migrations_give_exactly_the_tables_of_the_code():
    def made_by(make):
        engine = create_engine("sqlite://")
        with engine.begin() as connection:
            make(connection)
            rows = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"))
            described = {name: " ".join(sql.split()) for name, sql in rows if "alembic" not in name}
        engine.dispose()
        return described

    assert made_by(bring_up_to_date) == made_by(metadata.create_all)


def test_a_store_that_was_not_migrated_is_not_opened(office):
    engines = engines_of(office)
    with engines.writing.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    engines.dispose()
    office.store.close()
    with pytest.raises(Corrupt) as refused:
        open_central(office.settings, {})
    assert refused.value.facts == {"why": "not_migrated"}


def test_an_unknown_team_has_no_books(office):
    with pytest.raises(NotFound), office.store.writing("f" * 32):
        pass


def test_what_fails_in_a_transaction_leaves_nothing_behind(office):
    ana, before = office.phone("Ana"), office.store.counts()
    with pytest.raises(ValueError, match="Out of range"), office.store.writing(ana.team) as ledger:
        ledger.note([Event("somebody", "something"), Event("somebody", "else", {"n": math.nan})], 0)
    assert office.store.counts() == before


def test_a_whole_store_has_no_flaws(office):
    ana = office.phone("Ana")
    ana.creates(name="王芳")
    ana.syncs()
    assert list(office.store.flaws()) == []


def engines_of(office: Office):
    assert office.settings.key_file
    return open_engines(office.settings.database_url, read_key(office.settings.key_file), 1)


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
    engines = engines_of(office)
    with engines.writing.begin() as connection:
        for verb in ("update", "delete"):
            connection.execute(text(f"DROP TRIGGER audit_no_{verb}"))
        connection.execute(text(tampering))
    engines.dispose()
    assert any(flaw.startswith("audit_chain") for flaw in office.store.flaws())


@pytest.mark.parametrize("statement", ["UPDATE audit SET action = 'x'", "DELETE FROM audit"])
def test_the_audit_log_refuses_to_be_changed(office, statement):
    office.phone("Ana")
    engines = engines_of(office)
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


def test_a_damaged_page_is_found(office, tmp_path):
    ana = office.phone("Ana")
    for number in range(50):
        ana.creates(name=f"客户{number}", remark="x" * 1000)
    ana.syncs()
    office.store.close()
    damaged = tmp_path / "damaged.db"
    shutil.copy(office.settings.home / "central.db", damaged)
    body = bytearray(damaged.read_bytes())
    middle = len(body) // 2
    body[middle : middle + 64] = hashlib.sha512(b"noise").digest()
    damaged.write_bytes(body)
    settings = office.settings.model_copy(update={"database": f"sqlite:///{damaged}"})
    store = open_central(settings, {})
    assert store.flaws()
    store.close()


def test_ids_of_records_may_be_the_same_in_two_teams(office):
    id = new_id(0)
    for team in ("east", "west"):
        phone = office.phone("Somebody", team=team)
        phone.does("create", "customer", id, name=team)
        phone.syncs()
        assert office.sees(phone.team, "customer", id)["name"] == team
