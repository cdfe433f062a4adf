"""A workbook that leaves this device, is edited in Excel and comes back."""

import csv
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.app.conftest import Enrol
from tests.app.device import Device

NAMES = ("张三", "李四", "王五")
Editing = Callable[[Worksheet], object]


@pytest.fixture
def lent(ana: Device, tmp_path: Path) -> Path:
    """Three customers in a workbook for a round trip."""
    for place, name in enumerate(NAMES):
        ana.clock.passes(1000)
        ana.add("customer", f"name={name}", f"mobile=1380000000{place}", "verified_at=2024-09-10", "age=41")
    ana.clock.passes(1000)
    return lend(ana, tmp_path / "book.xlsx")


def lend(device: Device, file: Path, *more: str) -> Path:
    device.ask("export", "customer", str(file), "--round-trip", *(more or ("--reason", "核对")))
    return file


def place_of(sheet: Worksheet, heading: str) -> int:
    return [cell.value for cell in sheet[1]].index(heading) + 1


def put(row: int, heading: str, content: Any) -> Editing:
    return lambda sheet: setattr(sheet.cell(row, place_of(sheet, heading)), "value", content)


def edited(file: Path, *editings: Editing) -> str:
    book = load_workbook(file)
    for editing in editings:
        editing(book.worksheets[0])
    book.save(file)
    return str(file)


def told_changes(told: dict[str, Any]) -> list[tuple[str, str]]:
    return [(change["field"], change["says"]) for change in told["changes"]]


def test_a_workbook_that_nobody_edited_changes_nothing(ana: Device, lent: Path) -> None:
    before = ana.ask("status")["waiting"]
    told = ana.ask("import", str(lent))
    assert (told["rows"], told["changes"], told["imported"], told["refused"]) == (3, [], 0, [])
    assert ana.ask("status")["waiting"] == before


def test_the_base_is_hidden_from_people_and_from_whoever_reads_the_file(ana: Device, lent: Path) -> None:
    book = load_workbook(lent)
    assert [sheet.sheet_state for sheet in book.worksheets] == ["visible", "veryHidden"]
    hidden = "".join(str(cell.value) for row in book.worksheets[1].iter_rows() for cell in row)
    assert len(hidden) > 100
    with zipfile.ZipFile(lent) as packed:
        assert "13800000000" not in packed.read("xl/worksheets/sheet2.xml").decode()
    record = ana.list("customer")[0]["id"]
    assert record not in hidden


def test_one_edited_cell_is_one_change_of_one_field(ana: Device, lent: Path) -> None:
    ana.sync()
    told = ana.ask("import", edited(lent, put(3, "附加备注", "周六在家")))
    assert told_changes(told) == [("remark", "周六在家")]
    assert ana.ask("status")["waiting"] == 1
    assert [record["remark"] for record in ana.list("customer")] == [None, "周六在家", None]


@pytest.mark.parametrize(
    ("heading", "dressed"),
    [
        ("联系电话", 13800000000),
        ("联系电话", 13800000000.0),
        ("联系电话", "138-0000-0000"),
        ("联系电话", "+8613800000000"),
        ("联系方式核实日期", datetime(2024, 9, 10)),
        ("联系方式核实日期", 45545),
        ("联系方式核实日期", "2024年9月10日"),
        ("联系方式核实日期", "2024/9/10"),
        ("年龄", "41"),
        ("年龄", 41.0),
        ("客户姓名", " 张三 "),
    ],
)
def test_an_equal_value_in_another_dress_is_no_change(ana: Device, lent: Path, heading: str, dressed: Any) -> None:
    headings = [cell.value for cell in load_workbook(lent).worksheets[0][1]]
    assert heading in headings
    told = ana.ask("import", edited(lent, put(2, heading, dressed)))
    assert (told["changes"], told["refused"]) == ([], [])


def test_a_cell_that_was_emptied_empties_the_field(ana: Device, lent: Path) -> None:
    assert told_changes(ana.ask("import", edited(lent, put(2, "联系电话", None)))) == [("mobile", "")]
    assert [record["mobile"] is None for record in ana.list("customer")] == [True, False, False]


