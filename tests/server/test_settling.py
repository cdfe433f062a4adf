"""A supervisor settles a conflict over HTTP: a fresh change, seen everywhere, twice no more than once."""

import json

import pytest

from tests.server.test_reconcile import X, Y, sync_in_order, two_phones_that_know_a_customer
from visit_core.ids import new_id

AT = "2026-11-21T22:00:00.000Z"


@pytest.fixture
def clash(office):
    """Ben's later number stands, Ana's is kept; Lea answers for the team."""
    ana, ben, id = two_phones_that_know_a_customer(office)
    office.clock.at(10)
    ana.sets("customer", id, mobile=X)
    office.clock.at(15)
    ben.sets("customer", id, mobile=Y)
    sync_in_order(office, ana, ben)
    (conflict,) = office.conflicts(ana.team)
    return office, ana, id, conflict["id"]


def settles(office, phone, conflict, stands="loser"):
    signed = {"authorization": f"Bearer {phone.token}"}
    body = json.dumps({"stands": stands}).encode()
    return office.answers("POST", f"/v1/conflicts/{conflict}", headers=signed, content=body)


@pytest.mark.parametrize(
    ("stands", "state", "mobile"), [("loser", "restored", X), ("winner", "seen", Y), ("base", "restored", None)]
)
def test_the_value_that_is_to_stand_stands_for_everybody(clash, stands, state, mobile):
    office, ana, id, conflict = clash
    lea = office.phone("Lea", "supervisor")
    for _ in range(2):
        assert settles(office, lea, conflict, stands).json() == {"id": conflict, "state": state}
    ana.syncs()
    assert ana.sees("customer", id)["mobile"] == (mobile or "+8613700000000")
    (told,) = office.conflicts(ana.team)
    assert told["state"] == state


def test_settling_twice_writes_one_change(clash):
    office, _, _, conflict = clash
    lea = office.phone("Lea", "supervisor")
    settles(office, lea, conflict)
    before = office.store.counts()["change_log"]
    settles(office, lea, conflict)
    assert office.store.counts()["change_log"] == before


def test_a_deleted_record_comes_back_with_the_edits_underneath(office):
    ana, ben, id = two_phones_that_know_a_customer(office)
    ana.does("delete", "customer", id)
    ben.sets("customer", id, remark="搬家了")
    sync_in_order(office, ana, ben)
    (conflict,) = office.conflicts(ana.team)
    settles(office, office.phone("Lea", "supervisor"), conflict["id"])
    ana.syncs()
    assert (ana.sees("customer", id)["deleted"], ana.sees("customer", id)["remark"]) == (False, "搬家了")


def place(lat, accuracy):
    return {"lat": lat, "lng": 121.5, "coord_acc_m": accuracy, "coord_sys": "WGS-84", "coord_at": AT}


@pytest.mark.parametrize(("stands", "wanted"), [("loser", place(31.1, 8)), ("winner", place(31.2, 25)), ("base", {})])
def test_what_is_set_together_is_settled_together_whichever_of_its_conflicts_is_named(office, stands, wanted):
    ana, ben, id = two_phones_that_know_a_customer(office)
    ana.creates(
        "consent",
        customer_id=id,
        purpose="location",
        state="given",
        given_at="2026-01-01T00:00:00.000Z",
        notice_version=1,
    )
    ana.syncs()
    office.clock.at(10)
    ana.sets("customer", id, **place(31.1, 8))
    office.clock.at(15)
    ben.sets("customer", id, **place(31.2, 25))
    sync_in_order(office, ana, ben)
    found = {conflict["field"]: conflict["id"] for conflict in office.conflicts(ana.team)}
    assert found.keys() == place(0, 0).keys()
    lea = office.phone("Lea", "supervisor")
    for field in ("coord_acc_m", "lat"):
        assert settles(office, lea, found[field], stands).status_code == 200
    ana.syncs()
    seen = ana.sees("customer", id)
    assert {name: seen[name] for name in place(0, 0) if name in seen} == wanted
    state = "seen" if stands == "winner" else "restored"
    assert {conflict["state"] for conflict in office.conflicts(ana.team)} == {state}
    kept = office.store.read(ana.team, lambda reading: reading.records([("customer", id)]))["customer", id]
    assert len({kept.cells[name].at for name in place(0, 0)}) == 1


def test_nobody_but_the_teams_own_supervisor_settles(clash):
    office, ana, _, conflict = clash
    lea, wen, ada = (
        office.phone("Lea", "supervisor"),
        office.phone("Wen", "supervisor", "west"),
        office.phone("Ada", "admin"),
    )
    statuses = [settles(office, who, conflict).status_code for who in (ana, ada, wen)]
    assert statuses == [403, 403, 404]
    assert settles(office, lea, new_id(office.clock())).status_code == 404
    assert settles(office, lea, conflict, "both").status_code == 422
    assert office.conflicts(ana.team)[0]["state"] == "open"


def says_of_the_place(phone, customer, state, hour):
    phone.creates(
        "consent",
        customer_id=customer,
        purpose="location",
        state=state,
        given_at=f"2026-01-01T{hour:02}:00:00.000Z",
        notice_version=1,
    )
    phone.syncs()


@pytest.mark.parametrize("stands", ["loser", "base"])
def test_a_place_that_is_no_longer_allowed_is_not_let_stand_again(office, stands):
    ana, ben, id = two_phones_that_know_a_customer(office)
    says_of_the_place(ana, id, "given", 1)
    ana.sets("customer", id, **place(31.0, 5))
    sync_in_order(office, ana, ben)
    office.clock.at(40)
    ana.sets("customer", id, **place(31.1, 8))
    office.clock.at(45)
    ben.sets("customer", id, **dict.fromkeys(place(0, 0)))
    ana.syncs()
    ben.syncs()
    says_of_the_place(ana, id, "withdrawn", 2)
    conflict = next(one for one in office.conflicts(ana.team) if one["field"] == "lat")
    lea = office.phone("Lea", "supervisor")
    refused = settles(office, lea, conflict["id"], stands)
    assert (refused.status_code, refused.json()["facts"]["why"]) == (422, "no_place_consent")
    ana.syncs()
    assert ana.sees("customer", id).get("lat") is None
    assert {one["state"] for one in office.conflicts(ana.team)} == {"open"}
    assert settles(office, lea, conflict["id"], "winner").json()["state"] == "seen"
