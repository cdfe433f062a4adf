"""Two server processes on one PostgreSQL, over real HTTP: it does not matter which of them a device meets."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest

from sync_server import people
from tests.server.clusters import TEMPLATE
from tests.server.conftest import StartedClusters
from tests.server.running import Operator
from tests.server.world import Office, Phone

WRITERS, PUSHES, CHANGES = 4, 10, 10


class Pair:
    """An office's database with two servers on it."""

    def __init__(self, office: Office, addresses: list[str], processes: list) -> None:
        self.office, self.addresses, self.processes = office, addresses, processes

    def asks(self, phone: Phone, server: int, body: bytes = b"", **more) -> httpx.Response:
        content = body or json.dumps(phone.request(**more)).encode()
        headers = {"authorization": f"Bearer {phone.token}"}
        return httpx.post(f"{self.addresses[server]}/v1/sync", content=content, headers=headers, timeout=30)


@pytest.fixture
def pair(tmp_path: Path, clusters: StartedClusters) -> Iterator[Pair]:
    cluster = clusters.of("wheel")
    database = cluster.database(TEMPLATE)
    office = Office(tmp_path / "home", database=cluster.url(database))
    operator = Operator(tmp_path)
    with ExitStack() as stack:
        served = [stack.enter_context(operator.serving()) for _ in range(2)]
        yield Pair(office, [address for address, _ in served], [process for _, process in served])
    office.store.close()
    cluster.done_with(database)


def test_many_write_through_two_servers_and_a_reader_of_both_misses_nothing(pair):
    phones = [pair.office.phone(f"Rep{number}") for number in range(WRITERS)]
    reader = pair.office.phone("Reader")

    def writes(number: int) -> list[str]:
        phone, made = phones[number], []
        for push in range(PUSHES):
            made += [phone.creates(name="王芳") for _ in range(CHANGES)]
            body = json.dumps(phone.request(pull=None)).encode()
            first = pair.asks(phone, push % 2, body).json()
            assert {result["status"] for result in first["results"]} == {"applied"}
            again = pair.asks(phone, (push + 1) % 2, body).json()
            assert {result["status"] for result in again["results"]} == {"duplicate"}
            assert [result["seq"] for result in again["results"]] == [result["seq"] for result in first["results"]]
            phone.unsent = []
        return made

    with ThreadPoolExecutor(WRITERS) as pool:
        writing = [pool.submit(writes, number) for number in range(WRITERS)]
        seen: list[str] = []
        cursors: dict[str, int] = {}
        turn, is_last = 0, False
        while not is_last:
            is_last = all(one.done() for one in writing)
            more = True
            while more:
                got = pair.asks(reader, turn % 2, pull={"cursors": cursors, "limit": 30}).json()["pull"]
                seen += [row["id"] for row in got["rows"] if row["kind"] == "customer"]
                cursors, more, turn = got["cursors"], got["more"], turn + 1
        made = [id for one in writing for id in one.result()]
    assert sorted(seen) == sorted(made)
    assert len(made) == WRITERS * PUSHES * CHANGES
    assert list(pair.office.store.flaws()) == []


def test_what_one_server_is_told_the_other_knows_at_once(pair):
    ana = pair.office.phone("Ana")
    assert [pair.asks(ana, server).status_code for server in (0, 1)] == [200, 200]
    people.revoke(pair.office.store, ana.device, pair.office.clock)
    assert [pair.asks(ana, server).status_code for server in (1, 0)] == [410, 410]


def test_what_a_killed_server_acknowledged_is_there_and_the_other_goes_on(pair):
    ana = pair.office.phone("Ana")
    acknowledged = []
    for _ in range(5):
        acknowledged.append(ana.creates(name="王芳"))
        assert pair.asks(ana, 0).json()["results"][-1]["status"] in ("applied", "duplicate")
        ana.unsent = []
    pair.processes[0].kill()
    pair.processes[0].wait(30)
    last = ana.creates(name="李强")
    with pytest.raises(httpx.HTTPError):
        pair.asks(ana, 0)
    answer = pair.asks(ana, 1).json()
    assert answer["results"][0]["status"] == "applied"
    told = {row["id"] for row in answer["pull"]["rows"] if row["kind"] == "customer"}
    assert told == {*acknowledged, last}


def test_a_server_with_another_key_is_not_let_near_the_store(pair, tmp_path):
    other = Operator(tmp_path / "other")
    (tmp_path / "other").mkdir()
    refused = other.says("init", "--db", pair.office.settings.database_url, status=4)["error"]
    assert refused["facts"] == {"why": "other_key"}