@pytest.mark.parametrize(
    ("heading", "content"),
    [
        ("联系电话", "1.38E+10"),
        ("联系电话", "12345"),
        ("联系电话", "=A2&B2"),
        ("联系电话", "138****0000"),
        ("联系方式核实日期", "2024-13-01"),
        ("年龄", "很大"),
    ],
)
def test_a_cell_that_cannot_be_read_is_named_and_its_neighbours_are_taken(
    ana: Device, lent: Path, heading: str, content: str
) -> None:
    told = ana.ask("import", edited(lent, put(2, heading, content), put(3, "附加备注", "周六在家")))
    assert [(cell["row"], cell["column"]) for cell in told["refused"]] == [(2, heading)]
    assert told_changes(told) == [("remark", "周六在家")]
    assert (ana.list("customer")[0]["name"], ana.list("customer")[0]["mobile"]) == ("张三", "+8613800000000")


def test_all_or_none_takes_nothing_for_one_bad_cell_and_the_error_file_names_it(
    ana: Device, lent: Path, tmp_path: Path
) -> None:
    errors = tmp_path / "errors.csv"
    file = edited(lent, put(2, "联系电话", "12345"), put(3, "附加备注", "周六在家"))
    ana.refuse(2, "import", file, "--all-or-none", "--errors", str(errors))
    assert list(csv.reader(errors.read_text("utf-8-sig").splitlines()))[1][:2] == ["2", "联系电话"]
    assert not any(record["remark"] for record in ana.list("customer"))


def test_a_dry_run_tells_each_cell_and_keeps_nothing(ana: Device, lent: Path) -> None:
    file = edited(lent, put(2, "联系电话", "13911112222"), lambda sheet: sheet.append([None, "新人"]))
    (change,) = ana.ask("import", file, "--dry-run")["changes"]
    assert (change["row"], change["column"], change["was"], change["says"]) == (
        2,
        "联系电话",
        "13800000000",
        "13911112222",
    )
    assert [record["mobile"][-1] for record in ana.list("customer")] == ["0", "1", "2"]
    assert ana.ask("import", file)["imported"] == 1


def test_a_masked_workbook_remembers_only_what_it_shows(ana: Device, tmp_path: Path) -> None:
    record = ana.add("customer", "name=张三", "mobile=13800000000", "email=zhang@example.cn")
    file = tmp_path / "book.xlsx"
    ana.ask("export", "customer", str(file), "--round-trip")
    told = ana.ask("import", edited(file, put(2, "电子邮箱", "z****@example.cn"), put(2, "附加备注", "周六在家")))
    assert told_changes(told) == [("remark", "周六在家")]
    told = ana.ask("import", edited(file, put(2, "电子邮箱", "x****@example.cn")))
    assert [(cell["row"], cell["column"]) for cell in told["refused"]] == [(2, "电子邮箱")]
    ana.ask("import", edited(file, put(2, "联系电话", "13911112222")))
    seen = ana.get("customer", record)
    assert (seen["mobile"], seen["email"]) == ("+8613911112222", "zhang@example.cn")


def test_a_row_that_was_deleted_is_told_and_deletes_nobody(ana: Device, lent: Path) -> None:
    third = ana.list("customer")[2]["id"]
    told = ana.ask("import", edited(lent, lambda sheet: sheet.delete_rows(4)))
    assert (told["gone"], told["changes"]) == ([third], [])
    assert len(ana.list("customer")) == 3


def test_a_row_without_an_id_is_somebody_new_and_comes_in_once(ana: Device, lent: Path) -> None:
    file = edited(lent, lambda sheet: sheet.append([None, "赵六"]), put(2, "附加备注", "周六在家"))
    told = ana.ask("import", file)
    assert (told["imported"], told["changed"]) == (1, 1)
    assert [record["name"] for record in ana.list("customer")] == [*NAMES, "赵六"]
    again = ana.ask("import", file)
    assert (again["imported"], again["changes"], again["refused"]) == (0, [], [])
    assert ana.ask("revert-import", told["import"])["removed"] == 1


def test_a_workbook_that_came_back_once_does_not_undo_what_followed(ana: Device, lent: Path) -> None:
    record = ana.list("customer")[0]["id"]
    file = edited(lent, put(2, "附加备注", "周六在家"))
    ana.ask("import", file)
    ana.ask("set", "customer", record, "remark=周日在家")
    assert ana.ask("import", file)["changes"] == []
    assert ana.get("customer", record)["remark"] == "周日在家"
    told = ana.ask("import", edited(lent, put(2, "附加备注", "周一在家"), put(2, "年龄", 42)))
    assert [cell["column"] for cell in told["refused"]] == ["附加备注"]
    assert told_changes(told) == [("age", "42")]


