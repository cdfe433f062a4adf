"""What another system saw customers do: told over the API or by a table, kept once, on every phone of the team."""

import json

import pytest

from tests.server.running import Operator

BROWSED = {
    "customer": "138 0000 0000",
    "kind": "浏览",
    "target": "跑步机",
    "at": "2026-11-20T09:30:00+08:00",
    "source": "官网",
}
TAPPED = {"customer": "张三", "kind": "click", "target": "优惠券", "at": "2026-11-20"}


@pytest.fixture
def shop(office):
    """Ana's customer, and a supervisor in whose name a shop tells."""
    ana, lea = office.phone("Ana"), office.phone("Lea", "supervisor")
    customer = ana.creates(name="张三", mobile="13800000000")
    ana.syncs()
    return office, ana, lea, customer


def tells(office, phone, *events):
    signed = {"authorization": f"Bearer {phone.token}"}
    return office.answers(
        "POST", "/v1/behaviour-events", headers=signed, content=json.dumps({"events": events}).encode()
    )


def test_events_of_another_system_reach_the_phones_of_the_team(shop):
    office, ana, lea, customer = shop
    assert tells(office, lea, BROWSED, TAPPED).json() == {"taken": 2, "known": 0, "refused": []}
    ana.syncs()
    seen = [row for (kind, _), row in ana.rows.items() if kind == "behaviour_event"]
    assert {(each["customer_id"], each["kind"], each["target"], each["at"]) for each in seen} == {
        (customer, "browse", "跑步机", "2026-11-20T01:30:00.000Z"),
        (customer, "click", "优惠券", "2026-11-20"),
    }


def test_what_was_told_before_is_told_in_vain(shop):
    office, _, lea, _ = shop
    tells(office, lea, BROWSED)
    before = office.store.counts()["change_log"]
    assert tells(office, lea, {**BROWSED, "customer": "张三"}, BROWSED).json() == {
        "taken": 0,
        "known": 2,
        "refused": [],
    }
    assert office.store.counts()["change_log"] == before


@pytest.mark.parametrize(
    ("wrong", "field", "why"),
    [
        ({"customer": "李四"}, "customer_id", "whom_unknown"),
        ({"kind": "打喷嚏"}, "kind", "choice"),
        ({"at": "昨天"}, "at", "date"),
        ({"at": "2031-01-01"}, "at", "future_date"),
        ({"target": "长" * 201}, "target", "too_long"),
    ],
)
def test_an_event_that_cannot_be_read_is_named_and_hinders_no_other(shop, wrong, field, why):
    office, _, lea, _ = shop
    told = tells(office, lea, {**BROWSED, **wrong}, TAPPED).json()
    assert told == {"taken": 1, "known": 0, "refused": [{"place": 0, "field": field, "why": why}]}


def test_a_supervisor_tells_of_the_own_team_alone(shop):
    office, _, _, _ = shop
    far = office.phone("Far", "supervisor", team="west")
    assert [each["why"] for each in tells(office, far, BROWSED).json()["refused"]] == ["whom_unknown"]


def test_the_operator_brings_a_table_of_events_in_and_twice_is_once(tmp_path):
    operator = Operator(tmp_path)
    operator.says("init")
    operator.says("add-person", "--name", "安娜", "--role", "rep", "--team", "east")
    (tmp_path / "people.csv").write_text("姓名,手机\n张三,13800000000\n", "utf-8")
    operator.says("import", str(tmp_path / "people.csv"), "--team", "east")
    rows = "手机,行为类型,行为内容,行为时间\n13800000000,浏览,首页,2026-11-20\n13700000000,浏览,首页,2026-11-20\n"
    (tmp_path / "seen.csv").write_text(rows, "utf-8")
    words = ("import", str(tmp_path / "seen.csv"), "--team", "east", "--kind", "behaviour_event")
    assert operator.says(*words, "--dry-run")["imported"] == 0
    told = [operator.says(*words) for _ in range(2)]
    assert [(each["imported"], each["known"]) for each in told] == [(1, 0), (0, 1)]
    assert [(each["row"], each["column"], each["code"]) for each in told[0]["refused"]] == [(3, "手机", "whom_unknown")]
