"""A photograph of a customer who said no is refused with its bytes, whatever phone sends it."""

import json

import pytest

from tests.server.photos import PHOTO, asks, sends, told_of
from tests.server.world import Phone

EARLIER, LATER = "2026-11-21T21:00:00.000Z", "2026-11-22T04:00:00.000Z"


def says(phone: Phone, customer: str, state: str, at: str = EARLIER) -> None:
    phone.creates("consent", customer_id=customer, purpose="photo", state=state, method="verbal", given_at=at)
    phone.syncs()


def came_of(phone: Phone, **fields: object) -> tuple[str, str | None]:
    """What the server said of a photograph: status, and the field that it was refused for."""
    phone.creates("attachment", **{**told_of(), **fields})
    (result,) = phone.syncs().results
    return result.status, result.error.field if result.error else None


@pytest.fixture
def ana(office):
    return office.phone("Ana")


@pytest.fixture
def ben(office):
    """Has heard of nothing that a customer says."""
    return office.phone("Ben")


@pytest.fixture
def customer(ana):
    made = ana.creates(name="张三")
    ana.syncs()
    return made


@pytest.mark.parametrize("states", [("refused",), ("given", "withdrawn")])
def test_a_photo_of_somebody_who_said_no_is_kept_whole_in_quarantine_and_no_byte_of_it_is_taken(
    office, ana, ben, customer, states
):
    for state in states:
        says(ana, customer, state)
    ben.creates("attachment", **told_of(), customer_id=customer)
    (result,) = ben.syncs().results
    assert (result.status, result.error.facts["why"], result.error.field) == (
        "rejected",
        "photo_refused",
        "customer_id",
    )
    (refused,) = office.store.read(ben.team, lambda reading: reading.quarantine(9))
    assert (refused.kind, told_of()["sha256"] in refused.payload) == ("attachment", True)
    assert asks(ben, "HEAD").status_code == 404
    assert sends(ben, 0, PHOTO[:100]).status_code == 404
    assert office.store.counts()["blob"] == 0
    assert list(office.store.flaws()) == []


def test_who_was_never_asked_or_said_yes_has_photos(ana, ben, customer):
    assert came_of(ben, customer_id=customer) == ("applied", None)
    says(ana, customer, "given")
    assert came_of(ben, customer_id=customer) == ("applied", None)


def test_a_photo_made_before_the_no_is_taken_however_late_it_comes(ana, ben, customer):
    made = ben.creates("attachment", **told_of(), customer_id=customer)
    says(ana, customer, "refused", LATER)
    assert [result.status for result in ben.syncs().results] == ["applied"]
    ben.sets("attachment", made, upload_policy="now")
    assert [result.status for result in ben.syncs().results] == ["applied"]


def test_a_no_that_was_taken_back_since_keeps_no_photo_out(ana, ben, customer):
    says(ana, customer, "refused")
    says(ana, customer, "given", "2026-11-21T21:10:00.000Z")
    assert came_of(ben, customer_id=customer) == ("applied", None)


def test_a_photo_that_names_its_visit_alone_is_that_of_the_visits_customer(ana, ben, customer):
    visit = ana.creates("visit", customer_id=customer, check_in_at=EARLIER, content="谈成了")
    says(ana, customer, "refused")
    assert came_of(ben, visit_id=visit) == ("rejected", "customer_id")


def test_a_no_to_photos_is_none_to_a_signature_nor_to_another_customers_photo(ana, ben, customer):
    says(ana, customer, "refused")
    other = ana.creates(name="旁边")
    ana.syncs()
    assert came_of(ben, customer_id=customer, kind="signature") == ("applied", None)
    assert came_of(ben, customer_id=other) == ("applied", None)
    assert came_of(ben, customer_id=customer) == ("rejected", "customer_id")


def test_a_photo_kept_with_its_visit_is_refused_together_and_each_says_why(ana, ben, customer):
    says(ana, customer, "refused")
    photo = ben.creates("attachment", **told_of(), customer_id=customer)
    ben.creates("visit", customer_id=customer, check_in_at=EARLIER, content="谈成了", **{f"attachments.{photo}": 1})
    for change in ben.unsent:
        change["tx"] = 7
    told = ben.syncs().results
    assert [one.error.facts["why"] for one in told] == ["photo_refused", "not_together"]


def test_what_a_restore_lost_of_a_photo_comes_back_whatever_was_said_since(office, ana, ben, customer):
    path = office.backs_up()
    ben.creates("attachment", **told_of(), customer_id=customer)
    body = ben.request(pull=None)
    (result,) = ben.sends(json.dumps(body).encode()).results
    office.restores(path)
    says(ana, customer, "refused")
    resent = {"n": 1, "stamp": result.stamp, "seq": result.seq, "seal": result.seal}
    again = {**body, "sent": ben.evidence, "epoch": None}
    (stands,) = ben.sends(json.dumps({**again, "resent": [resent]}).encode()).results
    assert stands.status == "applied"
