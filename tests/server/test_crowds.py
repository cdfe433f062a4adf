"""Many at once: one effect each, and a puller who never misses anything (M4)."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from sync_server.pull import page
from visit_core.protocol import PullRequest

WRITERS, PUSHES, CHANGES = 4, 12, 10


def test_one_request_that_arrives_five_times_at_once_has_one_effect(office):
    ana = office.phone("Ana")
    for _ in range(20):
        ana.creates(name="王芳")
        body = json.dumps(ana.request()).encode()
        with ThreadPoolExecutor(5) as pool:
            answers = list(pool.map(ana.sends, [body] * 5))
        ana.unsent = []
        assert sorted(answer.results[0].status for answer in answers) == ["applied"] + ["duplicate"] * 4
        assert len({(answer.results[0].seq, answer.results[0].stamp) for answer in answers}) == 1
    assert office.store.counts()["record"] == 20 + 1


def test_a_puller_misses_nothing_while_many_write(office):
    phones = [office.phone(f"Rep{number}") for number in range(WRITERS)]
    reader = office.phone("Reader")
    done = threading.Event()
    seen: list[str] = []

    def writes(phone):
        for _ in range(PUSHES):
            for _ in range(CHANGES):
                phone.creates(name="王芳")
            phone.sends(json.dumps(phone.request(pull=None)).encode())
            phone.unsent = []

    def pulls():
        cursors: dict[str, int] = {}
        more = True
        while more or not done.is_set():
            more = not done.is_set()
            asked = PullRequest(cursors=cursors, limit=7)
            turn = partial(page, principal=reader.principal, asked=asked, max_bytes=10**6)
            got = office.store.read(reader.team, turn)
            seen.extend(row.id for row in got.rows if row.kind == "customer")
            more = more or got.more
            cursors = dict(got.cursors)

    with ThreadPoolExecutor(WRITERS + 1) as pool:
        pulling = pool.submit(pulls)
        list(pool.map(writes, phones))
        done.set()
        pulling.result(timeout=60)
    assert len(seen) == len(set(seen)) == WRITERS * PUSHES * CHANGES
