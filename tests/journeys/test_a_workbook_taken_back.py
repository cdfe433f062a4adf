"""An import of a workbook taken back: every cell is what it was, but for what somebody has said of it since."""

import pytest

from field_app.actions.reverting import revert_import
from tests.journeys.books import edits, lends, takes

X, Y = "+8613811112222", "+8613822223333"


@pytest.fixture
def town(street):
    """Ana exports two customers whom Ben has, too."""
    ana, ben = street.phone("安娜"), street.phone("本")
    told = {"tags": ["老客户", "急"], "remark": "有狗", "grade_manual": "B", "grade_reason": "老客户"}
    zhang = ana.adds("customer", name="张三", mobile="13800000000", **told)
    li = ana.adds("customer", name="李四", mobile="13900000000")
    street.everyone_syncs()
    return street, ana, ben, zhang, li


def everywhere(street, record, *names):
    street.everyone_syncs()
    (seen,) = {repr([phone.sees("customer", record)[name] for name in names]) for phone in street.phones}
    return seen


NAMES = ("name", "mobile", "remark", "age", "tags", "grade_manual", "grade_reason", "grade_manual_on")


@pytest.mark.parametrize("is_sent", [True, False])
def test_every_cell_is_set_back_on_every_phone(town, tmp_path, is_sent):
    street, ana, _, zhang, li = town
    before = [everywhere(street, record, *NAMES) for record in (zhang, li)]
    book = lends(ana, tmp_path / "book.xlsx")
    street.at(10)
    told = [("张三", "联系电话", X), ("张三", "附加备注", ""), ("张三", "标签", "老客户、搬家"), ("张三", "年龄", "41")]
    told += [("张三", "人工评级", "A"), ("李四", "附加备注", "周六在家")]
    taken = takes(ana, edits(book, *told))
    assert len(taken.changes) == len(told)
    if is_sent:
        street.everyone_syncs()
    street.at(20)
    done = revert_import(ana.store, taken.import_id)
    assert (done.set_back, done.cells_stay, done.removed, done.stay) == (len(told), (), (), ())
    after = [everywhere(street, record, *NAMES) for record in (zhang, li)]
    assert after == before
    assert all(phone.conflicts() == [] for phone in street.phones)
    assert revert_import(ana.store, taken.import_id).set_back == 0


def test_what_anybody_said_of_a_cell_since_stays_and_is_told(town, tmp_path):
    street, ana, ben, zhang, li = town
    book = lends(ana, tmp_path / "book.xlsx")
    told = [("张三", "联系电话", X), ("张三", "年龄", "41"), ("张三", "附加备注", "周六在家"), ("李四", "年龄", "36")]
    taken = takes(ana, edits(book, *told))
    street.everyone_syncs()
    street.at(10)
    ben.sets("customer", zhang, mobile=Y)
    ana.sets("customer", zhang, remark="周日在家")
    ana.deletes("customer", li)
    street.everyone_syncs()
    street.at(20)
    done = revert_import(ana.store, taken.import_id)
    assert (done.set_back, set(done.cells_stay)) == (1, {(zhang, "mobile"), (zhang, "remark"), (li, "age")})
    assert everywhere(street, zhang, "mobile", "remark", "age") == repr([Y, "周日在家", None])


def test_of_a_list_only_what_the_workbook_put_in_or_took_out_is_undone(town, tmp_path):
    street, ana, ben, zhang, _ = town
    taken = takes(ana, edits(lends(ana, tmp_path / "book.xlsx"), ("张三", "标签", "老客户、搬家")))
    street.everyone_syncs()
    street.at(10)
    ben.sets("customer", zhang, tags=["老客户", "搬家", "有孩子"])
    street.everyone_syncs()
    assert revert_import(ana.store, taken.import_id).set_back == 1
    street.everyone_syncs()
    assert set(ben.sees("customer", zhang)["tags"]) == {"老客户", "急", "有孩子"}


def test_fields_that_belong_together_are_set_back_together_or_not_at_all(town, tmp_path):
    street, ana, ben, zhang, _ = town
    taken = takes(ana, edits(lends(ana, tmp_path / "book.xlsx"), ("张三", "人工评级", "A")))
    street.everyone_syncs()
    street.at(10)
    ben.sets("customer", zhang, grade_reason="大客户")
    street.everyone_syncs()
    done = revert_import(ana.store, taken.import_id)
    assert (done.set_back, done.cells_stay) == (0, ((zhang, "grade_manual"),))
    assert everywhere(street, zhang, "grade_manual", "grade_reason") == repr(["A", "大客户"])


def test_the_same_workbook_may_come_in_again_after_it_was_taken_back(town, tmp_path):
    _, ana, _, zhang, _ = town
    book = edits(lends(ana, tmp_path / "book.xlsx"), ("张三", "年龄", "41"))
    for _time in range(2):
        taken = takes(ana, book)
        assert [(change.field, change.says) for change in taken.changes] == [("age", "41")]
        assert ana.sees("customer", zhang)["age"] == 41
        revert_import(ana.store, taken.import_id)
        assert ana.sees("customer", zhang)["age"] is None
    assert takes(ana, book).refusals == ()
