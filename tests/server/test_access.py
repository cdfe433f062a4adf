"""Every operation of the API for everybody who might ask: nobody gets more than the table says."""

import json
from typing import Any

import pytest
from fastapi import FastAPI

from sync_server import people
from sync_server.routes import ROUTERS
from sync_server.routes.openapi import describe
from tests.server.world import Office, Phone
from visit_core.ids import new_id

OPEN = dict.fromkeys(("anonymous", "garbage", "revoked", "rep", "supervisor", "admin", "marketing", "auditor"), 200)
SIGNED = OPEN | {"anonymous": 401, "garbage": 401, "revoked": 410}
ANSWERING = SIGNED | {"rep": 403, "marketing": 403, "auditor": 403}
SUPERVISORS = ANSWERING | {"admin": 403}

EXPECTED = {
    "enrolDevice": dict.fromkeys(OPEN, 403),  # with a wrong code, whoever asks
    "recoverDevice": dict.fromkeys(OPEN, 403),  # likewise
    "sync": SIGNED | {"marketing": 403, "auditor": 403},
    "olderRecords": SIGNED | {"marketing": 403, "auditor": 403},
    "time": SIGNED,
    "health": OPEN,
    "certificateAuthority": OPEN,
    "listConflicts": ANSWERING,
    "listQuarantine": ANSWERING,
    "listDuplicates": ANSWERING,
    "listDevices": ANSWERING,
    "revokeDevice": ANSWERING,
    "takeRescue": ANSWERING | {"supervisor": 422, "admin": 422},  # of an empty file
    "reassignRecords": ANSWERING,
    "recordsInHand": ANSWERING,
    "listPeople": ANSWERING,
    "recoveryKey": SIGNED,
    "serverStatus": ANSWERING | {"supervisor": 403},
    "getRecord": SUPERVISORS,
    "tellBehaviour": SUPERVISORS | {"supervisor": 422},  # with an empty body
    "settleConflict": SUPERVISORS | {"supervisor": 422},  # with an empty body
    "blobStanding": SIGNED | {"rep": 404, "supervisor": 404, "admin": 403, "marketing": 403, "auditor": 403},
    "sendChunk": SIGNED | {"rep": 404, "supervisor": 404, "admin": 403, "marketing": 403, "auditor": 403},
    "readBlob": SIGNED | {"rep": 404, "supervisor": 404, "admin": 403, "marketing": 403, "auditor": 403},
    "getFieldPast": SIGNED | {"admin": 404, "marketing": 403, "auditor": 403},  # no customer reaches an admin
}
"""The answer of each operation to each kind of person, in their own team."""


def described() -> dict[str, Any]:
    app = FastAPI()
    for router in ROUTERS:
        app.include_router(router, prefix="/v1")
    return describe(app)


def operations() -> dict[str, tuple[str, str]]:
    return {
        operation["operationId"]: (method.upper(), path)
        for path, methods in described()["paths"].items()
        for method, operation in methods.items()
    }


OPERATIONS = operations()


def headers_of(who: str, office: Office) -> tuple[dict[str, str], Phone | None]:
    if who == "anonymous":
        return {}, None
    if who == "garbage":
        return {"authorization": "Bearer not-a-token"}, None
    phone = office.phone("Somebody", "rep" if who == "revoked" else who)
    if who == "revoked":
        people.revoke(office.store, phone.device, office.clock)
    return {"authorization": f"Bearer {phone.token}"}, phone


def ask(office: Office, operation: str, who: str, record: str):
    method, path = OPERATIONS[operation]
    headers, phone = headers_of(who, office)
    content = b""
    if operation == "sync" and phone:
        content = json.dumps(phone.request()).encode()
    if operation == "enrolDevice":
        content = b'{"code": "wrong"}'
    if operation == "recoverDevice":
        named_device = phone.device if phone else "aaaaaaaa"
        content = json.dumps({"device": named_device, "store": "0" * 32, "code": "wrong", "sealed": "0" * 184}).encode()
    if operation == "reassignRecords":
        content = json.dumps({"to": office.hires("Heir").id}).encode()
    target = office.phone("Target")
    named = {"{kind}": "customer", "{id}": record, "{device}": target.device, "{person}": target.person}
    named["{customer}"] = record
    named["{conflict}"] = record
    named["{sha256}"] = "0" * 64  # of no record
    headers |= {"upload-offset": "0"} if operation == "sendChunk" else {}
    for part, value in named.items():
        path = path.replace(part, value)
    if operation == "getFieldPast":
        path += "?field=name"
    return office.answers(method, path, headers=headers, content=content)


def a_record(office: Office, team: str) -> str:
    phone = office.phone("Owner", team=team)
    id = phone.creates(name="王芳")
    phone.syncs()
    return id


def test_every_operation_is_in_the_table():
    assert set(OPERATIONS) == set(EXPECTED)


@pytest.mark.parametrize("who", OPEN)
@pytest.mark.parametrize("operation", sorted(OPERATIONS))
def test_in_their_own_team_everybody_gets_what_the_table_says(office, operation, who):
    (office.settings.home / "ca.pem").write_text("a certificate")
    answer = ask(office, operation, who, a_record(office, "east"))
    assert answer.status_code == EXPECTED[operation][who]
    if answer.status_code >= 400 and OPERATIONS[operation][0] != "HEAD":
        assert set(answer.json()) == {"code", "facts"}


@pytest.mark.parametrize("who", OPEN)
def test_a_record_of_another_team_is_not_there_for_anybody(office, who):
    elsewhere = ask(office, "getRecord", who, a_record(office, "west"))
    nowhere = ask(office, "getRecord", who, new_id(0))
    assert elsewhere.status_code == nowhere.status_code == (404 if who == "supervisor" else SUPERVISORS[who])
    assert elsewhere.json()["code"] == nowhere.json()["code"]


@pytest.mark.parametrize("who", OPEN)
def test_the_past_of_another_teams_record_is_not_there_for_anybody(office, who):
    elsewhere = ask(office, "getFieldPast", who, a_record(office, "west"))
    assert elsewhere.status_code == (404 if who in ("rep", "supervisor", "admin") else EXPECTED["getFieldPast"][who])


def test_lists_hold_nothing_of_another_team(office):
    west = office.phone("Wen", team="west")
    west.creates(mobile="wrong")
    west.syncs()
    lead = {"authorization": f"Bearer {office.phone('Lea', 'supervisor').token}"}
    assert office.answers("GET", "/v1/quarantine", headers=lead).json() == {"quarantined": []}
    own = {"authorization": f"Bearer {office.phone('Lin', 'supervisor', team='west').token}"}
    assert len(office.answers("GET", "/v1/quarantine", headers=own).json()["quarantined"]) == 1


def test_each_operation_that_asks_for_a_token_says_so_in_its_description():
    for methods in described()["paths"].values():
        for operation in methods.values():
            is_open = EXPECTED[operation["operationId"]]["anonymous"] != 401
            assert ("security" in operation) is not is_open
            assert is_open or {"401", "403", "410"} <= set(operation["responses"])
