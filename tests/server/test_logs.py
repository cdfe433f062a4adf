"""A full journey leaves ids and counts in the log, and nothing about anybody (M7)."""

import json
import logging

from tests.server.test_store_file import SECRETS, encodings


def test_no_name_no_number_and_no_secret_comes_into_the_log(office, caplog):
    caplog.set_level(logging.DEBUG)
    ana, lea = office.phone(SECRETS[0]), office.phone("Lea", "supervisor")
    id = ana.creates(name=SECRETS[0], mobile=SECRETS[1], email=SECRETS[2], address_detail=SECRETS[3])
    ana.creates(name=SECRETS[0], mobile="x" + SECRETS[1])
    ana.unsent.append({"n": 3, "note": SECRETS[3]})
    answer = ana.posts(json.dumps(ana.request()).encode())
    statuses = [result["status"] for result in answer.json()["results"]]
    ana.posts(json.dumps({"device": SECRETS[0], "sent": SECRETS[1]}).encode())
    signed = {"authorization": f"Bearer {lea.token}"}
    for path in (f"/v1/records/customer/{id}", "/v1/quarantine", f"/v1/records/{SECRETS[0]}/{SECRETS[1]}"):
        office.answers("GET", path, headers=signed)
    assert statuses == ["applied", "rejected", "rejected"]
    ours = [record.getMessage() for record in caplog.records if record.name != "httpx"]  # the test's own client
    log = "\n".join(ours).encode()
    assert b"changes=3" in log
    secrets = [*SECRETS, ana.token, lea.token]
    assert not [secret for secret in secrets for form in encodings(secret) if form in log]


def test_a_refused_request_does_not_repeat_what_stood_in_it(office):
    ana = office.phone("Ana")
    answer = ana.posts(json.dumps({**ana.request(), "sent": SECRETS[0], SECRETS[1]: SECRETS[2]}).encode())
    assert answer.status_code == 422
    assert not [secret for secret in SECRETS if secret in answer.text]
