"""Those who answer for devices and people: who was not here, what goes out, what goes to another."""

import json

import pytest

from sync_server.kept import BACKUP_FAILED, BACKUP_GOOD, FELL_BACK
from tests.server.world import MINUTE, NINE
from visit_core.ids import new_id
from visit_core.stamp import instant

HOUR = 60 * MINUTE


@pytest.fixture
def lea(office):
    return office.phone("Lea", "supervisor")


def asks(office, phone, method, path, **request):
    return office.answers(method, path, headers={"authorization": f"Bearer {phone.token}"}, **request)


def test_who_has_not_synced_since_yesterday_is_seen(office, lea):
    ana, ben, gone = office.phone("Ana"), office.phone("Ben"), office.phone("Gone")
    for phone in (ana, ben, gone):
        phone.syncs()
    asks(office, lea, "POST", f"/v1/devices/{gone.device}/revoke")
    office.clock.now_ms += 25 * HOUR
    ana.creates(name="王芳")
    ana.syncs()
    told = asks(office, lea, "GET", "/v1/devices?quiet_hours=24").json()["devices"]
    assert {(one["name"], one["last_sync_at"]) for one in told} == {("Ben", "2026-11-21T22:00:00.000Z"), ("Lea", None)}
    everyone = {one["name"]: one for one in asks(office, lea, "GET", "/v1/devices").json()["devices"]}
    assert (everyone["Ana"]["last_n"], everyone["Gone"]["state"]) == (1, "revoked")


def test_a_supervisor_revokes_in_their_team_and_an_admin_anywhere(office, lea):
    ana, wen, ada = office.phone("Ana"), office.phone("Wen", team="west"), office.phone("Ada", "admin")
    assert asks(office, lea, "POST", f"/v1/devices/{wen.device}/revoke").status_code == 404
    assert asks(office, lea, "POST", f"/v1/devices/{ana.device}/revoke").json()["state"] == "revoked"
    assert ana.posts(b"{}").json()["code"] == "device_revoked"
    assert asks(office, ada, "POST", f"/v1/devices/{wen.device}/revoke").status_code == 200
    assert asks(office, ada, "POST", "/v1/devices/aaaaaaaa/revoke").status_code == 404
    names = {one["name"] for one in asks(office, ada, "GET", "/v1/devices").json()["devices"]}
    assert names == {"Lea", "Ana", "Wen", "Ada"}


def test_what_a_leaver_had_in_hand_goes_to_another_and_what_was_done_stays(office, lea):
    ana, ben = office.phone("Ana"), office.phone("Ben")
    mine = {"owner_id": ana.person}
    customer = ana.creates(name="王芳", **mine)
    promised = ana.creates("followup", title="打电话", status="open", customer_id=customer, **mine)
    kept = ana.creates("followup", title="送资料", status="done", customer_id=customer, **mine)
    done = ana.creates("visit", customer_id=customer, status="done", **mine)
    binned = ana.creates(name="记错了", **mine)
    ana.does("delete", "customer", binned)
    others = ben.creates(name="李强", owner_id=ben.person)
    for phone in (ana, ben):
        phone.syncs()
    counted = asks(office, lea, "GET", f"/v1/people/{ana.person}/in_hand")
    told = asks(office, lea, "POST", f"/v1/people/{ana.person}/reassign", content=json.dumps({"to": ben.person}))
    assert counted.json() == told.json()
    assert told.json() == {"records": {"customer": 1, "followup": 1, "visit": 0}}
    ben.syncs()
    owners = {id: ben.sees(kind, id)["owner_id"] for kind, id in ben.rows if kind in ("customer", "followup", "visit")}
    assert owners == {
        customer: ben.person, promised: ben.person, kept: ana.person, done: ana.person, binned: ana.person,
        others: ben.person,
    }  # fmt: skip
    again = asks(office, lea, "POST", f"/v1/people/{ana.person}/reassign", content=json.dumps({"to": ben.person}))
    assert again.json() == {"records": {"customer": 0, "followup": 0, "visit": 0}}
    assert list(office.store.flaws()) == []


def test_everybody_of_the_team_is_seen_with_or_without_a_device(office, lea):
    office.phone("Ana")
    office.phone("Wen", team="west")
    office.hires("Ben")
    ada = office.phone("Ada", "admin", "west")

    def told(phone):
        people = asks(office, phone, "GET", "/v1/people").json()["people"]
        return [(one["name"], one["role"]) for one in people if one["is_active"]]

    assert told(lea) == [("Ana", "rep"), ("Ben", "rep"), ("Lea", "supervisor")]
    assert sorted(told(ada)) == sorted([*told(lea), ("Ada", "admin"), ("Wen", "rep")])


@pytest.mark.parametrize("to", ["nobody", "f" * 32, "wen"])
def test_records_go_to_nobody_outside_the_team(office, lea, to):
    ana, wen = office.phone("Ana"), office.phone("Wen", team="west")
    body = json.dumps({"to": wen.person if to == "wen" else to})
    answer = asks(office, lea, "POST", f"/v1/people/{ana.person}/reassign", content=body)
    assert answer.status_code == (422 if to == "nobody" else 404)
    assert asks(office, lea, "POST", f"/v1/people/{wen.person}/reassign", content=body).status_code in (404, 422)
    assert asks(office, lea, "GET", f"/v1/people/{wen.person}/in_hand").status_code == 404


def test_an_admin_sees_how_old_the_last_good_backup_is(office):
    ada = office.phone("Ada", "admin")
    assert asks(office, ada, "GET", "/v1/server").json()["last_backup_at"] is None
    office.store.know(BACKUP_GOOD, str(NINE - 30 * HOUR), instead_of=None)
    office.store.know(BACKUP_FAILED, f"{NINE} no_room", instead_of=None)
    told = asks(office, ada, "GET", "/v1/server").json()
    assert (told["backup_age_hours"], told["backup_failed"]) == (30, "no_room")


def test_an_admin_sees_for_a_month_that_the_store_had_fallen_back(office):
    ada = office.phone("Ada", "admin")
    assert asks(office, ada, "GET", "/v1/server").json()["fell_back_at"] is None
    office.store.know(FELL_BACK, str(NINE), instead_of=None)
    told = []
    for days in (0, 29, 31):
        office.clock.now_ms = NINE + days * 24 * HOUR
        told.append(asks(office, ada, "GET", "/v1/server").json()["fell_back_at"])
    assert told == [instant(NINE), instant(NINE), None]


def test_a_word_on_a_conflict_that_there_is_not_spoils_no_list(office, lea):
    lea.does("set", "conflict", new_id(0), state="kept")
    lea.syncs()
    assert asks(office, lea, "GET", "/v1/conflicts").json() == {"conflicts": []}


def test_everybody_may_ask_what_the_server_speaks(office):
    told = office.answers("GET", "/v1/healthz").json()
    assert told["ok"] is True
    assert (told["oldest_protocol"] <= told["protocol"], told["version"].count(".")) == (True, 2)
