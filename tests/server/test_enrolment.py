"""Codes, tokens, and how often one may be wrong."""

import json

import pytest

from sync_server import people
from sync_server.auth import hash_of, new_code
from sync_server.limits import HOUR_MS
from tests.server.world import MINUTE, Office
from visit_core.errors import CodeRefused, NotFound, NotValid
from visit_core.joining import EnrolRequest


def enrol(office: Office, code: str, address: str = "198.51.100.7"):
    return office.answers("POST", "/v1/devices", content=json.dumps({"code": code}), address=address)


def test_a_device_learns_who_it_is(office):
    somebody = office.hires("王芳", "supervisor", "华东 一队")
    answer = enrol(office, office.code_for(somebody))
    assert answer.status_code == 201
    told = answer.json()
    assert (told["name"], told["role"], told["team_name"]) == ("王芳", "supervisor", "华东 一队")
    assert (told["person"], told["organisation"]) == (somebody.id, "好邻居")
    assert len(told["token"]) >= 43


def test_a_code_is_good_once_and_a_wrong_used_or_old_code_is_refused_alike(office):
    used, old = office.code_for(office.hires("Ana")), office.code_for(office.hires("Ben"), minutes=1)
    enrol(office, used)
    office.clock.now_ms += MINUTE
    answers = [enrol(office, code) for code in (used, old, "wrong", "x" * 200)]
    assert {(answer.status_code, answer.content) for answer in answers} == {
        (403, b'{"code":"code_refused","facts":{}}')
    }


def test_neither_code_nor_token_is_kept(office):
    somebody = office.hires("Ana")
    code = office.code_for(somebody)
    token = people.enrol(office.store, EnrolRequest(code=code), office.clock).token
    found = office.store.bearer(hash_of(token))
    assert found
    assert token not in str(found)
    assert code not in str(office.store.code(hash_of(code)))


def test_ten_wrong_codes_an_hour_from_one_address_then_even_a_right_one_waits(office):
    code = office.code_for(office.hires("Ana"), minutes=600)
    assert [enrol(office, "wrong").status_code for _ in range(11)] == [403] * 10 + [429]
    waiting = enrol(office, code)
    assert waiting.status_code == 429
    assert int(waiting.headers["retry-after"]) == waiting.json()["facts"]["wait_s"] == HOUR_MS // 1000
    assert enrol(office, "wrong", address="203.0.113.9").status_code == 403
    office.clock.now_ms += HOUR_MS
    assert enrol(office, code).status_code == 201


def test_a_whole_ipv6_network_counts_as_one_address(office):
    for host in range(10):
        enrol(office, "wrong", address=f"2001:db8:1:2::{host:x}")
    assert enrol(office, "wrong", address="2001:db8:1:2:ffff::1").status_code == 429
    assert enrol(office, "wrong", address="2001:db8:1:3::1").status_code == 403


def test_wrong_tokens_are_slowed_down_and_a_right_one_from_the_same_address_is_not(office):
    ana = office.phone("Ana")
    wrong = {"authorization": "Bearer wrong"}
    statuses = [office.answers("GET", "/v1/time", headers=wrong).status_code for _ in range(102)]
    assert statuses == [401] * 100 + [429] * 2
    right = {"authorization": f"Bearer {ana.token}"}
    assert office.answers("GET", "/v1/time", headers=right).status_code == 200


def test_a_forwarded_address_is_not_believed(office):
    for host in range(11):
        answer = office.answers(
            "POST", "/v1/devices", content=b'{"code": "wrong"}', headers={"x-forwarded-for": f"192.0.2.{host}"}
        )
    assert answer.status_code == 429


@pytest.mark.parametrize(("name", "role", "team"), [("", "rep", "t"), ("Ana", "king", "t"), ("Ana", "rep", " ")])
def test_people_need_a_name_a_role_and_a_team(office, name, role, team):
    with pytest.raises(NotValid):
        people.add_person(office.store, name=name, role=role, team_name=team, now_ms=office.clock)


def test_a_team_is_made_once_whatever_it_is_called(office):
    one, two = office.hires("Ana", team="🏠 أ-班"), office.hires("Ben", team="🏠 أ-班")
    assert one.team == two.team
    assert office.hires("Cai", team="other").team != one.team


def test_there_is_no_code_for_nobody_and_no_revoking_of_nothing(office):
    with pytest.raises(NotFound):
        people.new_enrol_code(office.store, "f" * 32, minutes=1, now_ms=office.clock)
    with pytest.raises(NotFound):
        people.revoke(office.store, "aaaaaaaa", office.clock)


def test_one_code_brought_twice_at_once_makes_one_device(office):
    from concurrent.futures import ThreadPoolExecutor

    asked = EnrolRequest(code=office.code_for(office.hires("Ana")))

    def tries(_: int) -> bool:
        try:
            people.enrol(office.store, asked, office.clock)
        except CodeRefused:
            return False
        return True

    with ThreadPoolExecutor(5) as pool:
        assert sum(pool.map(tries, range(5))) == 1


def test_no_code_is_taken_for_an_option_by_a_command_line() -> None:
    assert all(new_code()[0].isalpha() for _ in range(500))
