"""Excel as a device: what is edited in a workbook is merged per field, like any edit made at a door."""

import pytest
from openpyxl import load_workbook

from tests.journeys.books import edits, lends, takes
from visit_core.cell_files import write_lent_sheet
from visit_core.change import SCHEMA_V
from visit_core.errors import NotValid
from visit_core.workbooks import remembered_in

X, Y = "+8613811112222", "+8613822223333"


@pytest.fixture
def town(street):
    """Ana exports the customer whom Ben has, too; a supervisor looks on."""
    ana, ben, sue = street.phone("安娜"), street.phone("本"), street.phone("苏", "supervisor")
    customer = ana.adds("customer", name="张三", mobile="13800000000", tags=["老客户", "急"])
    street.everyone_syncs()
    return street, ana, ben, sue, customer


def test_an_edit_in_excel_and_one_at_the_door_of_other_fields_both_stand(town, tmp_path):
    street, ana, ben, _, customer = town
    book = lends(ana, tmp_path / "book.xlsx")
    street.at(10)
    ben.sets("customer", customer, remark="有狗")
    street.everyone_syncs()
    street.at(20)
    taken = takes(ana, edits(book, ("张三", "联系电话", "138 1111 2222")))
    assert [(change.field, change.says) for change in taken.changes] == [("mobile", "138 1111 2222")]
    street.everyone_syncs()
    for phone in street.phones:
        seen = phone.sees("customer", customer)
        assert (seen["mobile"], seen["remark"]) == (X, "有狗")
        assert phone.conflicts() == []


@pytest.mark.parametrize("has_pulled", [True, False])
def test_somebody_elses_value_of_the_same_field_gives_an_ordinary_conflict(town, tmp_path, has_pulled):
    """Even where Ana's phone has Ben's value by now: whoever edits a workbook sees what it showed when it was made."""
    street, ana, ben, sue, customer = town
    book = lends(ana, tmp_path / "book.xlsx")
    street.at(10)
    ben.sets("customer", customer, mobile=Y)
    ben.syncs()
    if has_pulled:
        ana.syncs()
    street.at(20)
    (change,) = takes(ana, edits(book, ("张三", "联系电话", X))).changes
    assert change.is_overtaken is has_pulled
    street.everyone_syncs()
    (told,), (overseen,) = ben.conflicts(), sue.conflicts()
    assert told == overseen
    assert (told["winner"]["value"], told["loser"]["value"], told["before"]) == (X, Y, "+8613800000000")
    assert told["loser"]["name"] == "本"
    assert street.server_sees("customer", customer)["mobile"] == X
    ben.restores(told["id"])
    street.everyone_syncs()
    assert ana.sees("customer", customer)["mobile"] == Y


def test_the_workbook_loses_to_a_later_edit_and_its_author_is_told(town, tmp_path):
    street, ana, ben, _, customer = town
    book = edits(lends(ana, tmp_path / "book.xlsx"), ("张三", "联系电话", X))
    street.at(10)
    takes(ana, book)
    street.at(15)
    ben.sets("customer", customer, mobile=Y)
    street.everyone_syncs()
    (told,) = ana.conflicts()
    assert (told["winner"]["value"], told["loser"]["value"], told["loser"]["name"]) == (Y, X, "安娜")


def test_members_of_a_list_are_put_in_and_taken_out_one_by_one(town, tmp_path):
    street, ana, ben, _, customer = town
    book = lends(ana, tmp_path / "book.xlsx")
    ben.sets("customer", customer, tags=["老客户", "急", "有狗"])
    street.everyone_syncs()
    takes(ana, edits(book, ("张三", "标签", "老客户、重点")))
    street.everyone_syncs()
    assert set(ben.sees("customer", customer)["tags"]) == {"老客户", "有狗", "重点"}
    assert ana.conflicts() == ben.conflicts() == []


def test_an_edit_of_a_customer_whom_somebody_deleted_is_a_conflict_and_not_lost(town, tmp_path):
    street, ana, ben, sue, customer = town
    book = lends(ana, tmp_path / "book.xlsx")
    street.at(10)
    ben.deletes("customer", customer)
    street.everyone_syncs()
    street.at(20)
    takes(ana, edits(book, ("张三", "联系电话", X)))
    street.everyone_syncs()
    assert [one["rule"] for one in sue.conflicts()] == ["delete"]
    ben.brings_back("customer", customer)
    street.everyone_syncs()
    assert ana.sees("customer", customer)["mobile"] == X


