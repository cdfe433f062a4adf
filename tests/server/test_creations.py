"""The quick way in ends, to the letter, where the way of all others ends."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from pydantic_core import to_json

from sync_server import reconcile
from sync_server.creations import Creations
from sync_server.intake import read_push
from sync_server.plain_form import read_plainly
from sync_server.sent import well_formed
from sync_server.store_sql.ledger import SqlLedger
from sync_server.store_sql.record_rows import record_row
from sync_server.store_sql.rows import feed_rows, logged_row
from tests.server.world import NINE, Office, Phone
from visit_core.change import Change

IDS = [f"{number:032x}" for number in range(1, 7)]
VISIT: dict[str, Any] = {
    "customer_id": IDS[0], "visit_type": "first", "check_in_at": "2026-01-05T02:00:00.000Z",
    "content": "好的，\n下周再来。",
    "check_in_fix": {"lat": 39.9, "lng": 116, "acc": 12}, "satisfaction": 5, "topics.价格": 1,
}  # fmt: skip
JUDGED = {"review_state": "approved", "review_round": 1, "reviewed_by": IDS[0], "reviewed_at": VISIT["check_in_at"]}
REVIEW = {"review_state": "pending", "review_round": 1, "reviewed_by": None, "reviewed_at": None}
CONSENT = {"customer_id": IDS[0], "purpose": "location", "standing": "refused", "given_at": "2026-01-05T02:00:00.000Z"}
PHOTO: dict[str, Any] = {
    "customer_id": IDS[0], "visit_id": IDS[1], "kind": "photo", "sha256": "a" * 64, "size": 9, "mime": "image/jpeg",
    "taken_at": VISIT["check_in_at"], "source": "camera",
}  # fmt: skip
NO_PHOTO = {**CONSENT, "purpose": "photo", "state": "refused"}
SAID = [
    ("create", "attachment", PHOTO), ("create", "attachment", {**PHOTO, "customer_id": IDS[3]}),
    ("create", "attachment", {name: PHOTO[name] for name in PHOTO if name != "customer_id"}),
    ("create", "consent", NO_PHOTO), ("set", "attachment", {"customer_id": IDS[3], "upload_policy": "now"}),
    ("create", "visit", VISIT), ("create", "visit", VISIT), ("create", "visit", {**VISIT, "household_id": IDS[2]}),
    ("create", "visit", {**VISIT, "content": " \u200b好"}), ("create", "visit", VISIT | REVIEW),
    ("create", "visit", {}),
    ("create", "visit", VISIT | REVIEW | {"review_state": "approved"}),
    ("create", "visit", {**VISIT, "satisfaction": 9}),
    ("create", "visit", {**VISIT, "custom.shoe": "43"}), ("create", "visit", {"check_in_fix": {"lat": 1.5, "lng": 2}}),
    ("create", "visit", {**VISIT, "topics.": 1}), ("create", "visit", {**VISIT, "anomalies.快": 1}),
    ("create", "customer", {"name": "王芳", "mobile": "+8613800000000"}), ("create", "customer", {"name": "12"}),
    ("create", "customer", {"name": "王芳", "lat": 39.5, "lng": 116.5}), ("create", "consent", CONSENT),
    ("create", "preference", {"customer_id": IDS[0]}), ("create", "survey_response", {"owner_id": IDS[0]}),
    ("create", "opportunity", {"title": "全屋净水", "stage": "lost"}), ("create", "conflict", {"field": "name"}),
    ("create", "campaign", {"name": "夏天"}),
    ("create", "newer_kind", {"a": [1, {"b": None}]}), ("create", "t_shoes", {"title": "鞋"}),
    ("set", "visit", {"content": "改了"}), ("delete", "visit", {}), ("restore", "visit", {}), ("set", "visit", {}),
]  # fmt: skip
change = st.fixed_dictionaries(
    {"said": st.sampled_from(SAID), "id": st.sampled_from(IDS), "tx": st.sampled_from([None, None, 1, 2])},
    optional={
        "scope": st.sampled_from(["user", "team", "form:elsewhere"]), "by": st.just(IDS[5]),
        "ahead_ms": st.sampled_from([-3_000, 0, 500, 10**9]), "boot": st.just("boot-0"), "base": st.integers(0, 9),
        "schema_v": st.integers(1, 2), "extra": st.just(1),
    },
)  # fmt: skip


@pytest.fixture(scope="module")
def phones(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A rep, a supervisor and an admin; of one of the ids there is a visit, and one customer said no."""
    office = Office(Path(tmp_path_factory.mktemp("creations")) / "home")
    made = [office.phone("Ana"), office.phone("Li", role="supervisor"), office.phone("Xu", role="admin")]
    made[0].does("create", "visit", IDS[1], **VISIT)
    made[0].does("create", "consent", IDS[2], **{**CONSENT, "customer_id": IDS[3]})
    made[0].does("create", "consent", IDS[4], **{**NO_PHOTO, "customer_id": IDS[3]})
    assert {result.status for result in made[0].syncs().results} == {"applied"}
    yield made
    office.store.close()


def as_json(said: object) -> bytes:
    return json.dumps(said, separators=(",", ":")).encode()


class _Enough(Exception):
    """Nothing is to be written."""


