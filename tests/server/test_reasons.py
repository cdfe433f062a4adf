"""A raw device is refused what the app would refuse for want of a reason, and an honest one is never."""

import pytest

from tests.server.test_reconcile import sync_in_order

GRADE = {"grade_manual": "B", "grade_manual_on": "2026-11-21"}


def refusals(answer):
    return [(one.status, one.error and (one.error.field, one.error.facts.get("why"))) for one in answer.results]


REFUSED = ("rejected", ("grade_reason", "required"))


def test_a_grade_by_hand_without_a_reason_is_refused(office):
    ana = office.phone("Ana")
    id = ana.creates(name="王芳")
    ana.sets("customer", id, **GRADE, grade_reason=None)
    ana.sets("customer", id, **GRADE, grade_reason="  ")
    ana.sets("customer", id, **GRADE, grade_reason="老客户")
    assert refusals(ana.syncs())[1:] == [REFUSED, REFUSED, ("applied", None)]


def test_nobody_is_made_with_a_grade_by_hand_and_no_reason(office):
    ana = office.phone("Ana")
    ana.creates(name="王芳", **GRADE, grade_reason=None)
    assert refusals(ana.syncs()) == [REFUSED]


def test_a_reason_cannot_be_taken_away_from_a_grade_by_hand(office):
    ana = office.phone("Ana")
    id = ana.creates(name="王芳", **GRADE, grade_reason="老客户")
    ana.syncs()
    ana.sets("customer", id, **GRADE, grade_reason=None)
    assert refusals(ana.syncs()) == [REFUSED]
    ana.sets("customer", id, grade_manual=None, grade_manual_on=None, grade_reason=None)
    assert refusals(ana.syncs()) == [("applied", None)]


def test_a_sale_that_is_lost_for_no_reason_is_refused(office):
    ana = office.phone("Ana")
    sale = ana.creates("opportunity", title="手表", stage="quote")
    ana.sets("opportunity", sale, stage="lost")
    ana.sets("opportunity", sale, stage="lost", lost_reason="价格")
    ana.sets("opportunity", sale, lost_reason=None)
    told = refusals(ana.syncs())
    assert [status for status, _ in told] == ["applied", "rejected", "applied", "rejected"]
    assert told[1][1] == ("lost_reason", "required")


@pytest.mark.parametrize("own", [True, False])
def test_a_reason_that_a_phone_had_in_sight_is_one_whatever_others_did_meanwhile(office, own):
    ana, ben = office.phone("Ana"), office.phone("Ben")
    sale = ana.creates("opportunity", title="手表", stage="quote", lost_reason=None if own else "价格")
    sync_in_order(office, ana, ben)
    ben.syncs()
    if own:
        ana.sets("opportunity", sale, lost_reason="价格")
    office.clock.at(5)
    ben.sets("opportunity", sale, lost_reason="")
    ben.syncs()
    ana.sets("opportunity", sale, stage="lost")
    assert {status for status, _ in refusals(ana.syncs())} <= {"applied", "merged"}


def test_a_phone_that_had_not_heard_of_the_loss_may_take_a_reason_away(office):
    ana, ben = office.phone("Ana"), office.phone("Ben")
    sale = ana.creates("opportunity", title="手表", stage="quote", lost_reason="价格")
    sync_in_order(office, ana, ben)
    ben.syncs()
    office.clock.at(5)
    ben.sets("opportunity", sale, stage="lost")
    ben.syncs()
    ana.sets("opportunity", sale, lost_reason=None)
    assert {status for status, _ in refusals(ana.syncs())} <= {"applied", "merged"}
