"""A forgotten PIN: a code for one device opens, once, what that device entrusted, and nothing else."""

import json
import os
import secrets
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from field_app.vault.entrusted import seal_to
from sync_server import people
from sync_server.auth import hash_of
from sync_server.recovering import new_recovery_code, recover
from sync_server.trustee import Trustee
from tests.server.world import MINUTE, Office
from visit_core.errors import CodeRefused, DeviceRevoked, NotFound
from visit_core.joining import RecoverRequest

REFUSED = (403, b'{"code":"code_refused","facts":{}}')


class Forgetful:
    """An enrolled device that has entrusted its data key, as real devices do."""

    def __init__(self, office: Office, name: str = "Ana", team: str = "east") -> None:
        self.office = office
        code = office.code_for(office.hires(name, team=team))
        told = office.answers("POST", "/v1/devices", content=json.dumps({"code": code})).json()
        self.device, self.organisation_key = told["device"], told["organisation_key"]
        self.token = told["token"]
        self.store, self.data_key = secrets.token_hex(16), os.urandom(32)
        self.sealed = seal_to(self.organisation_key, self.data_key, self.store)

    def code(self, minutes: int = 60) -> str:
        return new_recovery_code(self.office.store, self.device, minutes=minutes, now_ms=self.office.clock)

    def request(self, code: str, **instead: str) -> dict[str, Any]:
        return {"device": self.device, "store": self.store, "code": code, "sealed": self.sealed, **instead}

    def asks(self, code: str, address: str = "198.51.100.7", **instead: str):
        content = json.dumps(self.request(code, **instead))
        return self.office.answers("POST", "/v1/recoveries", content=content, address=address)


@pytest.fixture
def ana(office: Office) -> Forgetful:
    return Forgetful(office)


def audited(office: Office) -> list[tuple[str, str, dict[str, Any]]]:
    lines = office.content()
    tables = {line.partition('"')[2].partition('"')[0]: number for number, line in enumerate(lines) if line[0] == "["}
    names, told = json.loads(lines[tables["audit"]])[1:], []
    for line in lines[tables["audit"] + 1 :]:
        if line[0] == "[":
            break
        row = dict(zip(names, json.loads(line)["row"], strict=True))
        told.append((row["actor"], row["action"], json.loads(row["facts"])))
    return told


def test_a_code_opens_what_its_device_entrusted(ana):
    answer = ana.asks(f" {ana.code()} ")
    assert (answer.status_code, answer.json()) == (200, {"data_key": ana.data_key.hex()})


def test_a_wrong_used_or_old_code_and_another_devices_are_refused_alike(office, ana):
    used, old, bens = ana.code(), ana.code(minutes=1), Forgetful(office, "Ben").code()
    wens = Forgetful(office, "Wen", team="west").code()
    assert ana.asks(used).status_code == 200
    office.clock.now_ms += MINUTE
    answers = [ana.asks(code) for code in (used, old, bens, wens, "wrong", "x" * 200)]
    answers.append(ana.asks("wrong", device="aaaaaaaa"))
    assert {(answer.status_code, answer.content) for answer in answers} == {REFUSED}


def test_an_enrolment_code_opens_no_store_and_a_recovery_code_enrols_nobody(office, ana):
    enrolling = office.code_for(office.hires("Ben"))
    assert ana.asks(enrolling).status_code == 403
    answer = office.answers("POST", "/v1/devices", content=json.dumps({"code": ana.code()}))
    assert answer.status_code == 403


def test_what_another_device_entrusted_is_not_opened_under_ones_own_name(office, ana):
    """Who finds a colleague's phone and has a good code for their own gets nothing."""
    ben = Forgetful(office, "Ben")
    code = ana.code()
    answer = ana.asks(code, store=ben.store, sealed=ben.sealed)
    assert (answer.status_code, answer.json()["facts"]["why"]) == (422, "sealed_elsewhere")
    assert ana.asks(code).status_code == 200


@pytest.mark.parametrize(
    "instead",
    [
        {"sealed": seal_to(Trustee(b"k" * 32).key_for("aaaaaaaa"), b"d" * 32, "0" * 32), "store": "0" * 32},
        {"store": "0" * 32},
        {"sealed": "0" * 184},
    ],
    ids=["another server's", "another store's", "a point of low order"],
)
def test_what_was_sealed_for_another_is_refused_by_name_and_the_code_stays_good(ana, instead):
    code = ana.code()
    answer = ana.asks(code, **instead)
    assert (answer.status_code, answer.json()["facts"]["why"]) == (422, "sealed_elsewhere")
    assert ana.asks(code).status_code == 200


