"""What comes in over HTTP: signed requests, bombs, nonsense. Never a 500, never a body without end."""

import gzip
import json

import pytest

from sync_server import people
from sync_server.intake import read_push
from sync_server.routes import parts
from tests.server.world import Office
from visit_core.packing import packed, unpacked
from visit_core.protocol import SyncRequest


def send(office: Office, change: str, **headers: str):
    ana = office.phone("Ana")
    ana.creates(name="before")
    ana.creates(name="to be replaced")
    ana.creates(name="after")
    request = ana.request(pull={})
    second = request["changes"][1]
    body = json.dumps({**request, "changes": ["@0", "@1", "@2"]})
    for place, text in enumerate((request["changes"][0], second, request["changes"][2])):
        body = body.replace(f'"@{place}"', json.dumps(text))
    whole = json.dumps(second["fields"])
    assert whole in body
    return ana.posts(body.replace(whole, change).encode("utf-8", "surrogatepass"), **headers)


BAD_FIELDS = {
    "nan": '{"age": NaN}',
    "infinity": '{"satisfaction_x": -Infinity}',
    "a number of 400 digits": '{"age": 1' + "0" * 400 + "}",
    "a number of 5000 digits": '{"shoe_size": 1' + "0" * 5000 + "}",
    "10^400": '{"shoe_size": 1e400}',
    "a lone surrogate": r'{"remark": "\ud800"}',
    "a lone surrogate in an unknown field": r'{"nickname": "\udfff"}',
    "NUL": r'{"remark": "a\u0000b"}',
    "NUL in an unknown field": r'{"nickname": "a\u0000b"}',
    "NUL in a name": r'{"tags.a\u0000b": true}',
    "NUL deep inside": r'{"nested": [{"a\u0000b": "c"}]}',
    "a lone surrogate in a name": r'{"tags.\ud800": true}',
    "deep": '{"nested": ' + "[" * 150 + "]" * 150 + "}",
    "deeper": '{"nested": ' + "[" * 400 + "]" * 400 + "}",
    "a register that is no name": '{"Robert\'); DROP TABLE record;--": 1}',
    "fields that are no object": "[1, 2]",
    "year 0": '{"verified_at": "0000-01-01"}',
    "too long": '{"name": "' + "x" * 100_000 + '"}',
}


@pytest.mark.parametrize("fields", BAD_FIELDS.values(), ids=BAD_FIELDS.keys())
def test_one_bad_change_is_refused_alone(office, fields):
    answer = send(office, fields)
    assert answer.status_code == 200
    assert [result["status"] for result in answer.json()["results"]] == ["applied", "rejected", "applied"]
    assert answer.json()["expect_n"] == 4
    assert len(office.store.read(office.store.teams()[0].id, lambda reading: reading.quarantine(10))) == 1


TWICE = {
    "a field": '{"name": "one", "name": "two"}',
    "the same value": '{"name": "one", "name": "one"}',
    "deep inside": '{"nested": [{"a": {"b": 1, "b": 2}}]}',
    "half spaced": '{"name" : "one", "name": "two"}',
    "hidden behind a backslash": r'{"name": "one", "name": "two", "tags.x\\": true}',
    "spaced": '{"name" : "one", "name" : "two"}',
    "escaped": r'{"name": "one", "n\u0061me": "two"}',
}


@pytest.mark.parametrize("fields", TWICE.values(), ids=TWICE.keys())
def test_a_change_in_which_a_name_stands_twice_is_refused_alone(office, fields):
    results = send(office, fields).json()["results"]
    assert [result["status"] for result in results] == ["applied", "rejected", "applied"]
    assert results[1]["error"]["facts"]["why"] == "duplicate_key"


def test_what_our_own_devices_write_is_read_the_fast_way(office, monkeypatch):
    ana = office.phone("Ana")
    for _ in range(20):
        ana.creates(name="客户", remark='说："好": 行', **{"tags.a:b": True, "nested": [{"a": {"b": "c\n: "}}]})
    said = SyncRequest.model_validate(ana.request()).model_dump_json(exclude_none=True).encode()
    monkeypatch.setattr("sync_server.intake._read_apart", None)
    assert len(read_push(said).changes) == 20


