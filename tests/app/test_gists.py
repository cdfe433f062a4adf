"""What lists have in mind of every record is what reading every record finds, whatever has happened since."""

import gc
import random
import weakref
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pydantic import JsonValue

from field_app import drawing, gists
from field_app.actions import customer_list, records, standings
from field_app.actions.declared import layouts_here, specs_here
from field_app.actions.in_mind import FIELDS, HANGING, WANTED, Hanging, hanging, in_mind
from field_app.local_store import LocalStore
from tests.app.fakes import EPOCH, FakeServer
from tests.app.phones import Phone, a_phone
from visit_core.errors import VisitError
from visit_core.kinds.customer import Customer
from visit_core.kinds.visit import Visit
from visit_core.merge import DELETED
from visit_core.protocol import ErrorInfo


@pytest.fixture
def ana(tmp_path: Path, server: FakeServer) -> Phone:
    return a_phone(tmp_path / "ana", server)


def names(store: LocalStore) -> list[str]:
    return [str(view.fields["name"]) for view in in_mind(store, "customer")]


@contextmanager
def undone(phone: Phone) -> Iterator[None]:
    """A commit that fails at its end."""
    with suppress(ZeroDivisionError), phone.store.together.transaction():
        yield
        raise ZeroDivisionError


def is_as_read(phone: Phone) -> bool:
    """Whether gists and list say what the records say, and what a store says that has nothing in mind yet."""
    for kind, wanted in WANTED.items():
        told = [(view.id, view.fields, view.is_waiting, view.is_refused) for view in phone.store.gists.of(wanted)]
        read = [(v.id, _only(v.fields, kind), v.is_waiting, v.is_refused) for v in _found(phone.store, kind)]
        assert told == read
    for kind in HANGING:
        assert dict(hanging(phone.store, kind)) == _hanging_on(phone.store, kind)
    afresh = LocalStore(phone.store.together, phone.server.clock)
    assert afresh.waiting() == phone.store.waiting()
    assert afresh.own_edits("customer", "") == phone.store.own_edits("customer", "")
    return customer_list.load(phone.store).rows == customer_list.load(afresh).rows


def _hanging_on(store: LocalStore, kind: str) -> dict[str, Hanging]:
    """What `hanging` tells, found afresh among all."""
    by_customer: dict[str, list[drawing.View]] = {}
    for view in in_mind(store, kind):
        by_customer.setdefault(str(view.fields.get("customer_id") or ""), []).append(view)
    return {customer: HANGING[kind].sum(told) for customer, told in by_customer.items() if customer}


def _found(store: LocalStore, kind: str):
    return store.find(kind, deleted=True)


def _only(fields, kind: str):
    kept = {name: fields[name] for name in (*FIELDS[kind], DELETED) if fields.get(name) not in (None, [])}
    return kept | ({"check_in_fix": True} if kept.get("check_in_fix") else {})


def adds(phone: Phone, dice: random.Random) -> None:
    customer = phone.records(f"客户{dice.randrange(99)}", tags=f"t{dice.randrange(3)}")
    records.add(phone.store, "visit", {"customer_id": customer, "outcome": "interested", "topics": ["新品", "价格"]})


def corrects(phone: Phone, dice: random.Random) -> None:
    phone.sets(dice.choice(phone.store.find("customer")).id, name=f"改名{dice.randrange(99)}", tags="a、b")


def deletes(phone: Phone, dice: random.Random) -> None:
    records.delete(phone.store, "customer", dice.choice(phone.store.find("customer")).id)


def takes_back(phone: Phone, dice: random.Random) -> None:
    phone.store.take_back([entry.place for entry in phone.store.waiting()[-1:]])


def fails(phone: Phone, dice: random.Random) -> None:
    """A commit that is refused after the list was read within it."""
    with undone(phone):
        adds(phone, dice)
        corrects(phone, dice)
        assert is_as_read(phone)


def syncs(phone: Phone, dice: random.Random) -> None:
    refusal = ErrorInfo(code="not_allowed")
    phone.server.refuses = lambda change: refusal if dice.random() < 0.2 else None
    dice.choice((phone.syncs, phone.pushes, phone.pulls))()


def another_writes(phone: Phone, dice: random.Random) -> None:
    customer = dice.choice(phone.store.find("customer")).id
    phone.server.puts("customer", customer, {"name": f"他人{dice.randrange(99)}", "tags.vip": 1}, ["team:north"])
    phone.syncs()


def leaves_the_team(phone: Phone, dice: random.Random) -> None:
    customer = dice.choice(phone.store.find("customer")).id
    phone.server.removes("team:north", "customer", customer)
    phone.syncs()


STEPS = (adds, adds, corrects, deletes, takes_back, fails, syncs, syncs, another_writes, leaves_the_team)