@pytest.mark.parametrize(
    "instead", [{"sealed": ""}, {"sealed": "0" * 183}, {"sealed": "g" * 184}, {"store": "x"}, {"device": "no device"}]
)
def test_what_is_malformed_is_told_by_its_place_and_not_repeated(ana, instead):
    answer = ana.asks(ana.code(), **instead)
    assert (answer.status_code, answer.json()["facts"]["field"]) == (422, next(iter(instead)))
    assert "g" * 10 not in answer.text


def test_a_revoked_device_gets_no_code_and_a_code_it_has_is_refused(office, ana):
    code = ana.code()
    people.revoke(office.store, ana.device, office.clock)
    with pytest.raises(DeviceRevoked):
        ana.code()
    assert ana.asks(code).status_code == 410
    assert (ana.asks("wrong").status_code, ana.asks("wrong").content) == REFUSED


def test_there_is_no_code_for_a_device_that_is_not(office):
    with pytest.raises(NotFound):
        new_recovery_code(office.store, "aaaaaaaa", minutes=1, now_ms=office.clock)


def test_wrong_codes_are_slowed_down_together_with_those_of_enrolment(office, ana):
    code = ana.code()
    assert [ana.asks("wrong").status_code for _ in range(9)] == [403] * 9
    office.answers("POST", "/v1/devices", content=b'{"code": "wrong"}')
    waiting = ana.asks(code)
    assert (waiting.status_code, int(waiting.headers["retry-after"]) > 0) == (429, True)
    assert ana.asks(code, address="203.0.113.9").status_code == 200


def test_the_audit_log_tells_of_every_code_and_its_use_by_ids_alone(office, ana):
    code = ana.code(minutes=30)
    ana.asks("wrong")
    ana.asks(code)
    somebody = office.store.bearer(hash_of(ana.token)).person
    told = [(actor, action, facts) for actor, action, facts in audited(office) if "recover" in action]
    assert sorted(told, key=lambda line: line[1]) == [
        (somebody, "device_recovered", {"device": ana.device, "store": ana.store}),
        ("operator", "recovery_code_made", {"device": ana.device, "minutes": 30}),
        ("198.51.100.7", "recovery_refused", {"device": ana.device, "why": "code_refused"}),
    ]
    assert list(office.store.flaws()) == []


def test_neither_the_code_nor_any_key_stands_in_the_store(office, ana):
    code = ana.code()
    ana.asks(code)
    lines: list[str] = []
    office.store.copied(lines.extend)
    whole = "\n".join(lines)
    assert hash_of(code) in whole
    for secret in (code, ana.data_key.hex(), office.key().hex(), ana.sealed):
        assert secret not in whole


def test_each_device_is_given_a_key_of_its_own_and_always_the_same(office, ana):
    ben = Forgetful(office, "Ben")
    assert ana.organisation_key != ben.organisation_key
    assert Trustee(office.key()).key_for(ana.device) == ana.organisation_key


def test_after_an_older_backup_is_restored_what_was_entrusted_before_is_still_opened(office, ana):
    path = office.backs_up()
    used = ana.code()
    ana.asks(used)
    office.restores(path)
    assert ana.asks(used).status_code == 403
    assert ana.asks(ana.code()).json()["data_key"] == ana.data_key.hex()


def test_a_restore_makes_no_used_code_good_again(office, ana):
    code = ana.code()
    path = office.backs_up()
    assert ana.asks(code).status_code == 200
    office.restores(path)
    assert (ana.asks(code).status_code, ana.asks(code).content) == REFUSED


def test_one_code_brought_by_many_at_once_opens_once(office, ana):
    asked = RecoverRequest.model_validate(ana.request(ana.code()))

    def tries(_: int) -> bool:
        try:
            recover(office.store, Trustee(office.key()), asked, office.clock)
        except CodeRefused:
            return False
        return True

    with ThreadPoolExecutor(5) as pool:
        assert sum(pool.map(tries, range(5))) == 1
