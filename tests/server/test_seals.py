"""What a device brings back after a restore stands as it had stood, if our own seal is on it, and only then."""

import json
from dataclasses import replace

import pytest

from tests.server.world import MINUTE
from visit_core.stamp import Stamp


@pytest.fixture
def lost(office):
    """A phone whose one change a restore has lost; its bytes, and what the server had made of it."""
    ana = office.phone("Ana")
    path = office.backs_up()
    office.clock.now_ms += 10 * MINUTE
    ana.creates(name="王芳")
    body = ana.request(pull=None)
    (result,) = ana.syncs().results
    office.clock.now_ms += 60 * MINUTE
    ana.boot, ana.ahead_ms = "boot-2", 33 * MINUTE
    office.restores(path)
    resent = {"n": 1, "stamp": result.stamp, "seq": result.seq, "seal": result.seal}
    return ana, {**body, "sent": ana.evidence}, resent


def again(ana, body, *resent):
    return ana.sends(json.dumps({**body, "resent": list(resent)}).encode()).results[0]


def test_a_change_under_seal_gets_its_first_stamp_again(lost):
    ana, body, resent = lost
    first = again(ana, body, resent)
    assert (first.status, first.stamp) == ("applied", resent["stamp"])
    assert first.seq > resent["seq"]
    assert again(ana, body, resent).status == "duplicate"


def test_a_change_under_seal_stands_though_its_author_has_another_role_by_now(lost):
    ana, body, resent = lost
    ana.principal = replace(ana.principal, role="admin")
    first = again(ana, body, resent)
    assert (first.status, first.stamp) == ("applied", resent["stamp"])


def test_without_its_seal_such_a_change_is_refused(lost):
    ana, body, _ = lost
    ana.principal = replace(ana.principal, role="admin")
    assert again(ana, body).status == "rejected"


def altered(resent):
    earlier = Stamp.parse(resent["stamp"])
    yield {**resent, "stamp": str(Stamp(earlier.wall_ms - 1, earlier.counter, earlier.device))}
    yield {**resent, "seq": resent["seq"] + 1}
    yield {**resent, "seal": "0" * 16}
    yield {**resent, "was_n": 2}


@pytest.mark.parametrize("number", range(4))
def test_a_forged_seal_counts_for_nothing(lost, number):
    ana, body, resent = lost
    result = again(ana, body, list(altered(resent))[number])
    assert result.status == "applied"
    assert result.stamp not in (resent["stamp"], list(altered(resent))[number]["stamp"])


def test_a_seal_is_good_for_its_own_change_and_device_only(lost):
    ana, body, resent = lost
    other = {**body["changes"][0], "fields": {"name": "李强"}}
    assert again(ana, {**body, "changes": [other]}, resent).stamp != resent["stamp"]
    ben = ana.office.phone("Ben")
    stolen = {**body, "device": ben.device, "changes": [{**body["changes"][0], "by": ben.person}]}
    assert again(ben, stolen, resent).stamp != resent["stamp"]


def test_a_seal_of_the_present_life_moves_nothing(office):
    ana = office.phone("Ana")
    ana.creates(name="王芳")
    (result,) = ana.syncs().results
    resent = {"n": 2, "stamp": result.stamp, "seq": result.seq, "seal": result.seal}
    office.clock.now_ms += MINUTE
    ana.creates(name="李强")
    assert again(ana, ana.request(), resent).stamp > result.stamp
