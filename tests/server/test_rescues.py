"""Rescue files over HTTP, on every database: exactly once, and of numbers that clash only what fits."""

import base64
import gzip
import json

import pytest

from field_app.vault.entrusted import seal_file
from sync_server.trustee import Trustee
from visit_core.rescues import MOST_PIECE_BYTES


@pytest.fixture
def lea(office):
    return office.phone("Lea", "supervisor")


def piece(office, phone, *requests):
    told = json.dumps({"made_ms": office.clock(), "requests": requests}).encode()
    key = Trustee(office.key()).key_for(phone.device)
    sealed = base64.b64encode(seal_file(key, phone.device, gzip.compress(told))).decode()
    return json.dumps({"format": "field-visits-rescue", "version": 1, "device": phone.device, "sealed": sealed})


def hands_in(office, lea, body):
    answer = office.answers(
        "POST", "/v1/rescues", headers={"authorization": f"Bearer {lea.token}"}, content=body.encode()
    )
    assert answer.status_code == 200, answer.text
    return {name: count for name, count in answer.json().items() if name != "device" and count}


def test_a_piece_is_taken_once_and_what_clashes_is_left_out(office, lea):
    ana = office.phone("Ana")
    first = ana.creates(name="王芳")
    ana.creates(name="李强")
    request = ana.request(pull=None)
    assert hands_in(office, lea, piece(office, ana, request)) == {"taken": 2}
    assert hands_in(office, lea, piece(office, ana, request)) == {"known": 2}
    ana.creates(name="张敏")
    later = ana.request(pull=None)
    later["changes"][1]["fields"]["name"] = "另一位"
    assert hands_in(office, lea, piece(office, ana, later)) == {"known": 1, "clashing": 1, "taken": 1}
    lea.syncs()
    assert lea.sees("customer", first)["name"] == "王芳"
    assert list(office.store.flaws()) == []


def test_a_device_is_told_its_own_public_key_and_no_other(office, lea):
    ana = office.phone("Ana")
    told = [
        office.answers("GET", "/v1/recovery-key", headers={"authorization": f"Bearer {phone.token}"}).json()
        for phone in (ana, lea)
    ]
    trustee = Trustee(office.key())
    assert [one["organisation_key"] for one in told] == [trustee.key_for(ana.device), trustee.key_for(lea.device)]


def test_a_piece_beyond_the_limit_is_refused_before_it_is_unpacked(office, lea):
    signed = {"authorization": f"Bearer {lea.token}"}
    answer = office.answers("POST", "/v1/rescues", headers=signed, content=b" " * (MOST_PIECE_BYTES + 1))
    assert answer.status_code == 413
