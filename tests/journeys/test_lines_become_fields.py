"""What reps write under labels of their own is counted for the admin, becomes a field, and moves into it."""

import pytest

from field_app.actions import customer_page, drafting, labels, own_fields, record_form, taking_over
from field_app.actions.exporting import Wish, export_table
from field_app.actions.importing import Asked, import_table
from visit_core.errors import NotAllowed

FIELD = "custom.xie_ma"


@pytest.fixture
def town(street):
    """Two reps and an admin; three customers with a line 鞋码, one of them with words in it."""
    ana, ben, ada = street.phone("安娜"), street.phone("本"), street.phone("艾达", "admin")
    given = (("张三", "42"), ("李四", "38"), ("王五", "四十二"))
    ids = [ana.adds("customer", name=name, extra_lines=[{"label": "鞋码", "value": size}]) for name, size in given]
    street.everyone_syncs()
    return street, ana, ben, ada, ids


def told(ada):
    return [(each.label, each.records, each.data_type) for each in labels.load(ada.store, "") if not each.is_field]


def test_the_admin_sees_labels_and_how_often_offline_and_no_value(town):
    _, _, _, ada, _ = town
    ada.wire.is_cut = True
    assert told(ada) == [("鞋码", 3, "text")]
    assert not ada.lists("customer")
    assert "四十二" not in str(ada.lists("label_use"))


def test_a_line_taken_away_or_a_customer_counted_twice_does_not_count(town):
    street, ana, ben, ada, ids = town
    ana.sets("customer", ids[2], extra_lines=[])
    ben.sets("customer", ids[0], extra_lines=[{"label": "鞋码", "value": "43"}, {"label": "宠物", "value": "猫"}])
    street.everyone_syncs()
    assert told(ada) == [("鞋码", 2, "integer"), ("宠物", 1, "text")]


def test_two_people_who_add_a_line_each_both_keep_it(town):
    street, ana, ben, _, ids = town
    ana.sets("customer", ids[0], extra_lines=[*ana.sees("customer", ids[0])["extra_lines"], line("宠物", "猫")])
    ben.sets("customer", ids[0], extra_lines=[*ben.sees("customer", ids[0])["extra_lines"], line("车", "有")])
    street.everyone_syncs()
    said = {one["label"]: one["value"] for one in ana.sees("customer", ids[0])["extra_lines"]}
    assert said == {"鞋码": "42", "宠物": "猫", "车": "有"}


def line(label, value):
    return {"label": label, "value": value}


def test_a_label_becomes_a_field_and_what_can_be_read_moves_into_it(town):
    street, ana, ben, ada, ids = town
    ana.sets("customer", ids[2], extra_lines=[line("鞋码", "44")])
    street.everyone_syncs()
    labels.promote(ada.store, "customer", "鞋码")
    street.everyone_syncs()
    assert labels.load(ada.store, "")[0].is_field
    (offer,) = taking_over.load(ben.store)
    assert (offer.spec.name, offer.ready, offer.left) == (FIELD, 3, 0)
    assert taking_over.take_over(ben.store, "customer", FIELD) == 3
    street.everyone_syncs()
    assert [ana.sees("customer", id)["custom"] for id in ids] == [{"xie_ma": size} for size in (42, 38, 44)]
    assert not any(ana.sees("customer", id)["extra_lines"] for id in ids)
    assert not taking_over.load(ana.store)
    assert not labels.load(ada.store, "")


def test_what_cannot_be_read_or_is_filled_in_stays_in_its_line(town):
    street, ana, _, ada, ids = town
    ada.adds("custom_field", entity="customer", key="xie_ma", label_zh="鞋码", data_type="整数")
    street.everyone_syncs()
    ana.sets("customer", ids[1], **{FIELD: 39})
    (offer,) = taking_over.load(ana.store)
    assert (offer.ready, offer.left) == (1, 2)
    taking_over.take_over(ana.store, "customer", FIELD)
    assert [ana.sees("customer", id)["custom"].get("xie_ma") for id in ids] == [42, 39, None]
    assert [len(ana.sees("customer", id)["extra_lines"] or ()) for id in ids] == [0, 1, 1]


def test_who_may_not_fill_the_field_is_offered_nothing(town):
    street, ana, _, ada, _ = town
    told_of = {"entity": "customer", "key": "xie_ma", "label_zh": "鞋码", "data_type": "text"}
    ada.adds("custom_field", lock_roles=["supervisor"], **told_of)
    street.everyone_syncs()
    assert not taking_over.load(ana.store)
    with pytest.raises(NotAllowed):
        taking_over.take_over(ana.store, "customer", FIELD)


def test_labels_are_the_admins(town):
    _, ana, *_ = town
    with pytest.raises(NotAllowed):
        labels.load(ana.store, "")
    with pytest.raises(NotAllowed):
        labels.promote(ana.store, "customer", "鞋码")


def test_a_field_that_an_admin_makes_is_asked_listed_searched_imported_and_exported_elsewhere(town, tmp_path):
    street, ana, ben, ada, ids = town
    labels.promote(ada.store, "customer", "鞋码")
    street.everyone_syncs()
    opened = record_form.load(ben.store, drafting.begin(ben.store, "customer", {}, record=ids[0]).id)
    assert opened.specs[FIELD].asked.zh == "鞋码"
    ben.sets("customer", ids[0], **{FIELD: "42"})
    street.everyone_syncs()
    assert [one["id"] for one in ana.lists("customer", **{FIELD: "42"})] == [ids[0]]
    assert "42" in [fact.value for fact in customer_page.load(ana.store, ids[0]).facts if fact.spec.name == FIELD]
    export_table(ana.store, "customer", tmp_path / "out.xlsx", Wish(reason="核对"))
    for record in ids:
        ben.deletes("customer", record)
    back = import_table(ben.store, tmp_path / "out.xlsx", Asked())
    assert ben.sees("customer", back.ids[0])["custom"] == {"xie_ma": "42"}
    assert ben.sees("customer", back.ids[1])["extra_lines"][0]["value"] == "38"


def test_the_order_that_an_admin_gives_is_the_order_of_every_form(town):
    street, ana, _, ada, _ = town
    _, second = (
        ada.adds("custom_field", entity="customer", key=key, label_zh=key, data_type="text", order=order)
        for key, order in (("first", 10), ("second", 20))
    )
    own_fields.move(ada.store, second, 0)
    street.everyone_syncs()
    opened = record_form.load(ana.store, drafting.begin(ana.store, "customer", {}).id)
    assert [name for name in opened.specs if name.startswith("custom.")] == ["custom.second", "custom.first"]
