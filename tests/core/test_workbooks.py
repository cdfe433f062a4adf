"""Sheets as people really keep them: each is read, or refused with the row and the column."""

import io
import zipfile
from datetime import date, datetime

import pytest
from openpyxl import Workbook

from visit_core import workbooks
from visit_core.columns import headings_of
from visit_core.errors import NotValid
from visit_core.fields import fields_of
from visit_core.kinds import kind_named
from visit_core.shapes import Moment
from visit_core.tables import read_table, records_from

NOW = Moment(now_ms=1_795_226_400_000, today=date(2026, 11, 21))
CUSTOMER = kind_named("customer")
HEADER = ["客户姓名", "联系电话", "家庭住址", "联系方式核实日期"]


def saved(book):
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def a_book(*rows, merged=()):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for area in merged:
        book.active.merge_cells(area)
    return book


def read(content, sheet=""):
    return list(records_from(read_table(content, headings_of(fields_of(CUSTOMER)), sheet), CUSTOMER, NOW))


def read_rows(*rows, merged=(), header=HEADER):
    return read(saved(a_book(header, *rows, merged=merged)))


def refusals(reads):
    return [(one.row, column, broken.why) for one in reads for column, broken in one.refused]


def why_refused(content):
    with pytest.raises(NotValid) as refused:
        read(content)
    return refused.value


@pytest.mark.parametrize(
    "phone", [13800000000, 1.38e10, "13800000000", "'13800000000", "‘138 0000 0000", "1.3800000000E+10"]
)
def test_a_number_is_read_however_excel_keeps_it(phone):
    assert read_rows(["张三", phone])[0].fields["mobile"] == "+8613800000000"


@pytest.mark.parametrize("phone", ["1.38E+10", "1.38e10", "1.380013E+10"])
def test_a_number_whose_digits_are_lost_is_refused_as_that(phone):
    assert refusals(read_rows(["张三", phone])) == [(2, "联系电话", "table_rounded")]


def test_a_csv_file_that_excel_rounded_is_refused_the_same_way():
    reads = read("客户姓名,联系电话\n张三,1.38E+10\n".encode("gb18030"))
    assert refusals(reads) == [(2, "联系电话", "table_rounded")]


@pytest.mark.parametrize(
    "day",
    [
        "2024年9月10日",
        "2024-9-10",
        "2024/09/10",
        45545,
        "45545",
        45545.5,
        date(2024, 9, 10),
        datetime(2024, 9, 10),
        "2024-09-10 00:00:00",
        "'2024年9月10日",
    ],
)
def test_a_day_is_read_as_text_as_a_date_and_as_excels_number(day):
    assert read_rows(["张三", None, None, day])[0].fields["verified_at"] == "2024-09-10"


def test_days_of_a_workbook_that_counts_from_1904_are_the_same_days():
    book = a_book(HEADER, ["张三", None, None, 45545 - 1462])
    book.epoch = datetime(1904, 1, 1)
    assert read(saved(book))[0].fields["verified_at"] == "2024-09-10"


@pytest.mark.parametrize("day", ["1985", 1985, "去年", 9999])
def test_a_number_that_is_no_day_is_refused(day):
    assert refusals(read_rows(["张三", None, None, day])) == [(2, "联系方式核实日期", "date")]


def test_an_address_merged_over_several_people_holds_for_each_of_them():
    reads = read_rows(["张三", None, "幸福路1号"], ["李四"], ["王五"], merged=["C2:C4"])
    assert [one.fields["address_detail"] for one in reads] == ["幸福路1号"] * 3


def test_a_name_merged_over_two_rows_is_refused_in_the_second():
    reads = read_rows(["张三", 13800000000], [None, 13900000000], merged=["A2:A3"])
    assert refusals(reads) == [(3, "客户姓名", "table_merged")]
    assert reads[0].fields["mobile"] == "+8613800000000"


def test_a_cell_merged_over_two_columns_is_refused_with_its_row_and_column():
    reads = read_rows(["张三", "13800000000"], ["李四", 13900000000], merged=["B2:C2"])
    assert refusals(reads) == [(2, "家庭住址", "table_merged")]
    assert reads[1].fields["name"] == "李四"


