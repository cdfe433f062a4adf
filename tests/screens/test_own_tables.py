"""Does an admin make a table with a few taps, and does a rep fill it, find in it and see it on the customer's page?"""

import pytest

from field_app.actions import customer_page, drafting, own_fields, own_records, record_form, records
from field_app.actions.own_tables import tables_named
from field_app.local_store import Edit
from field_app.screens.customer import customer_screen
from field_app.screens.look import Look
from field_app.screens.own_fields.screen import own_fields_screen
from field_app.screens.own_table import own_table_screen
from field_app.screens.own_tables import own_tables_screen
from field_app.screens.record_form import record_form_screen
from tests.app.fakes import FakeClock, FakeServer
from tests.app.phones import a_phone
from tests.screens.doing import Doing
from tests.screens.neighbours import a_customer, a_field, a_rep
from visit_core.registers import spread

PETS, DEMOS = "t_pets", "t_demos"


def a_table(store, key, name, **more):
    """One that an admin made, as it came from the server."""
    told = {"key": key, "name_zh": name, **more}
    store.keep(Edit("create", "own_table", store.fresh_id(), spread("own_table", {}, told)))


@pytest.fixture
def store(tmp_path):
    made = a_rep(tmp_path).store
    a_table(made, "pets", "宠物档案")
    a_table(made, "demos", "样品台账", is_attached=False)
    a_field(made, PETS, "species", "种类", data_type="choice", options=[{"code": "cat", "zh": "猫"}])
    a_field(made, PETS, "weight", "体重", data_type="decimal", required_level="none")
    a_field(made, DEMOS, "where", "在哪里", required_level="none")
    return made


def look(store, **more):
    return Look(own=tables_named(store), **more)


def test_an_admin_makes_a_table_on_its_form_and_finds_it_among_the_kinds_with_fields(window, tmp_path):
    store = a_phone(tmp_path / "ada", FakeServer(FakeClock()), role="admin").store
    do = Doing(store)
    page = window(own_tables_screen, own_records.load_all(store), do, Look())
    page.tap("新建表格")
    (kept,) = do.begun
    form = window(record_form_screen, record_form.load(store, kept.id), do, Look())
    form.type("表格名称", "宠物档案")
    form.tap("保存")
    (named,) = tables_named(store)
    assert (named.zh, named.is_attached, named.is_in_use) == ("宠物档案", True, True)
    shown = window(own_fields_screen, own_fields.load(store, ""), do, look(store))
    shown.tap("宠物档案")
    shown.tap("加字段")
    assert dict(do.begun[-1].given) == {"entity": named.kind}
    again = window(own_tables_screen, own_records.load_all(store), do, look(store))
    again.tap("宠物档案")
    assert (do.begun[-1].kind, bool(do.begun[-1].record)) == ("own_table", True)


def test_a_rep_fills_a_record_on_the_customers_page_with_the_fields_of_the_table(window, store):
    customer = a_customer(store)
    do = Doing(store)
    page = window(customer_screen, customer_page.load(store, customer), do, look(store))
    page.tap("自建表格")
    page.tap("宠物档案")
    (kept,) = do.begun
    assert (kept.kind, dict(kept.given)) == (PETS, {"customer_id": customer})
    form = window(record_form_screen, record_form.load(store, kept.id), do, look(store))
    assert any("宠物档案" in text for text in form.texts())
    form.type("名称", "小白")
    form.tap("猫")
    form.tap("保存")
    (made,) = store.find(PETS)
    assert (made.fields["title"], made.fields["custom.species"]) == ("小白", "cat")
    shown = window(customer_screen, customer_page.load(store, customer), do, look(store))
    assert shown.sees("宠物档案")
    assert shown.sees("小白")


def test_who_has_no_tables_of_their_own_sees_nothing_of_them(window, tmp_path):
    store = a_rep(tmp_path).store
    page = window(customer_screen, customer_page.load(store, a_customer(store)), Doing(store), Look())
    assert "自建表格" not in page.names()


def test_a_table_lists_its_records_and_finds_them_by_title_customer_and_what_they_say(window, store):
    customer = a_customer(store)
    for title, species in (("小白", "cat"), ("旺财", None)):
        records.add(store, PETS, {"title": title, "customer_id": customer, "custom.species": species or "cat"})
    do = Doing(store)
    page = window(own_table_screen, own_records.load(store, PETS), do, look(store))
    assert [text for text in page.texts() if text in ("小白", "旺财")] == ["旺财", "小白"]
    assert page.sees("张三·猫")
    assert [line.title for line in own_records.found(own_records.load(store, PETS).lines, "张三 小")] == ["小白"]
    assert len(own_records.found(own_records.load(store, PETS).lines, "猫")) == 2
    page.tap("新增宠物档案")
    assert do.begun[-1].kind == PETS


def test_a_table_that_stands_by_itself_asks_for_no_customer(store):
    do = Doing(store)
    records.add(store, DEMOS, {"title": "X200 样机", "custom.where": "库房"})
    kept = drafting.begin(store, DEMOS, {})
    assert "customer_id" not in record_form.load(store, kept.id).specs
    assert do.begun == []


def test_a_rep_opens_a_table_and_an_admin_changes_it(window, store):
    do = Doing(store)
    page = window(own_tables_screen, own_records.load_all(store), do, look(store))
    assert "新建表格" not in page.names()
    page.tap("样品台账")
    assert [str(place) for place in do.went] == ["/own_table/t_demos"]
