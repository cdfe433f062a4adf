"""Customers from a file, by the operator's command."""

import csv

import pytest
from openpyxl import Workbook

from sync_server.importing import record_of_import
from tests.server.running import Operator

ROWS = [["名单"], ["户主", "手机", "年龄"], ["张三", 13800000000, 41], ["李四", "1.38E+10", 36], ["王芳", "", 13]]


@pytest.fixture
def operator(tmp_path):
    operator = Operator(tmp_path)
    operator.says("init")
    operator.says("add-person", "--name", "安娜", "--role", "rep", "--team", "east")
    return operator


@pytest.fixture
def book(tmp_path):
    made = Workbook()
    for row in ROWS:
        made.worksheets[0].append(row)
    made.worksheets[0].title = "客户"
    made.create_sheet("旧客户").append(["客户姓名", "联系电话"])
    made["旧客户"].append(["赵六", 13900000000])
    made.save(tmp_path / "book.xlsx")
    return str(tmp_path / "book.xlsx")


def imports(operator, book, *more, **said):
    return operator.says("import", book, "--team", "east", "--sheet", "客户", "--column", "户主=name", *more, **said)


def test_a_sheet_of_a_workbook_comes_in_and_the_error_file_names_its_wrong_cells(operator, book, tmp_path):
    told = imports(operator, book, "--errors", str(tmp_path / "errors.csv"))
    assert told["imported"] == 1
    assert [(one["row"], one["column"], one["code"]) for one in told["refused"]] == [
        (4, "手机", "table_rounded"),
        (5, "", "guardian"),
        (5, "", "guardian"),
    ]
    header, first, *_ = csv.reader((tmp_path / "errors.csv").read_text("utf-8-sig").splitlines())
    assert (header, first[:2]) == (["行", "列", "说明"], ["4", "手机"])


def test_a_workbook_of_several_lists_asks_which(operator, book):
    assert (
        "旧客户"
        in operator.says("import", book, "--team", "east", "--column", "户主=name", status=2)["error"]["message"]
    )


@pytest.mark.parametrize("column", ["户主=nowhere", "户主"])
def test_a_column_that_is_no_field_is_refused(operator, book, column):
    operator.says("import", book, "--team", "east", "--sheet", "客户", "--column", column, status=2)


def test_all_or_none_brings_nobody_in_for_one_wrong_cell(operator, book):
    assert imports(operator, book, "--all-or-none")["imported"] == 0
    assert imports(operator, book)["imported"] == 1


def test_one_import_is_taken_back_and_may_come_in_again(operator, book):
    first = imports(operator, book)
    other = operator.says("import", book, "--team", "east", "--sheet", "旧客户")
    assert operator.says("revert-import", first["import"], "--team", "east") == {"removed": 1, "stay": []}
    assert operator.says("revert-import", first["import"], "--team", "east") == {"removed": 0, "stay": []}
    assert (imports(operator, book)["imported"], imports(operator, book)["known"]) == (1, 1)
    again = operator.says("import", book, "--team", "east", "--sheet", "旧客户")
    assert (other["imported"], again["known"]) == (1, 1)


@pytest.mark.parametrize("unknown", ["0" * 32, "x"])
def test_an_import_nobody_made_is_not_found(operator, unknown):
    assert operator.says("revert-import", unknown, "--team", "east", status=2)["error"]["code"] == "not_found"


def test_the_rules_say_of_a_customer_what_a_phone_would_and_of_nobody_elses(operator, tmp_path):
    (tmp_path / "list.csv").write_text("客户姓名,购买意向,购买力\n韩梅,感兴趣,3\n", "utf-8")
    made = operator.says("import", str(tmp_path / "list.csv"), "--team", "east")
    customer = record_of_import(made["import"], 0)
    told = operator.says("why", customer, "--team", "east")
    assert (told["grade"]["is"], told["prospect"]["score"], told["stage"]["is"]) == ("C", 58, "lead")
    assert len(told["prospect"]["why"]) == 4
    operator.says("add-person", "--name", "本", "--role", "rep", "--team", "west")
    assert operator.says("why", customer, "--team", "west", status=2)["error"]["code"] == "not_found"


def test_a_stage_that_a_file_says_is_told_and_stands(operator, tmp_path):
    (tmp_path / "list.csv").write_text("客户姓名,生命周期阶段\n韩梅,忠诚客户\n李雷,\n", "utf-8")
    made = operator.says("import", str(tmp_path / "list.csv"), "--team", "east")["import"]
    loyal, lead = (operator.says("why", record_of_import(made, n), "--team", "east")["stage"]["is"] for n in (0, 1))
    assert (loyal, lead) == ("loyal", "lead")
