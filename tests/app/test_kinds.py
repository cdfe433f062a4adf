"""Every record kind through the scripted device, and the rules each kind has of its own."""

import json

import pytest

from tests.app.device import Device
from tests.samples import SAMPLES, sample
from visit_core.kinds import kind_named


def said(kind: str, ids: dict[str, str]) -> list[str]:
    return [f"{name}:={json.dumps(value)}" for name, value in sample(kind, ids).items()]


@pytest.mark.parametrize("role", ["rep", "supervisor", "admin"])
def test_each_role_makes_the_kinds_that_are_its_own_and_no_other(enrolled, role) -> None:
    device, customers = enrolled("ana", role), kind_named("customer").written_by
    ids = {"another": device.add("customer", "name=张珊")} if role in customers else {}
    for kind in SAMPLES:
        if role in kind_named(kind).written_by:
            if role in customers or kind not in ("campaign_participation",):
                ids[kind] = device.add(kind, *said(kind, ids))
                assert device.get(kind, ids[kind])["sync_state"] == "queued"
        elif "@" not in str(SAMPLES[kind]):
            assert device.refuse(2, "add", kind, *said(kind, {}))["code"] == "not_allowed"
    assert ids


def with_customer(device: Device) -> dict[str, str]:
    return {"customer": device.add("customer", "name=张三")}


@pytest.mark.parametrize(
    ("kind", "word", "field"),
    [
        ("need", "detail=", "detail"),
        ("complaint", "complaint_type=", "complaint_type"),
        ("opportunity", "stage=输单", "lost_reason"),
        ("satisfaction_rating", "score=6", "score"),
        ("preference", "value=", "value"),
        ("campaign", "end=2026-11-01", "end"),
        ("company", "credit_code=91350100M000100Y44", "credit_code"),
        ("customer", "district=310101", "district"),
        ("customer", "age=14", "guardian_name"),
        ("customer", "grade_manual=B", "grade_reason"),
        ("custom_field", "key=Customer Age", "key"),
    ],
)
def test_a_flawed_record_is_refused_on_its_field(enrolled, kind, word, field) -> None:
    device = enrolled("ana", "admin" if kind == "custom_field" else "rep")
    ids = with_customer(device) if "@" in str(SAMPLES[kind]) else {}
    assert device.refuse(2, "add", kind, *said(kind, ids), word)["field"] == field


def test_a_door_of_which_nothing_is_known_is_refused(ana: Device) -> None:
    assert ana.refuse(2, "add", "household", "best_time=周末上午")["field"] == "community"


def test_a_childs_details_are_kept_with_a_guardian_and_an_age_alone_without(ana: Device) -> None:
    ana.add("customer", "name=小明", "age=13", "guardian_name=王芳", "guardian_relation=母亲")
    ana.add("customer", "age=13")


def test_a_complaint_is_to_be_answered_by_its_severity(ana: Device) -> None:
    ids = with_customer(ana)
    made = {s: ana.get("complaint", ana.add("complaint", *said("complaint", ids), f"severity={s}")) for s in "高中低"}
    due = [made[s]["sla_due_at"] for s in "高中低"]
    assert due == ["2026-11-22T02:00:00.000Z", "2026-11-24T02:00:00.000Z", "2026-11-28T02:00:00.000Z"]


def test_a_complaint_that_turns_severe_is_due_sooner_counted_from_its_beginning(ana: Device) -> None:
    complaint = ana.add("complaint", *said("complaint", with_customer(ana)), "severity=低")
    ana.ask("set", "complaint", complaint, "severity=高")
    assert ana.get("complaint", complaint)["sla_due_at"] == "2026-11-22T02:00:00.000Z"


def test_an_opportunity_has_the_probability_of_its_stage_unless_one_is_given(ana: Device) -> None:
    chance = ana.add("opportunity", *said("opportunity", with_customer(ana)))
    assert ana.get("opportunity", chance)["probability"] == 50
    ana.ask("set", "opportunity", chance, "stage=谈判", "probability=65")
    assert ana.get("opportunity", chance)["probability"] == 65
    ana.ask("set", "opportunity", chance, "stage=赢单")
    assert ana.get("opportunity", chance)["probability"] == 100


def test_a_consent_tells_which_text_was_heard_and_has_a_receipt_to_take_home(ana: Device) -> None:
    consent = ana.get("consent", ana.add("consent", *said("consent", with_customer(ana))))
    assert (consent["notice_id"], consent["notice_version"]) == ("notice.service", 1)
    assert len(consent["notice_hash"]) == 64
    assert not set(consent["receipt_code"]) & set("01OIL")
    assert consent["rep_id"] == ana.ask("status")["person"]


def test_a_consent_is_withdrawn_by_another_record_and_never_altered(ana: Device) -> None:
    ids = with_customer(ana)
    consent = ana.add("consent", *said("consent", ids))
    assert ana.refuse(2, "set", "consent", consent, "state=撤回")["code"] == "not_allowed"
    ana.add("consent", *said("consent", ids), "state=撤回")
    assert sorted(one["state"] for one in ana.list("consent")) == ["given", "withdrawn"]


def test_a_customer_takes_part_in_a_campaign_once(ana: Device) -> None:
    ids = with_customer(ana) | {"campaign": ana.add("campaign", *said("campaign", {}))}
    ana.add("campaign_participation", *said("campaign_participation", ids))
    again = ana.refuse(2, "add", "campaign_participation", *said("campaign_participation", ids))
    assert again["why"] == "already_there"


def test_a_grade_given_by_hand_remembers_its_day_and_loses_it_with_the_grade(ana: Device) -> None:
    customer = ana.add("customer", "name=张三", "grade_manual=A", "grade_reason=大客户")
    assert ana.get("customer", customer)["grade_manual_on"] == "2026-11-21"
    ana.ask("set", "customer", customer, "grade_manual=", "grade_reason=")
    assert ana.get("customer", customer)["grade_manual_on"] is None