def works(phone: Phone, body: bytes) -> tuple[Any, ...]:
    """All that a push would write, and its answers, to the letter."""
    told: list[Any] = []

    def merge(ledger: SqlLedger) -> None:
        ledger.keep = told.append  # type: ignore[method-assign, assignment]
        taken = reconcile.take(ledger, phone.principal, read_push(body), NINE + 5_000)
        told.append([tuple(result) for result in taken.results])
        raise _Enough

    with pytest.raises(_Enough):
        phone.office.store.write(phone.team, merge)
    work, answers = told
    rows = [(record_row(phone.team, one), feed_rows(phone.team, one)) for one in work.records]
    logged = [(logged_row(phone.team, one), to_json(one.registers)) for one in work.logged]
    return rows, logged, work.head, [asdict(mark) for mark in work.marks], [asdict(one) for one in work.events], answers


def body_of(phone: Phone, drawn: list[dict[str, Any]]) -> bytes:
    """A push of these, the next in that device's numbers."""
    changes = []
    for number, one in enumerate(drawn, phone.n + 1):
        op, kind, fields = one["said"]
        now_ms = NINE + number
        clock = {
            "wall_ms": now_ms + one.get("ahead_ms", 0),
            "mono_ms": now_ms - NINE + 10**9,
            "boot": one.get("boot", "boot-1"),
        }
        change = {"n": number, "op": op, "kind": kind, "id": one["id"], "fields": fields, "clock": clock}
        change |= {"at": f"{now_ms:011x}0000{phone.device}", "by": one.get("by", phone.person)}
        scopes = {"user": f"user:{phone.person}", "team": f"team:{phone.team}", "form:elsewhere": "form:elsewhere"}
        change |= {"scope": scopes[one["scope"]]} if "scope" in one else {}
        change |= {name: one[name] for name in ("base", "schema_v", "extra") if name in one}
        changes.append(change | ({"tx": one["tx"]} if one["tx"] else {}))
    return as_json({"device": phone.device, "sent": phone.evidence, "changes": changes})


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 2), st.lists(change, min_size=1, max_size=12))
def test_both_ways_write_and_answer_the_same_to_the_letter(phones, which, drawn):
    body = body_of(phones[which], drawn)
    quick = works(phones[which], body)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Creations, "scopes_of", lambda *_: None)
        assert works(phones[which], body) == quick


def test_visits_as_phones_send_them_go_the_quick_way(phones, monkeypatch):
    monkeypatch.setattr(reconcile._Reception, "_merge", None)
    said = [("create", "visit", fields) for fields in (VISIT, VISIT | JUDGED)]
    drawn = [{"said": one, "id": id, "tx": None} for one, id in zip(said, IDS[2:4], strict=True)]
    *_, answers = works(phones[1], body_of(phones[1], drawn))
    assert [answer[1] for answer in answers] == ["applied", "applied"]


@given(change)
def test_a_change_read_at_once_is_the_change_read_by_itself(drawn):
    said = {"n": 1, "op": drawn["said"][0], "kind": drawn["said"][1], "id": drawn["id"], "fields": drawn["said"][2]}
    said |= {"at": f"{NINE:011x}0000abcdefgh", "clock": {"wall_ms": -1, "mono_ms": 0, "boot": "b-1"}, "by": IDS[0]}
    said |= {name: drawn[name] for name in ("base", "schema_v", "tx") if name in drawn} | {"scope": None}
    body = as_json({"device": "abcdefgh", "sent": {"wall_ms": 1, "mono_ms": 0, "boot": "b"}, "changes": [said]})
    assume(b'" ' not in body and "topics." not in drawn["said"][2])
    push = read_plainly(body)
    assert push
    (one,), other = push.changes, well_formed(Change.model_validate(said))
    assert (one.n, one.hash, one.said, one.tx, one.key, one.fields) == (
        other.n, other.hash, other.said, other.tx, other.key, other.fields,
    )  # fmt: skip
    assert one.change == other.change
    assert [*one.prints()] == [*other.prints()]


@pytest.mark.parametrize(
    "deviation",
    [
        {"n": "1"}, {"n": 1.0}, {"n": True}, {"base": -1}, {"op": "make"}, {"kind": "Visit"}, {"id": "0" * 31},
        {"fields": {"Name": 1}}, {"fields": None}, {"fields": {f"a{n}": 1 for n in range(301)}}, {"newer": 1},
        {"tx": 0}, {"at": ""},
        {"clock": {"wall_ms": 1, "mono_ms": 0, "boot": "b", "newer": 1}}, {"clock": {"wall_ms": 1, "mono_ms": 0}},
    ],
)  # fmt: skip
def test_what_deviates_is_not_read_at_once(deviation):
    said = {"n": 1, "op": "create", "kind": "visit", "id": IDS[0], "fields": {}, "at": f"{NINE:011x}0000abcdefgh"}
    said |= {"clock": {"wall_ms": -1, "mono_ms": 0, "boot": "b-1"}, "by": IDS[0], **deviation}
    sent = {"wall_ms": 1, "mono_ms": 0, "boot": "b"}
    assert read_plainly(as_json({"device": "abcdefgh", "sent": sent, "changes": [said]})) is None
