"""A table that an admin makes reaches every phone, and is filled, found, taken along and brought in with no code."""

import pytest

from field_app.actions import customer_list, customer_page, own_fields, own_records, record_form, tables_here
from field_app.actions.customer_list import matching
from field_app.actions.drafting import begin
from field_app.actions.exporting import Wish, written_table
from field_app.actions.importing import Asked, import_table
from field_app.actions.own_tables import tables_named
from field_app.actions.reverting import revert_import
from visit_core.errors import NotValid

PETS = "t_pets"


@pytest.fixture
def town(street):
    """Two reps and an admin who has made a table with two fields; everybody has synced."""
    ana, ben, ada = street.phone("安娜"), street.phone("本"), street.phone("艾达", "admin")
    ada.adds("own_table", key="pets", name_zh="宠物档案", name_en="Pets")
    kinds = [{"code": "cat", "zh": "猫", "en": "Cat"}, {"code": "dog", "zh": "狗", "en": "Dog"}]
    species = {"key": "species", "label_zh": "种类", "label_en": "Species", "data_type": "choice", "options": kinds}
    for field in (species, {"key": "weight", "label_zh": "体重", "data_type": "decimal"}):
        ada.adds("custom_field", entity=PETS, **field)
    street.everyone_syncs()
    return street, ana, ben, ada


def test_a_record_of_an_own_table_made_offline_stands_on_a_colleagues_page_of_the_customer(town):
    street, ana, ben, ada = town
    customer = ana.adds("customer", name="张三", mobile="13800000000")
    ana.wire.is_cut = True
    ana.adds(PETS, title="小白", customer_id=customer, **{"custom.species": "猫", "custom.weight": "4.2"})
    ana.wire.is_cut = False
    street.everyone_syncs()
    (told,) = [one for one in customer_page.load(ben.store, customer).happenings if one.kind == PETS]
    assert (told.words, told.fields["custom.species"], told.fields["custom.weight"]) == ("小白", "cat", "4.2")
    assert [one.title for one in own_records.found(own_records.load(ben.store, PETS).lines, "张三 猫")] == ["小白"]
    for typed in ("小白", "猫", "cat"):
        assert [row.name for row in matching(customer_list.load(ben.store).rows, typed)] == ["张三"]
    ben.deletes(PETS, ben.lists(PETS)[0]["id"])
    assert matching(customer_list.load(ben.store).rows, "小白") == []
    assert ben.store.quarantined() == []
    assert ada.lists(PETS) == []


def test_two_people_who_edit_one_record_of_an_own_table_both_keep_their_work(town):
    street, ana, ben, _ = town
    customer = ana.adds("customer", name="张三")
    pet = ana.adds(PETS, title="小白", customer_id=customer)
    street.everyone_syncs()
    ana.sets(PETS, pet, **{"custom.weight": "5"})
    ben.sets(PETS, pet, **{"custom.species": "dog"})
    street.everyone_syncs()
    for phone in (ana, ben):
        assert {phone.sees(PETS, pet)["custom"][key] for key in ("weight", "species")} == {"5", "dog"}


def test_the_form_asks_for_the_fields_of_the_table_and_a_later_one_too(town):
    street, ana, _, ada = town
    ada.adds("custom_field", entity=PETS, key="born", label_zh="生日", data_type="date")
    street.everyone_syncs()
    kept = begin(ana.store, PETS, {})
    asked = record_form.load(ana.store, kept.id).specs
    assert {"title", "customer_id", "custom.species", "custom.weight", "custom.born"} <= asked.keys()
    assert PETS in own_fields.load(ada.store, "")


@pytest.mark.parametrize("is_workbook", [True, False])
def test_an_own_table_goes_out_and_comes_in_and_is_taken_back(town, is_workbook):
    _, ana, _, _ = town
    assert PETS in tables_here.load_in(ana.store, "").specs_by_kind
    assert PETS in tables_here.load_out(ana.store, "").kinds
    ana.adds("customer", name="张三", mobile="13800000000")
    table = "名称,手机,种类,体重\n小白,13800000000,猫,4.2\n旺财,13800000000,狼,9\n".encode()
    made = import_table(ana.store, table, Asked(kind=PETS))
    assert [(each.row, each.column, each.why.why) for each in made.refusals] == [(3, "种类", "choice")]
    going = written_table(ana.store, PETS, Wish(), is_workbook=is_workbook)
    again = import_table(ana.store, going.content, Asked(kind=PETS))
    pets = ana.lists(PETS)
    assert [one["title"] for one in pets] == ["小白", "小白"]
    assert pets[0]["custom"] == pets[1]["custom"] == {"species": "cat", "weight": "4.2"}
    for each in (made, again):
        revert_import(ana.store, each.import_id)
    assert ana.lists(PETS) == []


def test_nothing_is_written_into_a_table_that_there_is_not_or_without_the_customer_it_wants(town):
    _, ana, _, _ = town
    customer = ana.adds("customer", name="张三")
    for kind, said, why in (
        ("t_nowhere", {"title": "x"}, "no_such_table"),
        (PETS, {"title": "x"}, "required"),
        (PETS, {"customer_id": customer}, "required"),
    ):
        with pytest.raises(NotValid) as refused:
            ana.adds(kind, **said)
        assert refused.value.why == why


def test_a_table_out_of_use_keeps_its_records_and_takes_no_more(town):
    street, ana, _, ada = town
    customer = ana.adds("customer", name="张三")
    pet = ana.adds(PETS, title="小白", customer_id=customer)
    (table,) = ada.lists("own_table")
    ada.sets("own_table", table["id"], active=False)
    street.everyone_syncs()
    assert [one.is_in_use for one in tables_named(ana.store)] == [False]
    assert PETS in [one.kind for one in customer_page.load(ana.store, customer).happenings]
    ana.sets(PETS, pet, title="大白")
    with pytest.raises(NotValid):
        ana.adds(PETS, title="又一只", customer_id=customer)


def test_older_records_of_an_own_table_are_found_by_their_customer_on_the_server(town):
    street, ana, _, _ = town
    customer = ana.adds("customer", name="张三")
    pet = ana.adds(PETS, title="小白", customer_id=customer)
    street.everyone_syncs()
    found = street.office.store.read(ana.me.team, lambda reading: reading.records_about([customer], [PETS]))
    assert [record.id for record in found] == [pet]
