"""T26 with programs of their own: a real server, and scripted devices that meet it over real HTTP."""

import io
import json
from pathlib import Path
from typing import Any

import pytest

from field_app.cli import Surroundings, main
from tests.server.running import Operator
from tests.street import CHEAP, PIN

PERSON = ("name=罗敏", "mobile=13700001234", "address_detail=人民路19号4幢2单元603")


class Scripted:
    """One home of the scripted device, over real wires."""

    def __init__(self, folder: Path, operator: Operator, address: str, name: str, role: str) -> None:
        self.home, self.secrets = folder / name / "home", folder / name / "secrets"
        person = operator.says("add-person", "--name", name, "--role", role, "--team", "east")["person_id"]
        self.asks("enrol", "--server", address, "--code", operator.says("enrol-code", "--person", person)["code"])

    def asks(self, *words: str, status: int = 0) -> dict[str, Any]:
        out, told = io.StringIO(), {"FIELD_APP_PIN": PIN, "FIELD_APP_SECRETS": str(self.secrets)}
        around = Surroundings(told, io.StringIO(), out, cost=CHEAP)
        assert main(["--home", str(self.home), *words], around) == status, out.getvalue()
        answer: dict[str, Any] = json.loads(out.getvalue())
        return answer


@pytest.fixture
def office(tmp_path):
    operator = Operator(tmp_path)
    operator.says("init")
    with operator.serving() as (address, _):
        yield operator, tmp_path, address


def test_t26_over_real_wires_merged_by_script_and_undone(office):
    operator, folder, address = office
    ana, ben = (Scripted(folder, operator, address, name, "rep") for name in ("ana", "ben"))
    sue = Scripted(folder, operator, address, "sue", "supervisor")
    one, other = (each.asks("add", "customer", *PERSON)["id"] for each in (ana, ben))
    bought = ben.asks("add", "purchase", f"customer_id={other}", "product_name=书桌", "purchase_date=2026-11-20")["id"]
    for each in (ana, ben, sue):
        each.asks("sync")
    (pair,) = sue.asks("duplicates")["pairs"]
    assert {each["id"] for each in pair["customers"]} == {one, other}
    (known,) = operator.says("duplicates", "--team", "east")["pairs"]
    assert known["same_door"] is True
    said = sue.asks("merge", one, other)["id"]
    for each in (sue, ana, ben):
        each.asks("sync")
    assert operator.says("duplicates", "--team", "east")["pairs"] == []
    assert ana.asks("get", "purchase", bought)["record"]["customer_id"] == one
    assert ben.asks("get", "customer", other)["record"]["id"] == one
    ben.asks("merge", one, other, status=2)
    sue.asks("unmerge", said)
    for each in (sue, ana, ben):
        each.asks("sync")
    assert {each["id"] for each in ana.asks("list", "customer")["records"]} == {one, other}
    assert ana.asks("get", "purchase", bought)["record"]["customer_id"] == other


def test_of_each_field_the_value_that_was_set_later_is_taken_whichever_record_was_touched_last(office):
    operator, folder, address = office
    ana, ben = (Scripted(folder, operator, address, name, "rep") for name in ("ana", "ben"))
    sue = Scripted(folder, operator, address, "sue", "supervisor")
    one = ana.asks("add", "customer", *PERSON, "remark=周一在家", "occupation=教师")["id"]
    ana.asks("sync")
    other = ben.asks("add", "customer", *PERSON, "remark=周二在家", "occupation=医生")["id"]
    ben.asks("sync")
    ana.asks("set", "customer", one, "occupation=校长")
    for each in (ana, sue):
        each.asks("sync")
    told = sue.asks("merge", one, other, "--dry-run")["differences"]
    assert {each["fields"][0]: each["takes"] for each in told} == {"remark": "other", "occupation": "kept"}
    sue.asks("merge", one, other)
    merged = sue.asks("get", "customer", other)["record"]
    assert (merged["remark"], merged["occupation"]) == ("周二在家", "校长")
