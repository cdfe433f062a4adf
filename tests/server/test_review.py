"""A verdict and an edit that did not know of each other: the same end in both orders."""

import pytest

from tests.server.world import Office, Phone
from visit_core.rules.reviewing import Verdict, judged, reopened


def a_visit_that_both_know(office: Office) -> tuple[Phone, Phone, str]:
    rep, lead = office.phone("Ana"), office.phone("Lea", "supervisor")
    customer = rep.creates(name="王芳")
    visit = rep.creates(
        "visit", customer_id=customer, check_in_at="2026-11-21T21:00:00.000Z", outcome="interested", content="x"
    )
    rep.syncs()
    lead.syncs()
    rep.syncs()
    return rep, lead, visit


def judges(lead: Phone, visit: str, verdict: Verdict) -> None:
    said = judged(lead.sees("visit", visit), verdict, by=lead.person, at="2026-11-21T22:10:00.000Z")
    lead.sets("visit", visit, **said)


@pytest.mark.parametrize("is_verdict_first", [True, False])
@pytest.mark.parametrize("verdict", ["approved", "returned", "question"])
def test_a_verdict_on_a_visit_that_was_edited_meanwhile_is_opened_again(office, is_verdict_first, verdict):
    rep, lead, visit = a_visit_that_both_know(office)
    office.clock.at(10)
    judges(lead, visit, verdict)
    office.clock.at(12)
    rep.sets("visit", visit, content="they called back")
    for phone in (lead, rep) if is_verdict_first else (rep, lead):
        phone.syncs()
    stands = office.sees(rep.team, "visit", visit)
    assert (stands["review_state"], stands["review_round"]) == ("pending", 2)
    assert stands["content"] == "they called back"
    assert "reviewed_by" not in stands
    (conflict,) = office.conflicts(rep.team)
    assert (conflict["rule"], conflict["field"]) == ("reopened", "review_state")
    assert (conflict["loser"]["value"], conflict["loser"]["by"]) == (verdict, lead.person)
    assert (conflict["winner"]["value"], conflict["winner"]["by"]) == ("pending", rep.person)
    assert conflict["base"] is None


def test_a_verdict_on_what_the_supervisor_saw_stands(office):
    rep, lead, visit = a_visit_that_both_know(office)
    judges(lead, visit, "approved")
    lead.syncs()
    assert office.sees(rep.team, "visit", visit)["review_state"] == "approved"
    assert office.conflicts(rep.team) == []


def test_a_returned_visit_is_corrected_and_handed_in_for_a_second_round(office):
    rep, lead, visit = a_visit_that_both_know(office)
    judges(lead, visit, "returned")
    lead.syncs()
    rep.syncs()
    rep.sets("visit", visit, content="corrected", **reopened(rep.sees("visit", visit)))
    rep.syncs()
    lead.syncs()
    assert lead.sees("visit", visit)["review_round"] == 2
    judges(lead, visit, "approved")
    lead.syncs()
    assert office.sees(rep.team, "visit", visit)["review_state"] == "approved"
    assert office.conflicts(rep.team) == []


def test_a_rep_who_edits_an_approved_visit_opens_it_again(office):
    rep, lead, visit = a_visit_that_both_know(office)
    judges(lead, visit, "approved")
    lead.syncs()
    rep.syncs()
    rep.sets("visit", visit, content="afterthought")
    rep.syncs()
    assert office.sees(rep.team, "visit", visit)["review_state"] == "pending"
    assert office.conflicts(rep.team) == []


def test_a_supervisor_may_correct_a_visit_that_they_approved(office):
    rep, lead, visit = a_visit_that_both_know(office)
    judges(lead, visit, "approved")
    lead.syncs()
    lead.sets("visit", visit, content="typo mended")
    lead.syncs()
    assert office.sees(rep.team, "visit", visit)["review_state"] == "approved"


def test_a_comment_by_the_supervisor_does_not_open_anything(office):
    rep, lead, visit = a_visit_that_both_know(office)
    judges(lead, visit, "approved")
    lead.syncs()
    note = {"id": "a" * 32, "field": "content", "comment": "well done", "by": rep.person}
    rep.does("set", "visit", visit, **{f"review_notes.{'a' * 32}": note})
    rep.syncs()
    assert office.sees(rep.team, "visit", visit)["review_state"] == "approved"


def test_a_rep_cannot_approve(office):
    rep, _, visit = a_visit_that_both_know(office)
    rep.sets("visit", visit, **judged({}, "approved", by=rep.person, at="2026-11-21T22:10:00.000Z"))
    (result,) = rep.syncs().results
    assert result.status == "rejected"
    assert result.error
    assert result.error.code == "not_allowed"


def test_two_verdicts_that_differ_give_one_conflict(office):
    rep, lead, visit = a_visit_that_both_know(office)
    other = office.phone("Max", "supervisor")
    other.syncs()
    judges(lead, visit, "approved")
    office.clock.at(1)
    judges(other, visit, "returned")
    other.syncs()
    lead.syncs()
    assert office.sees(rep.team, "visit", visit)["review_state"] == "returned"
    (conflict,) = office.conflicts(rep.team)
    assert (conflict["rule"], conflict["loser"]["value"]) == ("last", "approved")
