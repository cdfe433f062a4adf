"""What PostgreSQL alone can do to us: hang up, give a transaction up, let two servers at the same rows."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import create_engine, text

from sync_server.home import open_central
from sync_server.intake import read_push
from sync_server.migrations.standing import bring_up_to_date
from sync_server.reconcile import Taken, take
from sync_server.schema import metadata
from sync_server.sent import Push
from sync_server.store import Ledger
from sync_server.store_sql.postgresql import PAUSES_S
from sync_server.store_sql.reading import FED
from sync_server.store_sql.store import SqlStore
from tests.server.clusters import TEMPLATE, Cluster, programs_of
from tests.server.conftest import DATABASES, StartedClusters
from tests.server.race import Course, control, missed
from tests.server.world import Office, Phone
from visit_core.errors import Unreachable
from visit_core.ids import team_scope


@dataclass
class Served:
    """An office on PostgreSQL, and the database behind it."""

    office: Office
    cluster: Cluster
    database: str
    store: SqlStore  # another server's way in; what it would have waited is written down instead
    waited_s: list[float]


@pytest.fixture(params=DATABASES[1:])
def served(request: pytest.FixtureRequest, tmp_path: Path, clusters: StartedClusters) -> Iterator[Served]:
    cluster = clusters.of(request.param)
    database = cluster.database(TEMPLATE)
    office = Office(tmp_path / "home", database=cluster.url(database))
    waited_s: list[float] = []
    store = SqlStore(office.engines(), office.chain(), waited_s.append)
    yield Served(office, cluster, database, store, waited_s)
    store.close()
    office.store.close()
    cluster.done_with(database)


def test_a_connection_that_dies_in_the_middle_costs_a_second_try_and_nothing_else(served):
    ana = served.office.phone("Ana")
    ana.creates(name="王芳")
    push = read_push(json.dumps(ana.request()).encode())
    tries = []

    def merge(ledger: Ledger):
        taken = take(ledger, ana.principal, push, served.office.clock())
        tries.append(taken)
        if len(tries) == 1:
            assert served.cluster.hangs_up_on(served.database) > 0
        return taken

    taken = served.store.write(ana.team, merge)
    assert [result.status for result in taken.results] == ["applied"]
    assert len(tries) == 2
    assert len(served.waited_s) == 1
    assert ana.sends(json.dumps(ana.request()).encode()).results[0].status == "duplicate"


def test_a_database_that_crashes_in_the_middle_of_a_push_costs_a_second_try(served):
    ana = served.office.phone("Ana")
    ana.creates(name="王芳")
    push = read_push(json.dumps(ana.request()).encode())
    tries = []

    def merge(ledger: Ledger):
        taken = take(ledger, ana.principal, push, served.office.clock())
        tries.append(taken)
        if len(tries) == 1:
            served.cluster.crashes()
        return taken

    assert [result.status for result in served.store.write(ana.team, merge).results] == ["applied"]
    assert len(tries) == 2
    assert ana.sends(json.dumps(ana.request()).encode()).results[0].status == "duplicate"
    assert list(served.office.store.flaws()) == []


STANDBYS = "synchronous_standby_names"
WAITS = "SELECT count(*) > 0 FROM pg_stat_activity WHERE wait_event = 'SyncRep'"
CANCELS = "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'"


def test_nothing_is_acknowledged_that_may_be_on_the_primary_alone(served):
    """The standby is gone and an operator cancels what hangs: PostgreSQL then says done, with a warning."""
    ana, over = served.office.phone("Ana"), Event()
    wanted: list[int] = []

    def pushes() -> None:
        while not over.is_set():
            ana.creates(name="王芳")
            push = read_push(json.dumps(ana.request()).encode())
            taken = served.store.write(ana.team, partial(_taken, ana, push))
            ana.unsent = []
            wanted.append(taken.expect_n)

    with ThreadPoolExecutor(1) as pool:
        served.cluster.is_set(STANDBYS, "nobody")
        try:
            pushing = pool.submit(pushes)
            served.cluster.becomes(WAITS)
            before = list(wanted)
            served.cluster.does(CANCELS)
            served.cluster.becomes(WAITS)
            hung = list(wanted)
        finally:
            over.set()
            served.cluster.is_set(STANDBYS, "")
        pushing.result(timeout=30)
    assert hung == before
    assert len(served.waited_s) == 1
    assert wanted == [*before, len(before) + 2]


def _taken(phone: Phone, push: Push, ledger: Ledger) -> Taken:
    return take(ledger, phone.principal, push, phone.office.clock())


def test_of_several_hosts_in_the_address_the_one_that_is_there_is_found(served):
    hosts = f"host=/nowhere:5432&host={served.cluster.folder}:5432&target_session_attrs=read-write"
    settings = served.office.settings.model_copy(
        update={"database": f"postgresql://postgres@/{served.database}?{hosts}"}
    )
    with closing(open_central(settings, {})) as store:
        assert store.team_named("east").id == served.office.store.team_named("east").id


def test_a_server_that_was_cut_off_while_idle_goes_on_by_itself(served):
    ana = served.office.phone("Ana")
    served.cluster.hangs_up_on(served.database)
    ana.creates(name="王芳")
    assert ana.syncs().results[0].status == "applied"


@pytest.mark.parametrize("state", ["40001", "40P01", "55P03", "25006", "57P03"])
def test_a_transaction_that_the_database_gives_up_is_done_again(served, state):
    team = served.store.team_named("east").id
    tries = []

    def job(ledger):
        tries.append(state)
        if len(tries) < 4:
            raising = f"DO $$ BEGIN RAISE EXCEPTION 'given up' USING ERRCODE = '{state}'; END $$"
            ledger._connection.execute(text(raising))
        return ledger.head().seq

    assert served.store.write(team, job) == 0
    assert len(tries) == 4
    assert all(0.5 * low <= waited <= 1.5 * low for low, waited in zip(PAUSES_S, served.waited_s, strict=False))


def test_a_server_that_does_not_come_back_is_said_to_be_away(served):
    team = served.store.team_named("east").id

    def job(ledger):
        ledger._connection.execute(text("DO $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '57P01'; END $$"))

    with pytest.raises(Unreachable):
        served.store.write(team, job)
    assert len(served.waited_s) == len(PAUSES_S)
    assert sum(PAUSES_S) < 15


def test_numbers_from_a_sequence_would_make_the_reader_miss_rows(served):
    """The control of the race: were this one to pass, the race would prove nothing."""
    with closing(control(served.office)) as store:
        assert missed(served.office, store, Course(transactions=8, seed=1)) > 0


def test_a_defect_is_not_tried_again(served):
    team = served.store.team_named("east").id
    with pytest.raises(Exception, match="does_not_exist"):
        served.store.write(team, lambda ledger: ledger._connection.execute(text("SELECT does_not_exist")))
    assert served.waited_s == []


def test_two_servers_that_name_a_new_team_at_once_make_one(served):
    with ThreadPoolExecutor(8) as pool:
        stores = [served.office.store, served.store] * 4
        named = list(pool.map(lambda store: store.team_named("east").id, stores))
    assert len(set(named)) == 1


def test_the_database_itself_can_be_divided_by_teams(served):
    """No sequence counts across teams, and whatever is unique begins with the team."""
    engines = served.office.engines()
    with engines.reading.begin() as connection:
        assert connection.execute(text("SELECT count(*) FROM pg_sequences")).scalar_one() == 0
        firsts = connection.execute(text(FIRST_OF_EVERY_UNIQUE)).all()
    engines.dispose()
    assert len(firsts) >= 13
    assert {first for table, first in firsts if table != "alembic_version"} == {"team_id"}


FIRST_OF_EVERY_UNIQUE = """
    SELECT relation.relname, attribute.attname FROM pg_index
    JOIN pg_class AS relation ON relation.oid = pg_index.indrelid
    JOIN pg_attribute AS attribute ON attribute.attrelid = relation.oid AND attribute.attnum = pg_index.indkey[0]
    WHERE pg_index.indisunique AND relation.relnamespace = 'public'::regnamespace
