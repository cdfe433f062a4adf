"""A bug report tells what happened and nothing that anybody entered."""

import asyncio
import json
from pathlib import Path

import pytest

from field_app.actions import records, reporting
from field_app.actions.reporting import Report
from field_app.local_store import Edit
from field_app.steps import MOST_STEPS, Steps
from field_app.sync import sync_once
from tests.app.conftest import Enrol
from tests.app.fakes import FakeServer
from tests.app.phones import Phone, a_phone
from visit_core.change import Change
from visit_core.errors import Unreachable
from visit_core.protocol import ErrorInfo, SyncRequest

PERSON = {
    "name": "欧阳静怡",
    "mobile": "13912345678",
    "remark": "门口有一只黄色的大狗",
    "address_detail": "幸福路88号3单元1402室",
}
OWN = "custom.shoe_size_of_zhang"
FILE = "身份证正面-欧阳静怡.jpg"
TAG = "怕狗的老客户"
NOWHERE = (*PERSON.values(), "shoe_size_of_zhang", "四十二码半", FILE, TAG, "王建国", "3912345678")


@pytest.fixture
def ana(tmp_path: Path, server: FakeServer) -> Phone:
    return a_phone(tmp_path / "ana", server, name="王建国")


def told(phone: Phone) -> Report:
    return Report.model_validate_json(reporting.report(phone.store))


def a_day(ana: Phone) -> str:
    """A person with everything, an own field, a tag, a file; sent, refused and unsent."""
    customer = records.add(ana.store, "customer", PERSON)
    ana.store.keep(Edit("set", "customer", customer, {OWN: "四十二码半", f"tags.{TAG}": 1}))
    ana.store.keep(Edit("create", "attachment", ana.store.fresh_id(), {"file_name": FILE, "watermark": FILE}))
    ana.server.refuses = lambda change: _refused(change)
    ana.syncs()
    ana.sets(customer, remark="门口有一只黄色的大狗")
    return customer


def _refused(change: Change) -> ErrorInfo | None:
    given = next((name for name in change.fields if name.startswith("custom.")), None)
    return ErrorInfo(code="not_valid", field=given, facts={"name": PERSON["name"]}) if given else None


def test_nothing_that_anybody_entered_stands_in_it(ana: Phone) -> None:
    a_day(ana)
    text = reporting.report(ana.store).decode("utf-8")
    plain = json.dumps(json.loads(text), ensure_ascii=False)
    for value in NOWHERE:
        assert value not in text
        assert value not in plain


def test_it_tells_each_change_with_the_lengths_of_its_values(ana: Phone) -> None:
    customer = a_day(ana)
    created = next(one for one in told(ana).changes if one.op == "create" and one.id == customer)
    lengths = {field.name: (field.sort, field.length) for field in created.fields}
    assert lengths["name"] == ("text", 4)
    assert lengths["remark"] == ("text", 10)
    owned = next(one for one in told(ana).changes if any(field.name.startswith("custom.#") for field in one.fields))
    assert owned.error == "not_valid"
    assert [field.name[:6] for field in owned.fields] == ["custom", "tags.#"]


def test_it_tells_what_was_sent_and_what_came_of_it(ana: Phone) -> None:
    a_day(ana)
    (step,) = told(ana).steps
    assert (step.sent, step.ended) == ((1, 2, 3), "answered")
    assert step.told == {1: "applied", 2: "rejected", 3: "applied"}
    assert step.bytes > 500
    assert step.rows == len(step.first_rows) > 0


class Nobody:
    """A server that is not there."""

    async def sync(self, request: SyncRequest) -> object:
        raise Unreachable()


def test_a_request_that_nobody_answered_stands_in_it(ana: Phone) -> None:
    ana.records("甲")
    with pytest.raises(Unreachable):
        asyncio.run(sync_once(ana.store, Nobody()))  # type: ignore[arg-type]
    ana.syncs()
    assert [(step.sent, step.ended) for step in told(ana).steps] == [((1,), "unreachable"), ((1,), "answered")]


def test_a_request_whose_answer_the_app_did_not_live_to_hear_stands_in_it(ana: Phone) -> None:
    ana.records("甲")
    talk = sync_once(ana.store, Waits())  # type: ignore[arg-type]
    talk.send(None)
    talk.close()
    assert [(step.sent, step.ended) for step in told(ana).steps] == [((1,), "")]


class Waits:
    """A server that does not answer."""

    async def sync(self, request: SyncRequest) -> None:
        await asyncio.sleep(0)


def test_only_the_last_steps_are_kept(ana: Phone) -> None:
    for _ in range(MOST_STEPS + 20):
        ana.syncs()
    steps = Steps(ana.store.together, ana.store.clock).all()
    assert len(steps) == MOST_STEPS
    assert [step.server_ms for step in steps] == sorted(step.server_ms or 0 for step in steps)


def test_a_device_writes_it_to_a_file(enrolled: Enrol, tmp_path: Path) -> None:
    device = enrolled("bao")
    device.add("customer", "name=欧阳静怡", "mobile=13912345678")
    device.ask("sync")
    file = tmp_path / "report.json"
    assert device.ask("report", str(file)) == {"file": str(file)}
    written = Report.model_validate_json(file.read_bytes())
    assert [(change.kind, change.n) for change in written.changes] == [("customer", 1)]
    assert "欧阳静怡" not in file.read_text("utf-8")