def with_page(content, change):
    """The same file with its first sheet written otherwise."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            page = before.read(name).decode()
            after.writestr(name, change(page) if name.endswith("sheet1.xml") else page)
    return out.getvalue()


def test_a_merge_down_past_the_last_row_ends_with_what_is_written():
    reads = read_rows(["张三", None, "幸福路1号"], ["李四"], merged=["C2:C900"])
    assert [one.fields["address_detail"] for one in reads] == ["幸福路1号"] * 2


def test_a_merge_of_the_whole_grid_is_refused_before_it_fills_the_memory():
    content = saved(a_book(HEADER, ["张三"], merged=["C2:C3"]))
    refused = why_refused(with_page(content, lambda page: page.replace("C2:C3", "C2:XFD1048576")))
    assert (refused.why, refused.about["row"], refused.about["column"]) == ("workbook_merged", 2, "C")


def test_a_title_above_and_a_header_of_two_merged_rows_are_seen_through():
    book = a_book(
        ["2024年客户名录管理表"],
        ["填表人：李明"],
        ["序号", "客户姓名", "联系方式"],
        [None, None, "手机", "电子邮箱"],
        [1, "张三", 13800000000, "a@b.cn"],
        merged=["A1:D1", "A3:A4", "B3:B4", "C3:D3"],
    )
    (one,) = read(saved(book))
    assert (one.row, one.fields) == (5, {"name": "张三", "mobile": "+8613800000000", "email": "a@b.cn"})


def test_a_header_of_two_rows_that_nobody_merged_is_put_together():
    book = a_book(["客户姓名", "家庭", "联系方式"], [None, "住址", "手机号"], ["张三", "幸福路1号", 13800000000])
    assert read(saved(book))[0].fields == {"name": "张三", "address_detail": "幸福路1号", "mobile": "+8613800000000"}


@pytest.mark.parametrize("cell", ["张三/李四", "张三、李四", "张三\n李四", "张三，李四"])
def test_two_people_in_one_cell_are_refused(cell):
    assert refusals(read_rows([cell, 13800000000])) == [(2, "客户姓名", "table_names")]


def several_sheets():
    book = a_book(["说明：请填写第二张表"])
    for name, who in (("东区", "张三"), ("西区", "李四")):
        sheet = book.create_sheet(name)
        sheet.append(HEADER)
        sheet.append([who, 13800000000])
    return book


def test_of_several_sheets_with_customers_one_must_be_named():
    content = saved(several_sheets())
    refused = why_refused(content)
    assert (refused.why, refused.about["sheets"]) == ("table_sheets", "东区、西区")
    assert read(content, "西区")[0].fields["name"] == "李四"


def test_the_only_sheet_with_customers_is_found_and_hidden_ones_are_none():
    book = several_sheets()
    book["东区"].sheet_state = "hidden"
    assert read(saved(book))[0].fields["name"] == "李四"


def test_a_sheet_that_is_not_there_is_refused():
    with pytest.raises(NotValid, match="table_empty"):
        read(saved(several_sheets()), "北区")


def test_a_formula_without_a_result_and_an_error_are_refused_and_never_read_as_nothing():
    reads = read_rows(["张三", "=CMD()", None], ["李四", None, "#REF!"])
    assert refusals(reads) == [(2, "联系电话", "table_formula"), (3, "家庭住址", "table_error")]


def test_styled_rows_to_the_end_of_the_grid_cost_nothing():
    book = a_book(HEADER, ["张三", 13800000000])
    book.active.cell(1_048_576, 16_384).number_format = "@"
    assert len(read(saved(book))) == 1


def test_english_headers_are_understood():
    reads = read_rows(
        ["Li Ming", "138 0000 0000", "Road 1"], header=["Full Name *", "Phone Number", "Address (optional)"]
    )
    assert reads[0].fields == {"name": "Li Ming", "mobile": "+8613800000000", "address_detail": "Road 1"}


def test_a_header_without_a_name_is_refused():
    assert why_refused(saved(a_book(["联系电话", "家庭住址"], ["13800000000", "x"]))).why == "table_header"


def wps_file():
    """As WPS writes it: texts inline, no shared strings, no styles that matter, names without a prefix."""
    inline = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1"><c r="A1" t="inlineStr"><is><t>客户姓名</t></is></c>'
        '<c r="B1" t="inlineStr"><is><r><t>联系</t></r><r><t>电话</t></r></is></c></row>'
        '<row r="2"><c r="A2" t="str"><v>张三</v></c><c r="B2"><v>1.38E10</v></c></row></sheetData></worksheet>'
    )
    return with_page(saved(a_book(HEADER)), lambda _: inline)


def test_texts_kept_inline_and_numbers_kept_with_an_exponent_are_read():
    assert read(wps_file())[0].fields == {"name": "张三", "mobile": "+8613800000000"}


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 an old or locked file", "workbook_locked"),
        (b"PK\x03\x04 cut off", "workbook_broken"),
        (saved(a_book(HEADER))[:-40], "workbook_broken"),
        (saved(Workbook()), "table_empty"),
    ],
)
def test_a_file_that_is_no_readable_workbook_says_why(content, why):
    assert why_refused(content).why == why


def test_a_zip_file_that_holds_no_workbook_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("x.txt", "x")
    assert why_refused(out.getvalue()).why == "workbook_broken"


def test_a_small_file_that_unpacks_to_very_much_is_refused(monkeypatch):
    monkeypatch.setattr(workbooks, "MOST_BYTES", 1000)
    assert why_refused(saved(a_book(HEADER))).why == "too_large"


def test_more_columns_than_anybody_reads_are_refused_with_the_row():
    book = a_book(HEADER, ["张三"])
    book.active.cell(2, 9_000, "x")
    refused = why_refused(saved(book))
    assert (refused.why, refused.about["row"]) == ("table_wide", 2)