@pytest.mark.parametrize("seed", range(6))
def test_whatever_happens_the_gists_are_what_the_records_say(ana: Phone, seed: int) -> None:
    dice = random.Random(seed)
    adds(ana, dice)
    for _ in range(40):
        if not ana.store.find("customer"):
            adds(ana, dice)
        try:
            dice.choice(STEPS)(ana, dice)
        except VisitError:
            continue
        assert is_as_read(ana)


def test_a_central_store_that_begins_anew_is_followed(ana: Phone) -> None:
    ana.records("张三")
    ana.syncs()
    assert names(ana.store) == ["张三"]
    ana.server.begins_anew(forget_from=1)
    ana.syncs()
    ana.syncs()
    assert is_as_read(ana)
    assert ana.store.progress().epoch != EPOCH


def test_what_a_failed_commit_wrote_is_out_of_mind_again(ana: Phone) -> None:
    ana.records("张三")
    assert names(ana.store) == ["张三"]
    with undone(ana):
        ana.records("李四")
        assert names(ana.store) == ["张三", "李四"]
    assert names(ana.store) == ["张三"]


def test_what_a_failed_commit_pulled_is_out_of_mind_again(ana: Phone) -> None:
    customer = ana.records("张三")
    ana.syncs()
    assert names(ana.store) == ["张三"]
    ana.server.puts("customer", customer, {"name": "张三丰"}, ["team:north"])
    with undone(ana):
        ana.pulls()
        assert names(ana.store) == ["张三丰"]
    assert names(ana.store) == ["张三"]


def test_an_unchanged_record_is_read_once(ana: Phone) -> None:
    ana.records("张三")
    before = ana.store.gists.of(WANTED["customer"])
    ana.records("李四")
    after = ana.store.gists.of(WANTED["customer"])
    assert after[0] is before[0]
    assert len(after) == 2


def test_how_everybody_stands_is_told_again_from_what_has_changed_alone(
    ana: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    customers = [ana.records(f"客户{number}") for number in range(20)]
    for customer in customers:
        records.add(ana.store, "visit", {"customer_id": customer, "outcome": "interested"})
        records.add(ana.store, "followup", {"customer_id": customer, "title": "回访", "due_date": "2026-01-05"})
    standings.load(ana.store)
    read: list[str] = []

    def noted(kind: str, *given: Any) -> drawing.View | None:
        read.append(kind)
        return draw(kind, *given)

    draw = drawing.draw
    monkeypatch.setattr(drawing, "draw", noted)
    records.add(ana.store, "visit", {"customer_id": customers[0], "outcome": "interested"})
    read.clear()
    told = standings.load(ana.store)
    assert read == ["visit"]
    assert (told.of(customers[0]).overdue, told.of(customers[1]).overdue) == (None, date(2026, 1, 5))


def test_more_than_there_is_room_for_is_read_and_not_kept(ana: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gists, "MOST_KEPT", 2)
    for name in ("张三", "李四", "王五"):
        ana.records(name)
        assert names(ana.store)[-1] == name
    assert len(ana.store.gists) == 0


def test_nothing_is_in_mind_once_it_is_forgotten(ana: Phone) -> None:
    ana.records("张三")
    customer_list.load(ana.store)
    assert len(ana.store.gists) > 0
    ana.store.gists.forget()
    assert len(ana.store.gists) == 0


def test_a_store_with_gists_that_nobody_holds_any_more_lets_its_file_go_at_once(ana: Phone) -> None:
    ana.records("张三")
    assert names(ana.store) == ["张三"]
    gc.disable()
    try:
        log = weakref.ref(ana.store.together.vault.engine.log)
        del ana.store
        assert log() is None
    finally:
        gc.enable()


def test_what_the_organisation_asks_decides_again_who_is_complete(ana: Phone) -> None:
    """A list that has customers in mind hears of a new field of their form."""
    ana.records("张三")
    (before,) = customer_list.load(ana.store).rows
    own: dict[str, JsonValue] = {"entity": "customer", "key": "income", "data_type": "text", "required_level": "must"}
    ana.server.puts("custom_field", f"{7:032x}", own, ["team:north"])
    ana.syncs()
    assert customer_list.load(ana.store).rows[0].completeness < before.completeness
    assert is_as_read(ana)


def test_what_forms_ask_is_put_together_once_until_it_is_another(ana: Phone) -> None:
    before = layouts_here(ana.store, Customer)
    ana.records("张三")
    assert layouts_here(ana.store, Customer) is before
    own: dict[str, JsonValue] = {"entity": "customer", "key": "income", "data_type": "text"}
    ana.server.puts("custom_field", f"{7:032x}", own, ["team:north"])
    ana.syncs()
    assert "custom.income" in layouts_here(ana.store, Customer).of({})
    assert "custom.income" not in before.of({})
    with undone(ana):
        records.add(ana.store, "customer", {"name": "李四", "custom": {"income": "3000"}})
        assert layouts_here(ana.store, Customer) is layouts_here(ana.store, Customer)
    assert "custom.income" in specs_here(ana.store, Customer)
    assert specs_here(ana.store, Visit) is specs_here(ana.store, Visit)