def test_a_cell_edited_once_more_after_it_came_back_is_taken_again(ana: Device, lent: Path) -> None:
    for remark, is_overtaken in (("周六在家", False), ("周日在家", True)):
        (change,) = ana.ask("import", edited(lent, put(2, "附加备注", remark)))["changes"]
        assert change["is_overtaken"] is is_overtaken
    assert ana.list("customer")[0]["remark"] == "周日在家"


def test_of_two_copies_that_come_back_the_second_undoes_nothing_of_the_first(ana: Device, lent: Path) -> None:
    copy = lent.with_name("copy.xlsx")
    copy.write_bytes(lent.read_bytes())
    ana.ask("import", edited(lent, put(2, "附加备注", "周六在家"), put(3, "标签", "急")))
    told = ana.ask("import", edited(copy, put(2, "年龄", 42), put(3, "标签", "有狗")))
    assert told_changes(told) == [("age", "42"), ("tags", "有狗")]
    first, second, _ = ana.list("customer")
    assert (first["remark"], first["age"], second["tags"]) == ("周六在家", 42, ["急", "有狗"])


def turned_round(sheet: Worksheet) -> None:
    """Sorted by the name backwards, and the columns the other way round."""
    header, *rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    sheet.delete_rows(1, sheet.max_row)
    for row in [header, *rows[::-1]]:
        sheet.append(row[::-1])


def test_rows_and_columns_may_be_moved(ana: Device, lent: Path) -> None:
    told = ana.ask("import", edited(lent, turned_round, put(2, "附加备注", "周六在家")))
    assert told_changes(told) == [("remark", "周六在家")]
    assert [record["remark"] for record in ana.list("customer")] == [None, None, "周六在家"]


def test_a_column_may_be_deleted_or_added_and_a_renamed_one_is_named_by_whoever_brings_it(
    ana: Device, lent: Path
) -> None:
    def reshaped(sheet: Worksheet) -> None:
        sheet.cell(1, place_of(sheet, "年龄")).value = "岁数"
        sheet.delete_cols(place_of(sheet, "联系电话"))
        sheet.insert_cols(1)
        sheet["A1"], sheet["A2"] = "我的标记", "√"

    told = ana.ask("import", edited(lent, reshaped, put(2, "岁数", 42)))
    assert (told["changes"], told["refused"]) == ([], [])
    assert set(told["columns_gone"]) == {"联系电话", "年龄"}
    assert told_changes(ana.ask("import", str(lent), "--column", "岁数=age")) == [("age", "42")]
    assert all(record["mobile"] for record in ana.list("customer"))


def without_base(file: Path) -> str:
    book = load_workbook(file)
    del book["_visits_base"]
    book.save(file)
    return str(file)


def as_csv(file: Path) -> str:
    rows = load_workbook(file).worksheets[0].iter_rows(values_only=True)
    with file.with_suffix(".csv").open("w", encoding="utf-8-sig", newline="") as out:
        csv.writer(out).writerows(rows)
    return str(file.with_suffix(".csv"))


def copied_out(file: Path) -> str:
    book, fresh = load_workbook(file), Workbook()
    for row in book.worksheets[0].iter_rows(values_only=True):
        fresh.worksheets[0].append(row)
    fresh.save(file)
    return str(file)


@pytest.mark.parametrize("lose", [without_base, as_csv, copied_out])
def test_a_workbook_that_has_lost_its_base_is_refused_and_makes_nobody_twice(
    ana: Device, lent: Path, lose: Callable[[Path], str]
) -> None:
    assert "重新导出" in ana.refuse(2, "import", lose(lent))["message"]
    assert len(ana.list("customer")) == 3


@pytest.mark.parametrize("harm", ["x", "A", ""])
def test_a_base_that_somebody_altered_is_refused(ana: Device, lent: Path, harm: str) -> None:
    book = load_workbook(lent)
    cell = book["_visits_base"]["A1"]
    text = str(cell.value)
    cell.value = text[:60] + (harm if text[60] != harm else "B") + text[61:]
    book.save(lent)
    assert ana.refuse(2, "import", str(lent))["why"] == "book_altered"