@pytest.mark.parametrize("value", [r"a\":b", r'"quoted": ', r"back\\\\", '":', r"{\"x\": 1}"])
def test_a_text_that_looks_like_names_is_no_name(office, value):
    answer = send(office, json.dumps({"remark": value}))
    assert [result["status"] for result in answer.json()["results"]] == ["applied"] * 3
    assert answer.json()["pull"]["rows"][2]["fields"]["remark"] == value


def test_a_name_that_stands_twice_outside_of_any_change_refuses_the_whole(office):
    ana = office.phone("Ana")
    ana.creates(name="王芳")
    body = json.dumps(ana.request())
    for whole in (body[:-1] + ', "device": "aaaaaaaa"}', body.replace('"cursors": {}', '"cursors": {"a": 1, "a": 2}')):
        answer = ana.posts(whole.encode())
        assert (answer.status_code, answer.json()["facts"]["why"]) == (422, "duplicate_key")


@pytest.mark.parametrize(("protocol", "status", "code"), [(0, 426, "protocol_too_old"), (2, 400, "protocol_too_new")])
def test_a_protocol_that_we_do_not_speak_is_named(office, protocol, status, code):
    ana = office.phone("Ana")
    ana.creates(name="王芳")
    answers = [ana.posts(json.dumps({**ana.request(), "protocol": protocol, "unheard": [1]}).encode())]
    asked = {"code": office.code_for(office.hires("Ben")), "protocol": protocol}
    answers.append(office.answers("POST", "/v1/devices", content=json.dumps(asked)))
    assert [(answer.status_code, answer.json()["code"]) for answer in answers] == [(status, code)] * 2
    assert office.store.counts()["change_log"] == 2  # the two colleagues


BAD_BODIES = {
    "empty": b"",
    "no JSON": b"\xff\xfe\x00",
    "a list": b"[]",
    "a number": b"1e400",
    "deep": b"[" * 200_000,
    "deep objects": b'{"a":' * 200_000,
    "changes that are no list": b'{"changes": 5}',
    "no device": b'{"changes": []}',
    "cut in the middle": b'{"device": "aaaaaaaa", "changes": [{"n": 1',
}


@pytest.mark.parametrize("body", BAD_BODIES.values(), ids=BAD_BODIES.keys())
def test_a_body_without_sense_is_not_valid(office, body):
    answer = office.phone("Ana").posts(body)
    assert answer.status_code == 422
    assert answer.json()["code"] == "not_valid"


@pytest.mark.parametrize("n", ["null", '"x"', "0", "-1", "1.5", "1" + "0" * 30])
def test_a_change_without_a_number_cannot_be_taken(office, n):
    ana = office.phone("Ana")
    ana.creates(name="王芳")
    body = json.dumps(ana.request()).replace('"n": 1,', f'"n": {n},').encode()
    assert ana.posts(body).status_code == 422


def test_a_gzipped_request_is_taken(office):
    ana = office.phone("Ana")
    ana.creates(name="王芳")
    answer = ana.posts(gzip.compress(json.dumps(ana.request()).encode()), **{"content-encoding": "gzip"})
    assert answer.json()["results"][0]["status"] == "applied"


def zstd(body):
    return packed(body, "zstd", level=1)[0]


def test_a_request_in_zstd_is_taken_and_its_answer_comes_in_what_the_device_reads(office):
    ana = office.phone("Ana")
    for _ in range(30):
        ana.creates(name="王芳")
    asked = {"content-encoding": "zstd", "accept-encoding": "zstd, gzip"}
    answer = ana.posts(zstd(json.dumps(ana.request()).encode()), **asked)
    assert (answer.headers["content-encoding"], answer.headers["accept-encoding"]) == ("zstd", "zstd, gzip")
    assert json.loads(unpacked(answer.content, "zstd", 100_000))["results"][29]["status"] == "applied"
    assert (
        ana.posts(json.dumps(ana.request()).encode(), **{"accept-encoding": "gzip"}).headers["content-encoding"]
        == "gzip"
    )


