"""A phone full of customers for the tests of screens: honest records in a real store."""

from collections.abc import Mapping
from pathlib import Path

from pydantic import JsonValue

from field_app.actions import records
from field_app.local_store import Edit, LocalStore
from tests.app.fakes import FakeClock, FakeServer
from tests.app.phones import Phone, a_phone
from visit_core.registers import spread

HANGING: Mapping[str, Mapping[str, JsonValue]] = {
    "need": {"need_type": "product", "detail": "老人用的手表"},
    "complaint": {"content": "送货晚了两天", "complaint_type": "logistics"},
    "opportunity": {"title": "全家四块手表", "stage": "quote", "amount_expected": "7800"},
    "preference": {"category": "contact_time", "value": "晚上八点以后"},
    "satisfaction_rating": {"score": 4, "rated_at": "2026-11-20"},
    "consent": {"purpose": "service", "state": "given"},
}
"""What else may hang on a customer, a record of each kind."""

LONG = "欧阳修远之家电维修服务有限公司"


def a_rep(folder: Path) -> Phone:
    """A rep's phone with nothing on it."""
    return a_phone(folder / "phone", FakeServer(FakeClock()))


def a_customer(store: LocalStore, name: str = "张三", mobile: str = "13800000000", **more: JsonValue) -> str:
    """Somebody to call on; gives the id."""
    return records.add(store, "customer", {"name": name, "mobile": mobile, **more})


def a_visit(store: LocalStore, customer: str, **more: JsonValue) -> str:
    """A call at the customer's door this morning; gives the id."""
    given = {"customer_id": customer, "outcome": "interested", "check_in_at": "2026-11-21T01:00:00Z", **more}
    return records.add(store, "visit", given)


def a_life(store: LocalStore, customer: str) -> None:
    """Something of everything with a customer."""
    a_visit(store, customer, content="想看手表，约了周末再来。", next_date="2026-11-28", next_action="带样品")
    records.add(store, "contact_record", {"customer_id": customer, "contact_at": "2026-09-10", "topic": "确认地址"})
    bought = {"customer_id": customer, "purchase_date": "2026-08-02", "product_name": "无线耳机", "amount": "2600"}
    records.add(store, "purchase", bought)


def a_street(store: LocalStore, count: int) -> list[str]:
    """Many customers, each with a number of its own."""
    given = [{"name": f"客户{n:03}", "mobile": f"139{n:08}", "address_detail": f"幸福路 {n} 号"} for n in range(count)]
    return [str(each) for each in records.add_each(store, "customer", given)]


def a_field(store: LocalStore, kind: str, key: str, label: str, **more: JsonValue) -> None:
    """A field of the organisation's own, as it came from the server."""
    told = {"entity": kind, "key": key, "label_zh": label, "data_type": "text", "required_level": "must", **more}
    store.keep(Edit("create", "custom_field", store.fresh_id(), spread("custom_field", {}, told)))
