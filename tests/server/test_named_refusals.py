"""Whatever is wrong with a request, the answer names it, and nothing of it is applied."""

import gzip
import json

import pytest

from sync_server import people
from visit_core.ids import new_id
from visit_core.words import MAX_DEPTH

DEEP = 5_000


def nested(depth):
    return json.loads("[" * depth + "]" * depth)


@pytest.fixture
def ana(office):
    phone = office.phone("Ana")
    phone.creates(name="王芳")
    phone.syncs()
    return phone


def body(phone, **more):
    return json.dumps(phone.request(**more)).encode()


def told(answer):
    return answer.status_code, answer.json()["code"], answer.json()["facts"].get("why")


def oversized(office, ana):
    return b" " * (office.settings.wire_bytes + 1), {}


def over_inflating(office, ana):
    return gzip.compress(b" " * (office.settings.inflated_bytes + 1)), {"content-encoding": "gzip"}


def over_deep(office, ana):
    return b'{"x":' * DEEP + b"1" + b"}" * DEEP, {}


def duplicate_key(office, ana):
    return body(ana).replace(b'{"device"', b'{"device": "aaaaaaaa", "device"', 1), {}


def cloned_device(office, ana):
    ana.n = 0
    ana.creates(name="别人")
    return body(ana), {}


def stale_token(office, ana):
    ana.token = "old" + ana.token
    return body(ana), {}


def revoked_device(office, ana):
    people.revoke(office.store, ana.device, office.clock)
    return body(ana), {}


def saying(**more):
    return lambda office, ana: (body(ana, **more), {})


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (oversized, (413, "too_large", "too_large")),
        (over_inflating, (413, "too_large", "too_large")),
        (over_deep, (422, "not_valid", "too_deep")),
        (duplicate_key, (422, "not_valid", "duplicate_key")),
        (saying(epoch="f" * 32), (409, "wrong_epoch", None)),
        (cloned_device, (409, "cloned_device", None)),
        (saying(device="zzzzzzzz"), (403, "not_allowed", "device")),
        (saying(protocol=99), (400, "protocol_too_new", None)),
        (saying(protocol=0), (426, "protocol_too_old", None)),
        (stale_token, (401, "not_signed_in", None)),
        (revoked_device, (410, "device_revoked", None)),
        (lambda office, ana: (body(ana), {"content-encoding": "br"}), (422, "not_valid", "encoding")),
    ],
)
def test_a_request_refused_as_a_whole_is_named_and_changes_nothing(office, ana, made, expected):
    before = office.store.counts()["change_log"]
    sends, headers = made(office, ana)
    assert told(ana.posts(sends, **headers)) == expected
    assert office.store.counts()["change_log"] == before


@pytest.mark.parametrize("depth", [300, 900, 990, 1_000, 3_000, 100_000])
def test_a_change_without_a_bottom_is_refused_by_name_with_its_request_or_alone(office, ana, depth):
    ana.creates(name="好")
    sends = body(ana).replace(b'"fields": {', b'"fields": {"zz": %b1%b, ' % (b"[" * depth, b"]" * depth))
    answer = ana.posts(sends)
    if answer.status_code == 200:
        assert answer.json()["results"][0]["error"]["facts"]["why"] == "too_deep"
    else:
        assert told(answer) == (422, "not_valid", "too_deep")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"scope": "team:" + "0" * 32}, "not_allowed"),
        ({"fields": {"name": "a\0b"}}, "not_valid"),
        ({"fields": {"age": float("nan")}}, "not_valid"),
        ({"fields": {"zz_newer": nested(MAX_DEPTH + 2)}}, "not_valid"),
        ({"fields": {"zz_newer": nested(150)}}, "not_valid"),
        ({"by": "0" * 32}, "not_allowed"),
        ({"op": "burn"}, "not_valid"),
        ({"at": "tomorrow"}, "not_valid"),
    ],
    ids=["wrong-scope", "NUL", "NaN", "too deep", "far too deep", "another author", "unknown op", "no stamp"],
)
def test_a_change_that_is_wrong_is_refused_alone_by_name_and_kept_whole(office, ana, change, code):
    ana.does("create", "customer", new_id(office.clock()), name="坏")
    ana.unsent[-1].update(change)
    good = ana.creates(name="好")
    answer = ana.posts(body(ana)).json()
    assert [result["status"] for result in answer["results"]] == ["rejected", "applied"]
    assert answer["results"][0]["error"]["code"] == code
    assert office.sees(ana.team, "customer", good)["name"] == "好"
    assert len(office.store.read(ana.team, lambda reading: reading.quarantine(10))) == 1
