"""What the store in one file promises beside: nothing readable at rest, damage seen, types kept."""

import base64
import hashlib
import json
import shutil

import pytest
from sqlalchemy import create_engine, text

from sync_server.home import open_central
from sync_server.keys import read_key
from sync_server.migrations.standing import bring_up_to_date
from sync_server.schema import metadata
from sync_server.store_sql import sqlite
from tests.server.world import Office
from visit_core.errors import Corrupt, NotValid, WrongKey

SECRETS = ("王芳王芳王芳", "+8613812345678", "wangfang@example.cn", "春风路一百二十三号")


def encodings(secret: str):
    for codec in ("utf-8", "utf-16-le", "utf-16-be", "gb18030"):
        yield secret.encode(codec)
    yield json.dumps(secret).strip('"').encode()
    yield from (base64.b64encode(b"x" * shift + secret.encode())[4:-4] for shift in range(3))


def test_nothing_readable_is_in_any_file_of_the_store(filed):
    ana, ben = filed.phone(SECRETS[0]), filed.phone("Ben")
    id = ana.creates(name=SECRETS[0], mobile=SECRETS[1], email=SECRETS[2], address_detail=SECRETS[3])
    ana.syncs()
    ben.syncs()
    ana.sets("customer", id, mobile="+8613900000000")
    ben.sets("customer", id, mobile="refused " + SECRETS[1])
    ana.syncs()
    ben.syncs()
    files = [path for path in filed.settings.home.iterdir() if path.name.startswith("central.db")]
    assert {path.name for path in files} >= {"central.db", "central.db-wal"}
    everything = b"".join(path.read_bytes() for path in files)
    assert len(everything) > 50_000
    assert not [secret for secret in SECRETS for form in encodings(secret) if form in everything]
    assert not everything.startswith(b"SQLite format 3")


def test_the_store_opens_with_its_own_key_only(filed):
    filed.store.close()
    key_file = filed.settings.key_file
    assert key_file
    key_file.write_text("00" * 32)
    with pytest.raises(Corrupt):
        open_central(filed.settings, {})


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


def test_a_key_inside_the_home_is_refused(tmp_path):
    with pytest.raises(NotValid) as refused:
        Office(tmp_path / "home", key_file=tmp_path / "home" / "key")
    assert refused.value.why == "key_file_home"
    assert not (tmp_path / "home" / "key").exists()


def test_the_sqlite_in_use_is_our_own_and_has_the_wal_reset_defect_mended(filed):
    engines = filed.engines()
    with engines.reading.begin() as connection:
        version = connection.execute(text("SELECT sqlite_version()")).scalar_one()
        synchronous = connection.execute(text("PRAGMA synchronous")).scalar_one()
        journal = connection.execute(text("PRAGMA journal_mode")).scalar_one()
    engines.dispose()
    assert tuple(int(part) for part in version.split(".")) >= (3, 51, 3)
    assert (synchronous, journal) == (2, "wal")


def test_every_sqlite_table_is_strict(filed):
    engines = filed.engines()
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
            names = connection.execute(
                text("SELECT name, strict, wr FROM pragma_table_list WHERE type = 'table'")
            ).all()
            columns = [
                (name, tuple(connection.execute(text(f"SELECT * FROM pragma_table_xinfo('{name}')")).all()))
                for name, *_ in names
            ]
            rows = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type != 'table' AND sql != ''"))
            others = [(name, " ".join(sql.split())) for name, sql in rows]
            described = {one for one in (*map(tuple, names), *columns, *others) if "alembic" not in one[0]}
        engine.dispose()
        return described

    migrated = made_by(bring_up_to_date)
    assert len(migrated) > 30
    assert migrated == made_by(metadata.create_all)


def page_bytes(office):
    engines = office.engines()
    with engines.reading.begin() as connection:
        found = int(connection.execute(text("PRAGMA page_size")).scalar_one())
    engines.dispose()
    return found


def test_a_new_store_has_larger_pages_than_earlier_releases_made(filed):
    assert page_bytes(filed) == 8192


def test_a_store_of_an_earlier_release_keeps_its_pages_and_what_a_crash_left_in_its_log(tmp_path, monkeypatch):
    monkeypatch.setattr(sqlite, "PAGE_BYTES", (4096,))
    office = Office(tmp_path / "home", key_file=tmp_path / "key")
    ana = office.phone("Ana")
    id = ana.creates(name="王芳")
    ana.syncs()
    crashed = shutil.copytree(office.settings.home, tmp_path / "copy")
    office.store.close()
    monkeypatch.undo()
    shutil.rmtree(office.settings.home)
    crashed.rename(office.settings.home)
    office.opens()
    assert page_bytes(office) == 4096
    assert office.sees(ana.team, "customer", id)["name"] == "王芳"
    ana.sets("customer", id, name="王芳芳")
    ana.syncs()
    assert office.sees(ana.team, "customer", id)["name"] == "王芳芳"
    office.store.close()


def test_a_damaged_page_is_found(filed, tmp_path):
    ana = filed.phone("Ana")
    for number in range(50):
        ana.creates(name=f"客户{number}", remark="x" * 1000)
    ana.syncs()
    filed.store.close()
    damaged = tmp_path / "damaged.db"
    shutil.copy(filed.settings.home / "central.db", damaged)
    body = bytearray(damaged.read_bytes())
    in_the_last_page = len(body) - 4096  # not in one that opening reads
    body[in_the_last_page : in_the_last_page + 64] = hashlib.sha512(b"noise").digest()
    damaged.write_bytes(body)
    settings = filed.settings.model_copy(update={"database": f"sqlite:///{damaged}"})
    store = open_central(settings, {})
    assert store.flaws()
    store.close()
