"""An admin's part: the fields of the organisation's own are listed, ordered, taken out of use and taken in again."""

from functools import partial

import pytest

from field_app.actions import drafting, own_field_form, own_fields, records
from tests.app.fakes import FakeClock, FakeServer
from tests.app.phones import a_phone
from tests.screens import neighbours
from visit_core.errors import NotAllowed


@pytest.fixture
def admin(tmp_path):
    return a_phone(tmp_path / "desk", FakeServer(FakeClock()), role="admin").store


@pytest.fixture
def rep(tmp_path):
    return a_phone(tmp_path / "phone", FakeServer(FakeClock())).store


def a_field(store, key, label, **more):
    told = {"entity": "customer", "key": f"k_{key}", "label_zh": label, "data_type": "text", **more}
    return records.add(store, "custom_field", told)


def listed(store, entity="customer"):
    return [one.label_zh for one in own_fields.load(store, "")[entity].in_use]


def test_fields_stand_in_the_order_of_the_form(admin):
    a_field(admin, "b", "乙", order=20)
    a_field(admin, "a", "甲", order=10)
    a_field(admin, "v", "访", entity="visit")
    assert listed(admin) == ["甲", "乙"]
    assert listed(admin, "visit") == ["访"]


def test_a_field_is_moved_to_another_place_and_the_others_close_up(admin):
    ids = [a_field(admin, f"k{n}", label) for n, label in enumerate("甲乙丙")]
    own_fields.move(admin, ids[2], 0)
    assert listed(admin) == ["丙", "甲", "乙"]
    own_fields.move(admin, ids[2], 99)
    assert listed(admin) == ["甲", "乙", "丙"]


def test_moving_a_field_to_where_it_stands_changes_nothing(admin):
    ids = [a_field(admin, "a", "甲", order=10), a_field(admin, "b", "乙", order=20)]
    before = len(admin.waiting())
    own_fields.move(admin, ids[0], 0)
    assert len(admin.waiting()) == before


def test_a_field_out_of_use_comes_back_as_the_last(admin):
    ids = [a_field(admin, f"k{n}", label, order=n) for n, label in enumerate("甲乙", start=1)]
    own_fields.retire(admin, ids[0])
    assert listed(admin) == ["乙"]
    assert [one.label_zh for one in own_fields.load(admin, "")["customer"].retired] == ["甲"]
    own_fields.revive(admin, ids[0])
    assert listed(admin) == ["乙", "甲"]


def test_a_new_field_opens_as_the_last_of_its_form(admin):
    a_field(admin, "a", "甲", order=70)
    kept = drafting.begin(admin, "custom_field", {"entity": "customer"})
    opened = own_field_form.load(admin, kept.id)
    assert opened.is_new
    assert opened.fields["order"] == 80
    assert opened.taken == {"k_a"}


def test_a_field_may_wait_for_what_is_chosen_and_never_for_itself(admin):
    id = a_field(admin, "a", "甲")
    a_field(admin, "b", "乙")
    opened = own_field_form.load(admin, drafting.begin(admin, "custom_field", {}, record=id).id)
    offered = {spec.name for spec in opened.beside}
    assert {"gender", "custom.k_b"} <= offered
    assert not {"name", "template_id", "custom.k_a"} & offered


@pytest.mark.parametrize(
    ("label", "taken", "key"),
    [
        ("客户年龄", (), "ke_hu_nian_ling"),
        ("客户年龄", ("ke_hu_nian_ling",), "ke_hu_nian_ling_2"),
        ("Shoe size", (), "shoe_size"),
        ("鞋码EU", (), "xie_ma_eu"),
        ("3号鞋", (), "f_3_hao_xie"),
        ("……", (), "field"),
    ],
)
def test_a_key_is_made_of_how_the_label_sounds(label, taken, key):
    assert own_field_form.key_for(label, taken) == key


@pytest.mark.parametrize("load", [own_fields.load, own_field_form.load])
def test_who_is_no_admin_does_not_see_them(rep, load):
    with pytest.raises(NotAllowed):
        load(rep, "")


@pytest.mark.parametrize(
    ("deed", "active"),
    [(own_fields.retire, True), (own_fields.revive, False), (partial(own_fields.move, to=1), True)],
)
def test_who_is_no_admin_changes_none(rep, deed, active):
    neighbours.a_field(rep, "customer", "size", "鞋码", active=active)
    (field,) = rep.find("custom_field")
    with pytest.raises(NotAllowed):
        deed(rep, field.id)