"""


def test_the_migrations_give_exactly_the_tables_of_the_code(served):
    def made_by(make):
        name = served.cluster.database()
        engine = create_engine(served.cluster.url(name))
        with engine.begin() as connection:
            make(connection)
            described = {row for asked in DESCRIBED for row in connection.execute(text(asked))}
        engine.dispose()
        served.cluster.done_with(name)
        return {row for row in described if "alembic_version" not in row[0]}

    migrated = made_by(bring_up_to_date)
    assert len(migrated) > 80
    assert migrated == made_by(metadata.create_all)


DESCRIBED = (
    "SELECT table_name || '.' || column_name, data_type, is_nullable, collation_name, column_default"
    " FROM information_schema.columns WHERE table_schema = 'public'",
    "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "SELECT tgname, pg_get_triggerdef(oid), pg_get_functiondef(tgfoid) FROM pg_trigger WHERE NOT tgisinternal",
)


@pytest.mark.parametrize(("ci", "outcome"), [("true", pytest.fail.Exception), ("", pytest.skip.Exception)])
def test_a_missing_postgresql_fails_on_ci_and_is_skipped_elsewhere(monkeypatch, ci, outcome):
    monkeypatch.setenv("CI", ci)
    with pytest.raises(outcome):
        programs_of("9.9")


def test_a_page_reads_no_more_than_its_rows_before_anything_is_known_of_the_tables(served):
    ana = served.office.phone("Ana")
    for _ in range(400):
        ana.creates(name="王芳")
    ana.syncs()
    asked, scope = {"team": ana.team, "after": 0, "most": 1000}, team_scope(ana.team)
    engines = served.office.engines()
    with engines.reading.begin() as connection:
        words, names = FED.in_words(connection.dialect)
        values = tuple({**asked, "scope": scope}[name] for name in names)
        told = connection.exec_driver_sql(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {words}", values).scalar_one()
    engines.dispose()
    assert told[0]["Plan"]["Actual Rows"] > 400
    assert told[0]["Plan"]["Shared Hit Blocks"] < 400 * 20
