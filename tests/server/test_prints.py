"""A change that comes again is known again: whatever release had taken it, and in whatever order its names stand."""

import json

import pytest
from sqlalchemy import text

from tests.server.world import Office, Phone
from visit_core.change import Change, fingerprint, said_in
from visit_core.errors import ClonedDevice


def print_of_old(body: bytes) -> str:
    """What earlier releases kept of its only change."""
    return fingerprint(said_in(Change.model_validate(json.loads(body)["changes"][0])))


def as_earlier_releases_kept_it(office: Office, ana: Phone, body: bytes) -> None:
    told = {"hash": print_of_old(body), "device": ana.device}
    engines = office.engines()
    with engines.writing.begin() as connection:
        kept = connection.execute(text("UPDATE change_log SET hash = :hash WHERE device = :device"), told)
        assert kept.rowcount == 1
    engines.dispose()


def sent_once(office: Office) -> tuple[Phone, bytes]:
    ana = office.phone("Ana")
    ana.creates(name="王芳", remark="第二次来访", far=31.23)
    body = json.dumps(ana.request()).encode()
    assert ana.sends(body).results[0].status == "applied"
    return ana, body


def test_a_change_that_an_earlier_release_took_is_known_again(office):
    ana, body = sent_once(office)
    as_earlier_releases_kept_it(office, ana, body)
    assert ana.sends(body).results[0].status == "duplicate"


def test_the_order_of_names_makes_no_other_change(office):
    ana, body = sent_once(office)
    said = json.loads(body)
    fields = said["changes"][0]["fields"]
    said["changes"][0]["fields"] = dict(reversed(fields.items()))
    assert ana.sends(json.dumps(said).encode()).results[0].status == "duplicate"


@pytest.mark.parametrize("is_old", [True, False])
def test_other_words_under_the_same_number_are_another_change(office, is_old):
    ana, body = sent_once(office)
    if is_old:
        as_earlier_releases_kept_it(office, ana, body)
    with pytest.raises(ClonedDevice):
        ana.sends(body.replace(b"31.23", b"31.24"))


def test_a_seal_that_an_earlier_release_gave_still_holds(office):
    ana = office.phone("Ana")
    backup = office.backs_up()
    ana.creates(name="王芳")
    body = json.dumps(ana.request(pull=None)).encode()
    (result,) = ana.sends(body).results
    office.restores(backup)
    said = f"{ana.device} 1 {print_of_old(body)} {result.stamp} {result.seq}"
    seal = office.store.write(ana.team, lambda ledger: ledger.seal(said))
    resent = {"n": 1, "stamp": result.stamp, "seq": result.seq, "seal": seal}
    office.clock.at(60)
    again = ana.sends(json.dumps({**json.loads(body), "resent": [resent]}).encode()).results[0]
    assert (again.status, again.stamp) == ("applied", result.stamp)
