"""Workbooks that other programs saved, read in and out again."""

import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from field_app.vault.kdf import has_argon2id
from tests.app.device import Device
from tests.app.fakes import FakeClock, FakeServer

BOOKS = Path(__file__).with_name("books")


NEEDS_ARGON2ID = pytest.mark.skipif(not has_argon2id(), reason="the lender's store was sealed with Argon2id")


@pytest.fixture
def lender(tmp_path: Path) -> Device:
    """The device that wrote the round-trip workbooks which LibreOffice has saved since."""
    shutil.copytree(BOOKS / "lent_store", tmp_path / "lender")
    clock = FakeClock()
    clock.passes(60_000)
    return Device(tmp_path / "lender", FakeServer(clock), clock)


def test_a_customer_list_saved_by_libreoffice_comes_in_and_its_wrong_cells_are_named(ana: Device) -> None:
    told = ana.ask("import", str(BOOKS / "customers_libreoffice.xlsx"), "--sheet", "客户名录")
    assert [(cell["row"], cell["column"]) for cell in told["refused"]] == [(7, "姓名"), (9, "联系电话")]
    people = {record["name"]: record for record in ana.list("customer")}
    assert {name: record["mobile"][-4:] for name, record in people.items()} == {
        "张三": "0000",
        "李四": "0001",
        "王芳": "0002",
        "孙八": "0004",
    }
    assert {name: record["verified_at"] for name, record in people.items()} == {
        "张三": "2024-09-10",
        "李四": "2024-09-11",
        "王芳": "2024-09-12",
        "孙八": "2024-09-12",
    }
    assert people["李四"]["address_detail"] == people["王芳"]["address_detail"] == "幸福小区5栋1单元301室"
    assert (people["李四"]["remark"], people["张三"]["age"], people["王芳"]["gender"]) == ("张三的邻居", 41, "female")


def test_what_came_from_libreoffice_goes_out_and_in_again_alike(ana: Device, tmp_path: Path) -> None:
    ana.ask("import", str(BOOKS / "customers_libreoffice.xlsx"), "--sheet", "客户名录")
    ana.ask("export", "customer", str(tmp_path / "out.xlsx"), "--round-trip", "--reason", "核对")
    told = ana.ask("import", str(tmp_path / "out.xlsx"))
    assert (told["rows"], told["changes"], told["refused"], told["gone"]) == (4, [], [], [])


def test_a_workbook_with_the_traits_of_wps_comes_in(ana: Device) -> None:
    told = ana.ask("import", str(BOOKS / "customers_like_wps.xlsx"))
    assert [(cell["row"], cell["column"]) for cell in told["refused"]] == [(5, "客户姓名")]
    seen = {record["name"]: (record["mobile"], record["verified_at"]) for record in ana.list("customer")}
    assert seen == {
        "张三": ("+8613800000000", "2024-09-10"),
        "李四": ("+8613900000001", "2024-09-11"),
        "赵六": (None, "2024-09-12"),
    }


@NEEDS_ARGON2ID
def test_libreoffice_keeps_the_base_hidden_and_saving_alone_changes_nothing(lender: Device) -> None:
    file = BOOKS / "lent_saved_by_libreoffice.xlsx"
    assert [sheet.sheet_state for sheet in load_workbook(file).worksheets] == ["visible", "hidden"]
    told = lender.ask("import", str(file))
    assert (told["rows"], told["changes"], told["imported"], told["refused"]) == (3, [], 0, [])
    assert lender.ask("status")["waiting"] == 0


@NEEDS_ARGON2ID
def test_one_cell_edited_in_libreoffice_is_one_change_whatever_it_dressed_anew(lender: Device) -> None:
    told = lender.ask("import", str(BOOKS / "lent_edited_in_libreoffice.xlsx"))
    assert [(change["field"], change["says"]) for change in told["changes"]] == [("remark", "周六在家")]
    assert (told["refused"], lender.ask("status")["waiting"]) == ([], 1)
    assert lender.ask("import", str(BOOKS / "lent_saved_by_libreoffice.xlsx"))["changes"] == []
