"""A thousand rows as a company keeps them: looked at, brought in, taken back; and nothing runs as a formula."""

import csv
import io

import pytest
from openpyxl import Workbook, load_workbook

from field_app.actions.exporting import Wish, export_table
from field_app.actions.importing import Asked, import_table, write_refusals
from field_app.actions.reverting import revert_import

ROWS, BAD, DOUBLES = 1000, 37, 12
RUN = ("=CMD()", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)")


def rows():
    """Bad numbers at every 27th row, doubles of the first rows at the end, four cells that Excel would run."""
    numbers = [f"159{place:08d}" for place in range(ROWS)]
    for place in range(BAD):
        numbers[27 * place + 5] = "1590000" if place % 2 else "25900000000"
    numbers[-DOUBLES:] = numbers[6 : 6 + DOUBLES]
    remarks = [*RUN, *[""] * (ROWS - len(RUN))]
    return [
        [f"住户{place}", number, remark] for place, (number, remark) in enumerate(zip(numbers, remarks, strict=True))
    ]


def as_gbk(path):
    out = io.StringIO()
    csv.writer(out).writerows([["姓名", "手机号", "备注"], *rows()])
    path.write_bytes(out.getvalue().encode("gb18030"))
    return path


def as_workbook(path):
    book = Workbook()
    for row in [["姓名", "手机号", "备注"], *rows()]:
        book.worksheets[0].append([f"'{cell}" if cell in RUN else cell for cell in row])
    book.save(path)
    return path


@pytest.mark.parametrize("made", [as_gbk, as_workbook])
def test_a_thousand_rows_are_looked_at_brought_in_and_taken_back(street, tmp_path, made):
    ana = street.phone("安娜")
    ana.adds("customer", name="老客户", mobile="15800000000")
    file = made(tmp_path / "list")
    looked = import_table(ana.store, file, Asked(dry_run=True))
    assert (looked.rows, len(looked.refusals), len(looked.doubles), looked.ids) == (ROWS, BAD, DOUBLES, ())
    write_refusals(looked.refusals, "customer", tmp_path / "errors.csv", "zh")
    _, *told = csv.reader((tmp_path / "errors.csv").read_text("utf-8-sig").splitlines())
    assert [(row, column) for row, column, _ in told] == [(str(27 * place + 7), "手机号") for place in range(BAD)]
    assert {why for *_, why in told} == {"请输入正确的11位手机号码"}
    taken = import_table(ana.store, file, Asked(skip_doubles=True))
    assert len(taken.ids) == ROWS - BAD - DOUBLES
    export_table(ana.store, "customer", tmp_path / "out.xlsx", Wish("zh", "核对"))
    cells = [cell for row in load_workbook(tmp_path / "out.xlsx").worksheets[0].iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert {f"'{text}" for text in RUN} <= {cell.value for cell in cells}
    assert len(revert_import(ana.store, taken.import_id).removed) == len(taken.ids)
    assert [record["name"] for record in ana.lists("customer")] == ["老客户"]


def test_a_child_of_a_list_needs_a_guardian(street, tmp_path):
    ana = street.phone("安娜")
    file = tmp_path / "list.csv"
    file.write_text(
        "姓名,手机号,年龄,监护人姓名,与监护人关系\n小明,15900000000,12,,\n小红,15900000001,14,王芳,母亲\n", "utf-8"
    )
    taken = import_table(ana.store, file, Asked())
    assert [(cell.row, cell.why.why) for cell in taken.refusals] == [(2, "guardian")]
    assert [record["name"] for record in ana.lists("customer")] == ["小红"]