def test_what_this_phone_itself_has_set_since_stays_and_the_cell_is_named(town, tmp_path):
    street, ana, _, _, customer = town
    book = lends(ana, tmp_path / "book.xlsx")
    street.at(10)
    ana.sets("customer", customer, mobile=Y)
    street.everyone_syncs()
    taken = takes(ana, edits(book, ("张三", "联系电话", X), ("张三", "附加备注", "周六在家")))
    assert [(cell.column, cell.why.why) for cell in taken.refusals] == [("联系电话", "book_changed_here")]
    assert [change.field for change in taken.changes] == ["remark"]
    assert ana.sees("customer", customer)["mobile"] == Y


@pytest.mark.parametrize("was_seen", [True, False])
def test_after_a_restore_of_the_server_a_workbook_has_seen_what_it_had_seen(town, tmp_path, was_seen):
    street, ana, ben, _, customer = town
    backup = street.office.backs_up()
    book = lends(ana, tmp_path / "before.xlsx")
    street.at(10)
    ben.sets("customer", customer, mobile=Y)
    street.everyone_syncs()
    book = lends(ana, tmp_path / "after.xlsx") if was_seen else book
    street.office.restores(backup)
    street.everyone_syncs(times=3)
    street.at(30)
    takes(ana, edits(book, ("张三", "联系电话", X)))
    street.everyone_syncs()
    assert street.server_sees("customer", customer)["mobile"] == X
    assert [one["loser"]["value"] for one in ben.conflicts()] == ([] if was_seen else [Y])


def test_another_devices_workbook_is_refused(street, tmp_path):
    ana, ben = street.phone("安娜"), street.phone("本")
    ana.adds("customer", name="张三", mobile="13800000000")
    street.everyone_syncs()
    book = lends(ana, tmp_path / "book.xlsx")
    with pytest.raises(NotValid, match="book_elsewhere"):
        takes(ben, book)
    assert ben.waiting() == 0


def test_two_workbooks_of_one_device_come_back_each_with_its_own_base(town, tmp_path):
    street, ana, ben, _, customer = town
    first, second = lends(ana, tmp_path / "a.xlsx"), lends(ana, tmp_path / "b.xlsx")
    takes(ana, edits(first, ("张三", "附加备注", "周六在家")))
    taken = takes(ana, edits(second, ("张三", "联系电话", X)))
    assert [change.field for change in taken.changes] == ["mobile"]
    street.everyone_syncs()
    seen = ben.sees("customer", customer)
    assert (seen["remark"], seen["mobile"]) == ("周六在家", X)


def of_another_version(phone, file, **changed):
    """The workbook as another version of this app would have written it on the same phone."""
    base = phone.store.lent.opened(remembered_in(file.read_bytes()), phone.me.device, phone.me.team)
    rows = [[str(cell or "") for cell in row] for row in load_workbook(file).worksheets[0].iter_rows(values_only=True)]
    sealed = phone.store.lent.sealed(base.model_copy(update=changed | {"columns": {**base.columns, "星座": "sign"}}))
    rows = [[*row, "星座" if place == 0 else "白羊"] for place, row in enumerate(rows)]
    file.write_bytes(write_lent_sheet(rows[0], rows[1:], sealed))
    return file


def test_a_workbook_of_an_older_version_is_read_but_for_a_field_that_is_no_more(town, tmp_path):
    _, ana, _, _, customer = town
    book = lends(ana, tmp_path / "book.xlsx")
    rows = ana.store.lent.opened(remembered_in(book.read_bytes()), ana.me.device, ana.me.team).rows
    older = {id: row.model_copy(update={"cells": (*row.cells, "金牛")}) for id, row in rows.items()}
    book = edits(of_another_version(ana, book, rows=older, schema_v=SCHEMA_V - 1), ("张三", "附加备注", "周六在家"))
    assert [change.field for change in takes(ana, book).changes] == ["remark"]
    assert ana.sees("customer", customer)["remark"] == "周六在家"


def test_a_workbook_of_a_newer_version_is_refused(town, tmp_path):
    _, ana, *_ = town
    book = of_another_version(ana, lends(ana, tmp_path / "book.xlsx"), schema_v=SCHEMA_V + 1)
    with pytest.raises(NotValid, match="book_version"):
        takes(ana, book)
