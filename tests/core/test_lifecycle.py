"""A customer's stage by rule, what overrules it, and when contacts are asked for again."""

from datetime import date, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visit_core.rules.assessing import History, assess
from visit_core.rules.consents import allowed
from visit_core.rules.lifecycle import Life, Why, staged
from visit_core.rules.staleness import is_stale
from visit_core.sentences import LANGUAGES, sentences

TODAY = date(2026, 11, 21)


def ago(*days):
    return tuple(TODAY - timedelta(days=day) for day in days)


@pytest.mark.parametrize(
    ("life", "stage"),
    [
        (Life(), "lead"),
        (Life(last_contact=TODAY), "lead"),
        (Life(is_promising=True), "prospect"),
        (Life(ago(0)), "new"),
        (Life(ago(29)), "new"),
        (Life(ago(30)), "active"),
        (Life(ago(1, 2)), "active"),
        (Life(ago(1, 2, 3, 365)), "loyal"),
        (Life(ago(1, 2, 3, 366)), "active"),
        (Life(ago(1, 2), grade="A", satisfaction=4.0), "loyal"),
        (Life(ago(1, 2), grade="A", satisfaction=3.9), "active"),
        (Life(ago(1, 2), grade="B", satisfaction=5.0), "active"),
        (Life(ago(179)), "active"),
        (Life(ago(180)), "at_risk"),
        (Life(ago(180), last_contact=TODAY - timedelta(days=179)), "active"),
        (Life(ago(365)), "churned"),
        (Life(ago(400, 0)), "active"),
        (Life(ago(1), pinned="loyal"), "loyal"),
        (Life(ago(9), pinned="churned", pinned_on=TODAY - timedelta(days=5)), "churned"),
        (Life(ago(9, 1), pinned="churned", pinned_on=TODAY - timedelta(days=5)), "active"),
        (Life((TODAY + timedelta(days=1),)), "lead"),
    ],
)
def test_the_stage_follows_from_what_happened(life, stage):
    assert staged(life, TODAY).stage == stage


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("why", get_args(Why))
def test_every_rule_of_a_stage_has_its_sentence(why, lang):
    assert sentences(lang)[f"stage.why.{why}"]


@given(st.lists(st.integers(0, 2000), min_size=1, max_size=6), st.integers(0, 400))
def test_who_bought_is_never_a_lead_again(days, later):
    assert staged(Life(ago(*days)), TODAY + timedelta(days=later)).stage not in ("lead", "prospect")


@given(st.lists(st.integers(0, 2000), max_size=6))
def test_a_purchase_today_makes_everybody_a_present_customer(days):
    assert staged(Life(ago(*days, 0)), TODAY).stage in ("new", "active", "loyal")


@pytest.mark.parametrize(
    ("visit", "stage"),
    [
        ({"outcome": "info_left"}, "prospect"),
        ({"outcome": "refused", "purchase_intention": "neutral"}, "prospect"),
        ({"outcome": "refused", "purchase_intention": "hesitant"}, "lead"),
        ({"outcome": "not_home"}, "lead"),
    ],
)
def test_a_visit_that_went_well_makes_a_prospect(visit, stage):
    assert assess({}, History(visits=[visit]), TODAY).staged.stage == stage


def test_a_closed_door_is_no_contact():
    bought = [{"purchase_date": "2026-01-01", "amount": "9.00"}]
    met, closed = {"check_in_at": "2026-11-01T02:00:00.000Z", "outcome": "refused"}, {"outcome": "not_home"}
    assert assess({}, History(bought, visits=[met]), TODAY).staged.stage == "active"
    assert assess({}, History(bought, visits=[{**met, **closed}]), TODAY).staged.stage == "at_risk"


def test_the_last_word_on_a_stage_is_pinned_only_if_a_person_said_it():
    by_hand = {"to": "loyal", "at": "2026-11-01T00:00:00.000Z", "cause": "manual"}
    by_rule = {"to": "prospect", "at": "2026-11-02T00:00:00.000Z", "cause": "rule"}
    assert assess({}, History(stages=[by_hand]), TODAY).staged.stage == "loyal"
    assert assess({}, History(stages=[by_rule, by_hand]), TODAY).staged.stage == "lead"


@pytest.mark.parametrize(("grade", "days"), [("A", 90), ("B", 180), ("C", 365)])
def test_contacts_age_the_faster_the_better_the_customer(grade, days):
    (last, over) = ago(days, days + 1)
    assert (is_stale(last, grade, TODAY), is_stale(over, grade, TODAY)) == (False, True)


def test_contacts_nobody_looked_at_are_as_old_as_the_record():
    assert assess({"created_at": "2025-11-20T00:00:00.000Z"}, History(), TODAY).is_stale
    assert not assess(
        {"created_at": "2025-11-20T00:00:00.000Z", "verified_at": "2026-11-20"}, History(), TODAY
    ).is_stale


def said(state, at="2026-11-21T02:00:00.000Z", version=1, purpose="marketing"):
    return {"purpose": purpose, "state": state, "given_at": at, "notice_version": version}


LATER = "2026-11-21T03:00:00.000Z"


@pytest.mark.parametrize(
    ("consents", "standing"),
    [
        ([], "never_asked"),
        ([said("given", purpose="service")], "never_asked"),
        ([said("given")], "given"),
        ([said("given"), said("withdrawn", LATER)], "withdrawn"),
        ([said("withdrawn", LATER), said("given")], "withdrawn"),
        ([said("given"), said("withdrawn")], "withdrawn"),
        ([said("withdrawn"), said("given", LATER)], "given"),
        ([said("withdrawn", version=2), said("given", LATER)], "withdrawn"),
        ([said("refused"), said("given", LATER)], "given"),
    ],
)
def test_the_last_word_of_a_customer_counts_and_a_no_before_a_yes(consents, standing):
    assert allowed(consents, "marketing").standing == standing
    assert allowed(consents[::-1], "marketing").standing == standing


def test_a_consent_to_an_older_text_is_to_be_asked_for_anew():
    assert allowed([said("given")], "marketing").may
    told = allowed([said("given", version=0)], "marketing")
    assert (told.standing, told.is_outdated, told.may) == ("given", True, False)
