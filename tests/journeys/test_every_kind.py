"""One record of every kind goes from a phone over the server to another phone, by its declaration alone."""

import pytest

from field_app.actions.disclosing import disclosed
from field_app.actions.exporting import Wish, export_table
from field_app.actions.unmasking import Masked, in_full
from tests.samples import SAMPLES, sample
from tests.street import Phone, Street
from visit_core.columns import headings_of
from visit_core.fields import AT_THE_DESK, fields_of
from visit_core.kinds import KINDS, kind_named
from visit_core.shapes import AnyValue, Entries, Fix, Parts
from visit_core.tables import is_exchanged, read_table, records_from

SUPERVISORS = frozenset({"supervisor"})
WITH_PARTS = Entries | Parts | Fix | AnyValue
PEOPLES = [kind for kind in KINDS if not kind.made_by_server]

IN_FULL = Wish(reason="核对")


def test_every_kind_that_people_make_has_its_sample():
    assert SAMPLES.keys() == {kind.kind_name for kind in PEOPLES}


@pytest.fixture
def added(street: Street):
    """Those who may write a kind hold one of it; everybody has synced."""
    ana, ben, ada, sue = (street.phone(*who) for who in (["安娜"], ["本"], ["艾达", "admin"], ["苏", "supervisor"]))
    ids = {"another": ana.adds("customer", name="张珊")}
    authors: dict[str, Phone] = {}
    for kind in sorted(SAMPLES, key=lambda kind: kind_named(kind).written_by == SUPERVISORS):
        if kind_named(kind).written_by == SUPERVISORS:
            street.everyone_syncs()  # theirs is about what others have written
        authors[kind] = {AT_THE_DESK: ada, SUPERVISORS: sue}.get(kind_named(kind).written_by, ana)
        ids[kind] = authors[kind].adds(kind, **sample(kind, ids))
    mine = {kind: author.sees(kind, ids[kind]) for kind, author in authors.items()}
    street.everyone_syncs()
    assert [len(phone.store.quarantined()) + phone.waiting() for phone in (ana, ben, ada, sue)] == [0, 0, 0, 0]
    return ana, ben, ids, mine


def test_a_record_of_every_kind_reaches_another_phone_as_it_was_written(added):
    _, ben, ids, mine = added
    for kind in (kind for kind in PEOPLES if kind.lies_in != "watched"):
        name = kind.kind_name
        theirs = ben.sees(name, ids[name])
        assert {field: theirs[field] for field in fields_of(kind)} == {f: mine[name][f] for f in fields_of(kind)}, name


def test_what_is_one_persons_stays_with_that_person(added):
    ana, ben, ids, _ = added
    assert ana.sees("audit_event", ids["audit_event"])["action"] == "export"
    assert ben.lists("audit_event") == []


def test_every_use_of_a_masked_value_reaches_the_supervisor_and_no_colleague(street, tmp_path):
    ana, ben, sue = street.phone("安娜"), street.phone("本"), street.phone("苏", "supervisor")
    customer = ana.adds("customer", name="张三", mobile="13800000000")
    street.everyone_syncs()
    street.at(1)
    in_full(ana.store, Masked("customer", customer, "mobile"), "called")
    street.at(2)
    export_table(ana.store, "customer", tmp_path / "out.csv", IN_FULL)
    assert ana.store.waiting_records() == 0
    mine = disclosed(ana.store)
    street.everyone_syncs()
    assert [(each["purpose"], each["by"], each["field"], each["records"]) for each in mine] == [
        ("called", ana.me.person, "mobile", 1),
        ("exported", ana.me.person, "", 1),
    ]
    assert disclosed(sue.store) == disclosed(ana.store) == mine
    assert disclosed(ben.store) == []
    assert "13800000000" not in str(mine)


def test_every_kind_goes_out_as_a_table_and_is_read_back_equal(added, tmp_path):
    ana, _, ids, _ = added
    for kind in sorted(PEOPLES, key=lambda kind: kind.kind_name != "audit_event"):  # each export makes one more
        file, told = tmp_path / f"{kind.kind_name}.csv", ana.sees(kind.kind_name, ids[kind.kind_name])
        export_table(ana.store, kind.kind_name, file, IN_FULL)
        *_, read = records_from(read_table(file.read_bytes(), headings_of(fields_of(kind))), kind, ana.store.moment())
        flat = {n: told[n] for n, s in fields_of(kind).items() if is_exchanged(s)}
        assert read.fields == {name: value for name, value in flat.items() if value not in (None, [])}, kind.kind_name
