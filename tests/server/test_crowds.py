"""Many at once: one effect each, and a puller who never misses anything (M4)."""

import json
from concurrent.futures import ThreadPoolExecutor

from tests.server.race import Course, missed


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
    assert missed(office, office.store, Course(transactions=8, seed=1)) == 0
