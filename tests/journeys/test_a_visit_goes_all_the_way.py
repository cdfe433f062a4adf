"""Captured offline, pushed, reviewed, and the verdict read at the door: in every order people and networks find."""

import pytest

from visit_core.errors import NotAllowed, NotValid, Unreachable


@pytest.fixture
def town(street):
    """A rep with a visit at a customer, and a supervisor; everybody has synced."""
    rep, sue = street.phone("安娜"), street.phone("苏", "supervisor")
    customer = rep.adds("customer", name="张三", mobile="13800000000")
    visit = rep.adds("visit", customer_id=customer, outcome="感兴趣", content="想看手表")
    street.everyone_syncs()
    return street, rep, sue, visit


def review_of(phone, visit):
    shown = phone.sees("visit", visit)
    return shown["review_state"], shown["review_round"]


def test_a_visit_saved_with_no_network_is_there_and_waits(street):
    rep = street.phone("安娜")
    rep.wire.is_cut = True
    visit = rep.adds("visit", customer_id=rep.adds("customer", name="张三"), outcome="无人在家")
    with pytest.raises(Unreachable):
        rep.syncs()
    rep.restarts()
    shown = rep.sees("visit", visit)
    assert (shown["outcome"], shown["status"], shown["sync_state"], rep.waiting()) == ("not_home", "done", "queued", 2)


def test_what_a_visit_says_of_the_customer_reaches_the_customer_and_the_reminders(street):
    rep = street.phone("安娜")
    customer = rep.adds("customer", name="张三")
    said = {
        "purchase_intention": "very",
        "product_interest": ["手表"],
        "next_date": "2026-12-01",
        "next_action": "送样品",
    }
    visit = rep.adds("visit", customer_id=customer, outcome="interested", **said)
    street.everyone_syncs()
    assert rep.sees("customer", customer)["interests"] == ["手表"]
    (reminder,) = rep.lists("followup")
    assert (reminder["title"], reminder["due_date"], reminder["source_ref"]) == ("送样品", "2026-12-01", visit)
    rep.sets("visit", visit, next_date="2026-12-03")
    assert [one["due_date"] for one in rep.lists("followup")] == ["2026-12-03"]


def test_a_returned_visit_is_read_offline_with_the_comment_on_its_field(town):
    street, rep, sue, visit = town
    sue.reviews(visit, "returned", ("content", "请写清楚哪一款"))
    street.everyone_syncs()
    rep.wire.is_cut = True
    (note,) = rep.sees("visit", visit)["review_notes"]
    assert (review_of(rep, visit), note["field"], note["comment"]) == (("returned", 1), "content", "请写清楚哪一款")


def test_a_return_without_a_comment_is_refused(town):
    _, _, sue, visit = town
    for notes in ((), (("content", "  "),)):
        with pytest.raises(NotValid):
            sue.reviews(visit, "returned", *notes)
    assert review_of(sue, visit) == ("pending", 1)


def test_a_rep_judges_nothing(town):
    _, rep, _, visit = town
    with pytest.raises(NotAllowed):
        rep.reviews(visit, "approved")


def test_a_correction_begins_another_round_and_settles_the_note(town):
    street, rep, sue, visit = town
    sue.reviews(visit, "returned", ("content", "请写清楚哪一款"))
    street.everyone_syncs()
    rep.sets("visit", visit, content="想看 X200 手表")
    assert review_of(rep, visit) == ("pending", 2)
    street.everyone_syncs()
    assert review_of(sue, visit) == ("pending", 2)
    assert [note["resolved"] for note in sue.sees("visit", visit)["review_notes"]] == [True]
    sue.reviews(visit, "approved")
    street.everyone_syncs()
    assert review_of(rep, visit) == ("approved", 2)


@pytest.mark.parametrize("rep_first", [True, False])
def test_an_edit_and_an_approval_that_did_not_know_of_each_other_open_the_visit_again(town, rep_first):
    street, rep, sue, visit = town
    street.at(5)
    rep.sets("visit", visit, content="其实想看手环")
    street.at(6)
    sue.reviews(visit, "approved")
    for phone in (rep, sue) if rep_first else (sue, rep):
        phone.syncs()
    street.everyone_syncs()
    assert {review_of(phone, visit) for phone in (rep, sue)} == {("pending", 2)}
    assert sue.sees("visit", visit)["content"] == "其实想看手环"
    assert "reopened" in {one["rule"] for one in sue.conflicts()}


def test_a_supervisors_verdict_given_offline_travels_like_any_change(town):
    street, rep, sue, visit = town
    sue.wire.is_cut = True
    sue.reviews(visit, "question", (None, "当时谁在家"))
    assert review_of(rep, visit) == ("pending", 1)
    sue.wire.is_cut = False
    street.everyone_syncs()
    assert review_of(rep, visit) == ("question", 1)


def test_another_team_sees_nothing_of_it(town):
    street, _, _, _ = town
    stranger = street.phone("外人", team="west")
    street.everyone_syncs()
    assert not stranger.lists("customer")
    assert not stranger.lists("visit")
    assert [person["name"] for person in stranger.lists("person")] == ["外人"]
