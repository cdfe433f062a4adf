"""Customers' stages after tables, lines and workbooks: as if each row had been written down by hand."""

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.app.device import Device

NAMES = ("张三", "李四", "王五")
BOUGHT = (("张三", "2026-11-20"), ("李四", "2026-11-19"), ("张三", "2026-11-18"), ("王五", "2024-01-02"))


@pytest.fixture
def customers(ana: Device) -> dict[str, str]:
    return {name: ana.add("customer", f"name={name}", f"mobile=1380000000{n}") for n, name in enumerate(NAMES)}


def stages(device: Device) -> dict[str, str]:
    return {one["name"]: one["lifecycle_stage"] for one in device.list("customer")}


def moves(device: Device, customer: str) -> list[tuple[str, str, str]]:
    told = device.list("lifecycle_event", "--where", f"customer_id={customer}")
    return [(one["from"], one["to"], one["cause"]) for one in told]


def a_table(tmp_path: Path, *rows: str) -> str:
    file = tmp_path / "table.csv"
    file.write_text("\n".join(rows), "utf-8")
    return str(file)


def purchases(customers: dict[str, str], *bought: tuple[str, str]) -> list[str]:
    return ["客户,购买日期(yyyy-mm-dd),产品名称,购买金额", *(f"{customers[who]},{day},手表,10" for who, day in bought)]


def test_purchases_of_a_table_move_stages_as_by_hand(ana: Device, customers: dict[str, str], tmp_path: Path) -> None:
    ana.ask("import", a_table(tmp_path, *purchases(customers, *BOUGHT)), "--kind", "purchase")
    assert stages(ana) == {"张三": "active", "李四": "new", "王五": "churned"}
    assert moves(ana, customers["张三"]) == [("lead", "active", "rule")]


def test_lines_that_come_together_move_stages_as_by_hand(ana: Device, customers: dict[str, str]) -> None:
    said = ({"customer_id": customers[who], "purchase_date": day, "product_name": "手表"} for who, day in BOUGHT)
    ana.lines("purchase", *map(json.dumps, said))
    assert stages(ana) == {"张三": "active", "李四": "new", "王五": "churned"}
    assert moves(ana, customers["张三"]) == [("lead", "active", "rule")]


def test_visits_of_a_table_move_stages_as_by_hand(ana: Device, customers: dict[str, str], tmp_path: Path) -> None:
    rows = (f"{customers[who]},2026-11-20 10:00,{came}" for who, came in (("张三", "感兴趣"), ("李四", "无人在家")))
    ana.ask("import", a_table(tmp_path, "客户,到访时间,拜访结果", *rows), "--kind", "visit")
    assert stages(ana) == {"张三": "prospect", "李四": "lead", "王五": "lead"}


def test_a_new_customer_of_a_table_has_its_stage_told(ana: Device, tmp_path: Path) -> None:
    ana.ask("import", a_table(tmp_path, "客户姓名,生命周期阶段", "赵六,忠诚客户", "钱七,"))
    told = ana.list("lifecycle_event")
    assert [(one["from"], one["to"], one["cause"]) for one in told] == [("lead", "loyal", "manual")]


def test_an_import_taken_back_takes_its_stages_back(ana: Device, customers: dict[str, str], tmp_path: Path) -> None:
    file = a_table(tmp_path, *purchases(customers, *BOUGHT))
    made = ana.ask("import", file, "--kind", "purchase")["import"]
    ana.ask("revert-import", made)
    assert set(stages(ana).values()) == {"lead"}


def test_a_purchase_in_the_bin_counts_no_longer_and_counts_again_when_it_is_taken_out(
    ana: Device, customers: dict[str, str]
) -> None:
    said = (f"customer_id={customers['张三']}", "purchase_date=2026-11-20", "product_name=手表")
    bought = ana.add("purchase", *said)
    ana.ask("delete", "purchase", bought)
    assert stages(ana)["张三"] == "lead"
    ana.ask("restore-record", "purchase", bought)
    assert stages(ana)["张三"] == "new"


def test_a_purchase_that_was_somebody_elses_moves_both(ana: Device, customers: dict[str, str]) -> None:
    said = (f"customer_id={customers['张三']}", "purchase_date=2026-11-20", "product_name=手表")
    bought = ana.add("purchase", *said)
    ana.ask("set", "purchase", bought, f"customer_id={customers['李四']}")
    assert stages(ana) == {"张三": "lead", "李四": "new", "王五": "lead"}


def test_a_workbook_of_purchases_that_comes_back_moves_stages(
    ana: Device, customers: dict[str, str], tmp_path: Path
) -> None:
    ana.ask("import", a_table(tmp_path, *purchases(customers, *BOUGHT[:3])), "--kind", "purchase")
    ana.clock.passes(1000)
    file = tmp_path / "book.xlsx"
    ana.ask("export", "purchase", str(file), "--round-trip", "--reason", "核对")
    edit(file, lambda day: "2025-01-01")
    told = ana.ask("import", str(file))
    assert len(told["changes"]) == 3
    assert stages(ana) == {"张三": "churned", "李四": "churned", "王五": "lead"}
    ana.ask("revert-import", told["import"])
    assert stages(ana) == {"张三": "active", "李四": "new", "王五": "lead"}


def edit(file: Path, said: Any) -> None:
    book = load_workbook(file)
    sheet = book.worksheets[0]
    place = next(cell.column for cell in sheet[1] if "日期" in str(cell.value))
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, place).value = said(sheet.cell(row, place).value)
    book.save(file)