@pytest.mark.parametrize(
    ("body", "encoding", "status"),
    [
        (gzip.compress(b" " * 100_000_000), "gzip", 413),
        (b"x" * 1_000_001, "identity", 413),
        (b"no gzip", "gzip", 422),
        (gzip.compress(b"{}")[:-4], "gzip", 422),
        (gzip.compress(b"{}") * 2, "gzip", 422),
        (b"{}", "br", 422),
        (zstd(b" " * 100_000_000), "zstd", 413),
        (b"no zstd", "zstd", 422),
        (zstd(b"{}")[:-2], "zstd", 422),
        (zstd(b"{}") * 2, "zstd", 422),
    ],
    ids=[
        "bomb",
        "too long",
        "no gzip",
        "cut",
        "two in one",
        "unknown encoding",
        "zstd bomb",
        "no zstd",
        "cut z",
        "two z",
    ],
)
def test_bodies_are_bounded_packed_and_unpacked(office, body, encoding, status):
    assert office.phone("Ana").posts(body, **{"content-encoding": encoding}).status_code == status


@pytest.mark.parametrize("more", [0, 20_000])
def test_what_somebody_unknown_sends_is_not_unpacked(office, more):
    bomb = zstd(b" " * 10_000_000) + b"x" * more
    answer = office.answers("POST", "/v1/sync", content=bomb, headers={"content-encoding": "zstd"})
    assert answer.status_code == 401


def test_more_than_500_changes_are_too_many(office):
    ana = office.phone("Ana")
    for _ in range(501):
        ana.creates(name="王芳")
    assert ana.posts(json.dumps(ana.request()).encode()).status_code == 413


def test_who_is_not_signed_in_is_not_read(office):
    async def endless():
        for _ in range(10_000):
            yield b"x" * 100_000

    answer = office.answers("POST", "/v1/sync", content=endless())
    assert answer.status_code == 401


@pytest.mark.parametrize("name", ["a\0b", "\x1b[2J", "\x7f"])
def test_what_a_device_calls_itself_is_refused_where_a_store_or_a_terminal_would_choke_on_it(office, name):
    body = json.dumps({"code": office.code_for(office.hires("Ana")), "device_name": name})
    answer = office.answers("POST", "/v1/devices", content=body)
    assert (answer.status_code, answer.json()["code"]) == (422, "not_valid")


def test_an_enrolment_is_small(office):
    assert office.answers("POST", "/v1/devices", content=b"x" * (parts.SMALL_BYTES + 1)).status_code == 413


@pytest.mark.parametrize("path", ["/v1/healthz", "/v1/sync", "/v1/nope", "/v1/ca", "/v1/openapi.json"])
def test_every_answer_says_that_it_must_not_be_stored_or_guessed_at(office, path):
    headers = office.answers("GET", path).headers
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"


def test_unknown_paths_and_methods_are_answered_like_any_refusal(office):
    assert office.answers("GET", "/nope").json()["code"] == "not_found"
    assert office.answers("DELETE", "/v1/sync").status_code == 405


def test_a_defect_is_a_bare_500(office, caplog, monkeypatch):
    def breaks():
        raise RuntimeError("王芳 +8613800000000")

    monkeypatch.setattr(office.store, "teams", breaks)
    answer = office.answers("GET", "/v1/healthz")
    assert (answer.status_code, answer.json()) == (500, {"code": "unexpected", "facts": {}})
    assert "RuntimeError" in caplog.text
    assert "王芳" not in caplog.text


def test_a_revoked_device_is_told_so_at_its_next_request(office):
    ana = office.phone("Ana")
    assert ana.posts(json.dumps(ana.request()).encode()).status_code == 200
    people.revoke(office.store, ana.device, office.clock)
    assert ana.posts(json.dumps(ana.request()).encode()).json()["code"] == "device_revoked"