@pytest.mark.parametrize(
    ("content", "why"), [("2.abc", "book_version"), ("1.zzzzzzzz.x", "book_elsewhere"), ("rubbish", "book_elsewhere")]
)
def test_a_base_of_another_form_or_device_is_refused(ana: Device, lent: Path, content: str, why: str) -> None:
    book = load_workbook(lent)
    book["_visits_base"]["A1"] = content
    book.save(lent)
    assert ana.refuse(2, "import", str(lent))["why"] == why


def test_rows_that_cannot_be_told_apart_are_named_and_the_others_taken(ana: Device, lent: Path) -> None:
    def muddled(sheet: Worksheet) -> None:
        sheet["A3"] = sheet["A2"].value
        sheet.append(["0" * 32, "路人"])

    told = ana.ask("import", edited(lent, muddled, put(4, "附加备注", "周六在家")))
    assert [(cell["row"], cell["column"]) for cell in told["refused"]] == [
        (row, "编号（请勿改动）") for row in (2, 3, 5)
    ]
    assert told_changes(told) == [("remark", "周六在家")]


def test_without_the_column_of_ids_nobody_knows_whose_a_row_is(ana: Device, lent: Path) -> None:
    assert ana.refuse(2, "import", edited(lent, lambda sheet: sheet.delete_cols(1)))["why"] == "book_no_ids"


def test_a_record_that_this_device_deleted_since_stays_deleted(ana: Device, lent: Path) -> None:
    ana.ask("delete", "customer", ana.list("customer")[0]["id"])
    told = ana.ask("import", edited(lent, put(2, "附加备注", "周六在家")))
    assert [cell["row"] for cell in told["refused"]] == [2]
    assert (told["changes"], len(ana.list("customer"))) == ([], 2)


def test_it_comes_back_after_another_pin_and_another_key(ana: Device, lent: Path) -> None:
    ana.ask("rotate-key")
    ana.ask("change-pin", FIELD_APP_NEW_PIN="730914")
    ana.pin = "730914"
    assert ana.ask("import", edited(lent, put(2, "附加备注", "周六在家")))["changed"] == 1


def test_an_export_in_full_for_a_round_trip_is_written_down_and_runs_no_formula(ana: Device, tmp_path: Path) -> None:
    ana.add("customer", "name=张三", "remark==cmd()")
    file = lend(ana, tmp_path / "book.xlsx")
    assert [told["reason"] for told in ana.ask("disclosures")["disclosures"]] == ["核对"]
    cells = [cell for row in load_workbook(file).worksheets[0].iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert "'=cmd()" in [cell.value for cell in cells]
    assert ana.ask("import", str(file))["changes"] == []


def test_a_round_trip_is_a_workbook(ana: Device, tmp_path: Path) -> None:
    assert ana.refuse(2, "export", "customer", str(tmp_path / "x.csv"), "--round-trip")["field"] == "file"


def test_what_is_not_anybodys_to_change_is_refused_by_row(enrolled: Enrol, tmp_path: Path) -> None:
    ana = enrolled("ana")
    customer = ana.add("customer", "name=张三")
    ana.add("visit", f"customer_id={customer}", "outcome=sold", "content=x")
    file = tmp_path / "visits.xlsx"
    ana.ask("export", "visit", str(file), "--round-trip")
    told = ana.ask("import", edited(file, put(2, "审核状态", "已通过")))
    assert [cell["row"] for cell in told["refused"]] == [2]
    assert told["changes"] == []


def test_a_file_saved_on_another_day_zero_says_the_same_days(ana: Device, lent: Path) -> None:
    book = load_workbook(lent)
    book.epoch = datetime(1904, 1, 1)
    book.worksheets[0].cell(2, place_of(book.worksheets[0], "联系方式核实日期")).value = date(2024, 9, 10)
    book.save(lent)
    assert ana.ask("import", str(lent))["changes"] == []


def test_a_masked_export_read_in_as_a_plain_table_brings_no_masked_value(ana: Device, tmp_path: Path) -> None:
    ana.add("customer", "name=张三", "email=zhang@example.cn")
    ana.ask("export", "customer", str(tmp_path / "out.csv"))
    told = ana.refuse(2, "import", str(tmp_path / "out.csv"))
    assert [(cell["row"], cell["column"]) for cell in told["rows"]] == [(2, "电子邮箱")]
    assert "脱敏" in told["message"]
