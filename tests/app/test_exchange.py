"""Tables in and out of this device."""

import csv
import io
from pathlib import Path

import pytest
from msoffcrypto import OfficeFile
from msoffcrypto.exceptions import InvalidKeyError
from openpyxl import Workbook, load_workbook
from tinydb import TinyDB

from tests.app.device import Device

HEADER = "客户姓名,联系电话,电子邮箱,家庭住址"


def a_file(tmp_path: Path, *rows: str, encoding: str = "utf-8") -> str:
    path = tmp_path / "customers.csv"
    path.write_bytes("\r\n".join([HEADER, *rows]).encode(encoding))
    return str(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_customers_come_in_whatever_excel_made_of_the_file(ana: Device, tmp_path: Path, encoding: str) -> None:
    file = a_file(tmp_path, '张三,138-0000-0000,a@b.cn,"北京,朝阳\n3号楼 ""甲"""', "李四,,,", encoding=encoding)
    told = ana.ask("import", file)
    assert (told["rows"], told["imported"]) == (2, 2)
    zhang, li = ana.list("customer")
    assert (zhang["mobile"], zhang["address_detail"]) == ("+8613800000000", '北京,朝阳 3号楼 "甲"')
    assert li["profile_status"] == "incomplete"


WRONG_CELLS = ("李四,12345,,", "王五,13900000000,not-mail,")


def test_good_rows_come_in_and_each_wrong_cell_is_named_by_row_and_column(ana: Device, tmp_path: Path) -> None:
    told = ana.ask("import", a_file(tmp_path, "张三,13800000000,,", *WRONG_CELLS))
    assert [(cell["row"], cell["column"]) for cell in told["refused"]] == [(3, "联系电话"), (4, "电子邮箱")]
    assert told["refused"][0]["message"] == "请输入正确的11位手机号码"
    assert [record["name"] for record in ana.list("customer")] == ["张三"]


def test_all_or_none_refuses_the_file_for_one_wrong_cell(ana: Device, tmp_path: Path) -> None:
    error = ana.refuse(2, "import", a_file(tmp_path, "张三,13800000000,,", *WRONG_CELLS), "--all-or-none")
    assert [(cell["row"], cell["column"]) for cell in error["rows"]] == [(3, "联系电话"), (4, "电子邮箱")]
    assert ana.list("customer") == []


def test_a_file_without_one_good_row_is_refused(ana: Device, tmp_path: Path) -> None:
    assert len(ana.refuse(2, "import", a_file(tmp_path, *WRONG_CELLS))["rows"]) == 2


def test_a_dry_run_keeps_nothing(ana: Device, tmp_path: Path) -> None:
    told = ana.ask("import", a_file(tmp_path, "张三,13800000000,,"), "--dry-run")
    assert (told["rows"], told["imported"]) == (1, 0)
    assert ana.list("customer") == []


def test_an_import_is_one_commit(ana: Device, tmp_path: Path) -> None:
    before = ana.ask("verify")["commits"]
    ana.ask("import", a_file(tmp_path, *(f"客户{n}甲,138{n:08d},," for n in range(200))))
    assert ana.ask("verify")["commits"] == before + 1
    assert ana.ask("status")["waiting"] == 200


@pytest.mark.parametrize("content", [b"", b"\xff\xff\xff", b"a,b\n1,2\n", b'name\n"open', b"name,mobile\na,b,c\n"])
def test_a_file_that_is_no_table_of_customers_is_refused(ana: Device, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bad.csv"
    path.write_bytes(content)
    assert ana.refuse(2, "import", str(path))["code"] == "not_valid"


@pytest.mark.parametrize("name", ["missing.csv", "", "\x00"])
def test_a_file_that_cannot_be_read_is_not_found(ana: Device, tmp_path: Path, name: str) -> None:
    assert ana.refuse(2, "import", str(tmp_path / name))["code"] == "not_found"


def test_what_is_exported_equals_what_was_entered_and_runs_no_formula(ana: Device, tmp_path: Path) -> None:
    customer = ana.add("customer", "name=张三", "mobile=13800000000", "remark==cmd()|'x'!A1", "gender=male")
    file = tmp_path / "out.csv"
    assert ana.ask("export", "customer", str(file), "--reason", "交接")["exported"] == 1
    (row,) = csv.DictReader(io.StringIO(file.read_text("utf-8-sig")))
    assert (row["id"], row["客户姓名"], row["联系电话"], row["性别"]) == (customer, "张三", "13800000000", "男")
    assert row["附加备注"] == "'=cmd()|'x'!A1"
    ana.ask("delete", "customer", customer)
    again = ana.ask("import", str(file))["ids"][0]
    assert ana.get("customer", again)["remark"] == "=cmd()|'x'!A1"


def test_a_file_that_cannot_be_written_is_refused_in_words(ana: Device, tmp_path: Path) -> None:
    ana.add("customer", "name=张三")
    assert ana.refuse(2, "export", "customer", str(tmp_path / "no" / "folder" / "x.csv"))["field"] == "file"


def test_a_workbook_comes_in_and_its_wrong_cell_is_named(ana: Device, tmp_path: Path) -> None:
    book = Workbook()
    for row in (["客户名录"], HEADER.split(","), ["张三", 13800000000], ["李四", "1.38E+10"]):
        book.active.append(row)
    book.save(tmp_path / "customers.xlsx")
    told = ana.ask("import", str(tmp_path / "customers.xlsx"), "--sheet", "Sheet")
    assert (told["rows"], told["imported"]) == (2, 1)
    assert [(cell["row"], cell["column"]) for cell in told["refused"]] == [(4, "联系电话")]
    assert [record["mobile"] for record in ana.list("customer")] == ["+8613800000000"]


def test_what_was_said_of_a_column_is_remembered_for_the_next_file(ana: Device, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("户主,联系电话,星座\n张三,13800000000,白羊\n", "utf-8")
    assert "客户姓名" in ana.refuse(2, "import", str(file))["message"]
    ana.ask("import", str(file), "--column", "户主=name")
    file.write_text("户主,联系电话\n李四,13900000000\n", "utf-8")
    assert ana.ask("import", str(file))["imported"] == 1
    assert {record["name"] for record in ana.list("customer")} == {"张三", "李四"}


def test_a_column_may_be_left_out_and_an_unknown_field_is_refused(ana: Device, tmp_path: Path) -> None:
    file = a_file(tmp_path, "张三,13800000000,,幸福路1号")
    assert ana.refuse(2, "import", file, "--column", "家庭住址=nowhere")["field"] == "nowhere"
    assert ana.refuse(2, "import", file, "--column", "家庭住址")["code"] == "not_valid"
    ana.ask("import", file, "--column", "家庭住址=")
    assert ana.list("customer")[0]["address_detail"] is None


def test_a_dry_run_shows_the_columns_and_the_first_rows_and_remembers_nothing(ana: Device, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("户主,手机,星座\n张三,13800000000,白羊\n李四,12,\n", "utf-8")
    told = ana.ask("import", str(file), "--column", "户主=name", "--dry-run")
    assert told["columns"] == {"户主": "name", "手机": "mobile", "星座": ""}
    assert told["preview"] == [{"name": "张三", "mobile": "+8613800000000"}, {"name": "李四"}]
    assert [cell["row"] for cell in told["refused"]] == [3]
    ana.refuse(2, "import", str(file))


def test_the_error_file_names_row_column_and_why_and_runs_no_formula(ana: Device, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("姓名,=CMD()\n张三,12345\n李四,13900000000\n", "utf-8")
    errors = tmp_path / "errors.csv"
    ana.ask("import", str(file), "--column", "=CMD()=mobile", "--errors", str(errors))
    (row,) = csv.reader(io.StringIO(errors.read_text("utf-8-sig").partition("\n")[2]))
    assert row == ["2", "'=CMD()", "请输入正确的11位手机号码"]
    assert errors.read_text("utf-8-sig").startswith("行,列,说明")


def test_the_error_file_is_written_for_a_file_that_is_refused_as_a_whole_too(ana: Device, tmp_path: Path) -> None:
    errors = tmp_path / "errors.csv"
    ana.refuse(2, "import", a_file(tmp_path, *WRONG_CELLS), "--errors", str(errors))
    assert len(errors.read_text("utf-8-sig").splitlines()) == 3


def test_rows_that_name_somebody_a_second_time_are_marked(ana: Device, tmp_path: Path) -> None:
    known = ana.add("customer", "name=张三", "mobile=13800000000")
    ana.add("customer", "name=王五", "address_detail=幸福小区3栋2单元501室")
    rows = (
        "张三三,138 0000 0000,,",
        "李四,13900000000,,",
        "李思,13900000000,,",
        "王 五,,,幸福小区3栋2单元501室",
        "赵六,,,",
    )
    told = ana.ask("import", a_file(tmp_path, *rows), "--skip-duplicates")
    assert [(each["row"], each["by"]) for each in told["duplicates"]] == [
        (2, "number"),
        (4, "number"),
        (5, "name_and_door"),
    ]
    assert (told["duplicates"][0]["id"], told["duplicates"][1]["first_row"]) == (known, 3)
    assert (told["rows"], told["imported"]) == (5, 2)


def test_duplicates_come_in_where_nobody_says_otherwise(ana: Device, tmp_path: Path) -> None:
    told = ana.ask("import", a_file(tmp_path, "张三,13800000000,,", "张三,13800000000,,"))
    assert (told["imported"], len(told["duplicates"])) == (2, 1)


def test_one_import_is_taken_back_and_nothing_else(ana: Device, tmp_path: Path) -> None:
    ana.add("customer", "name=老客户")
    ana.ask("import", a_file(tmp_path, "张三,,,"))
    told = ana.ask("import", a_file(tmp_path, "李四,,,", "王五,,,", "赵六,,,", "孙七,,,"))
    changed, visited, binned, _ = told["ids"]
    ana.ask("set", "customer", changed, "remark=很重要")
    ana.add("visit", f"customer_id={visited}", "outcome=sold", "content=x")
    ana.ask("delete", "customer", binned)
    before = ana.ask("verify")["commits"]
    back = ana.ask("revert-import", told["import"])
    assert (back["removed"], set(back["stay"])) == (1, {changed, visited})
    assert ana.ask("verify")["commits"] == before + 1
    assert {record["name"] for record in ana.list("customer")} == {"老客户", "张三", "李四", "王五"}
    assert [each["reverted"] for each in ana.ask("imports")["imports"]] == [False, True]
    assert ana.ask("revert-import", told["import"])["removed"] == 0


def test_an_import_that_was_synced_is_taken_back_everywhere(ana: Device, tmp_path: Path) -> None:
    told = ana.ask("import", a_file(tmp_path, "张三,13800000000,,"))
    ana.sync()
    assert ana.ask("revert-import", told["import"])["removed"] == 1
    assert ana.list("customer") == []


@pytest.mark.parametrize("unknown", ["0" * 32, "x", ""])
def test_an_import_nobody_made_is_not_found(ana: Device, unknown: str) -> None:
    assert ana.refuse(2, "revert-import", unknown)["code"] == "not_found"


def cells_of(content: bytes) -> list[list[object]]:
    sheet = load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


@pytest.mark.parametrize("name", ["out.csv", "out.xlsx"])
def test_an_export_masks_numbers_and_mailboxes_and_is_not_in_the_log(ana: Device, tmp_path: Path, name: str) -> None:
    ana.add("customer", "name=张三", "mobile=13800000000", "email=ana@example.cn")
    file = tmp_path / name
    assert ana.ask("export", "customer", str(file))["masked"] is True
    content = file.read_bytes()
    written = str(cells_of(content)) if name.endswith("xlsx") else content.decode("utf-8-sig")
    assert "138****0000" in written
    assert "a****@example.cn" in written
    assert "13800000000" not in written
    assert ana.ask("disclosures")["disclosures"] == []


def test_an_export_in_full_is_written_down_with_its_reason_and_without_a_value(ana: Device, tmp_path: Path) -> None:
    ana.add("customer", "name=张三", "mobile=13800000000")
    assert ana.ask("export", "customer", str(tmp_path / "out.xlsx"), "--reason", "交接给李明")["masked"] is False
    (told,) = ana.ask("disclosures")["disclosures"]
    assert (told["purpose"], told["kind"], told["reason"], told["records"]) == ("exported", "customer", "交接给李明", 1)
    assert "13800000000" not in str(told)


def test_a_workbook_that_is_read_in_again_is_written_equal_and_runs_no_formula(ana: Device, tmp_path: Path) -> None:
    ana.add("customer", "name=张三", "mobile=13800000000", "remark==cmd()|'x'!A1", 'tags:=["老客户","007"]')
    ana.add("customer", "name=李四", "remark=第一行\n 第二行", "verified_at=2024-09-10", "age=41")
    first, again = tmp_path / "first.xlsx", tmp_path / "again.xlsx"
    ana.ask("export", "customer", str(first), "--reason", "核对")
    book = load_workbook(first)
    assert not [cell for row in book.worksheets[0].iter_rows() for cell in row if cell.data_type == "f"]
    for record in ana.list("customer"):
        ana.ask("delete", "customer", record["id"])
    assert ana.ask("import", str(first))["imported"] == 2
    ana.ask("export", "customer", str(again), "--reason", "核对")
    before, after = (sorted(str(row[1:]) for row in cells_of(file.read_bytes())) for file in (first, again))
    assert before == after


def test_a_locked_workbook_opens_with_its_password_alone(ana: Device, tmp_path: Path) -> None:
    ana.add("customer", "name=张三", "mobile=13800000000")
    file = tmp_path / "out.xlsx"
    ana.ask("export", "customer", str(file), "--reason", "交接", FIELD_APP_FILE_PASSWORD="春风-42")
    assert "workbook_locked" in str(ana.refuse(2, "import", str(file)))
    office, clear = OfficeFile(io.BytesIO(file.read_bytes())), io.BytesIO()
    office.load_key(password="春风-42", verify_password=True)
    office.decrypt(clear, verify_integrity=True)
    assert "13800000000" in str(cells_of(clear.getvalue()))
    with pytest.raises(InvalidKeyError):
        OfficeFile(io.BytesIO(file.read_bytes())).load_key(password="春风-43", verify_password=True)


def test_a_locked_workbook_comes_in_with_its_password_and_a_wrong_one_is_told(ana: Device, tmp_path: Path) -> None:
    customer = ana.add("customer", "name=张三", "mobile=13800000000")
    file = tmp_path / "out.xlsx"
    ana.ask("export", "customer", str(file), "--reason", "交接", FIELD_APP_FILE_PASSWORD="春风-42")
    ana.ask("delete", "customer", customer)
    told = ana.refuse(2, "import", str(file), FIELD_APP_FILE_PASSWORD="春风-43")
    assert "workbook_password" in str(told)
    assert ana.ask("import", str(file), FIELD_APP_FILE_PASSWORD="春风-42")["imported"] == 1
    assert [each["mobile"] for each in ana.list("customer")] == ["+8613800000000"]


def test_a_locked_workbook_that_is_damaged_is_refused_in_words(ana: Device, tmp_path: Path) -> None:
    ana.add("customer", "name=张三")
    file = tmp_path / "out.xlsx"
    ana.ask("export", "customer", str(file), FIELD_APP_FILE_PASSWORD="春风-42")
    file.write_bytes(file.read_bytes()[:700])
    assert "workbook_broken" in str(ana.refuse(2, "import", str(file), FIELD_APP_FILE_PASSWORD="春风-42"))
    file.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 of the old form")
    assert ana.refuse(2, "import", str(file), FIELD_APP_FILE_PASSWORD="春风-42")


def test_a_password_for_a_file_that_cannot_have_one_is_refused(ana: Device, tmp_path: Path) -> None:
    file = tmp_path / "out.csv"
    ana.refuse(2, "export", "customer", str(file), FIELD_APP_FILE_PASSWORD="x")
    assert not file.exists()


def test_a_plain_tinydb_file_comes_in_like_any_table(ana: Device, tmp_path: Path) -> None:
    file = tmp_path / "old.json"
    old = TinyDB(file)
    old.table("customers").insert({"name": "张三", "mobile": "138 0000 0000", "age": 41, "tags": ["vip", "老客户"]})
    old.table("customers").insert({"name": "李四", "mobile": "12345"})
    old.table("visits").insert({"note": "x"})
    old.close()
    told = ana.ask("import", str(file), "--sheet", "customers")
    assert (told["rows"], told["imported"]) == (2, 1)
    assert [(cell["row"], cell["column"]) for cell in told["refused"]] == [(3, "mobile")]
    (zhang,) = ana.list("customer")
    assert (zhang["mobile"], zhang["age"], zhang["tags"]) == ("+8613800000000", 41, ["vip", "老客户"])


@pytest.mark.parametrize("content", ["{", '{"t": 3}', '{"t": {"1": 2}}', "{" * 100_000])
def test_what_is_no_tinydb_file_is_refused_whole(ana: Device, tmp_path: Path, content: str) -> None:
    file = tmp_path / "broken.json"
    file.write_text(content)
    assert ana.refuse(2, "import", str(file))["code"] == "not_valid"
