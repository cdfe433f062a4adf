"""Does a table leave as a person wishes, masked unless there is a reason, and in full only locked and written down?"""

import io

import flet as ft
import pytest
from msoffcrypto import OfficeFile
from openpyxl import load_workbook

from field_app.actions import tables_here
from field_app.actions.book_in import take_book
from field_app.actions.disclosing import disclosed
from field_app.actions.importing import Asked
from field_app.local_store import LocalStore
from field_app.screens.look import Look
from field_app.screens.tables.going_out import going_out_screen
from tests.screens.doing import Doing, Slow
from tests.screens.driver import Deed
from tests.screens.neighbours import a_customer, a_rep, a_street


@pytest.fixture
def store(tmp_path):
    made: LocalStore = a_rep(tmp_path).store
    a_customer(made, "张三", "13800001234", address_detail="幸福路 12 号")
    a_customer(made, "李四", "13900005678")
    return made


def opened(window, store, about="", do=None):
    do = do or Doing(store)
    return window(going_out_screen, tables_here.load_out(store, about), do, Look()), do


def cells(content):
    return [[each for each in row if each] for row in load_workbook(io.BytesIO(content)).active.values]


def test_a_workbook_leaves_masked_and_nothing_is_written_down(window, store):
    page, do = opened(window, store)
    page.tap("导出")
    assert do.outside.saved.keys() == {"客户-2026-11-21.xlsx"}
    said = str(cells(do.outside.saved["客户-2026-11-21.xlsx"]))
    assert "138****1234" in said
    assert "13800001234" not in said
    assert disclosed(store) == []
    assert do.said == ["已导出 2 条：客户-2026-11-21.xlsx"]


def test_a_csv_file_leaves_with_those_alone_whom_the_list_would_find(window, store):
    page, do = opened(window, store, "幸福路")
    assert page.sees("将导出 1 位，共 2 位")
    page.tap("CSV")
    page.tap("导出")
    said = do.outside.saved["客户-2026-11-21.csv"].decode("utf-8-sig")
    assert "张三" in said
    assert "李四" not in said


def test_where_nobody_is_found_nothing_can_be_exported(window, store):
    page, _ = opened(window, store)
    page.type("只导出符合的", "没有这个人")
    assert "导出" not in page.names()


def test_what_is_typed_is_heard_although_a_redraw_has_just_put_the_old_words_back(window, store):
    page, _ = opened(window, store)

    def late(label, words):
        return Deed(page.labelled(label, ft.TextField), "change", words)

    page.at_once(late("只导出符合的", "幸福路"))
    assert page.sees("将导出 1 位，共 2 位")
    page.tap("完整")
    page.at_once(late("原因", "交接"))
    page.at_once(late("文件密码", "春风-42-春风"))
    page.tap("导出")
    assert [line["reason"] for line in disclosed(store)] == ["交接"]


def test_in_full_a_table_asks_for_reason_and_password_and_leaves_locked(window, store):
    page, do = opened(window, store)
    page.tap("完整")
    page.tap("导出")
    assert page.sees("请写明原因")
    page.type("原因", "交接给李主管")
    page.type("文件密码", "短")
    page.tap("导出")
    assert page.sees("密码至少 8 个字符")
    assert do.outside.saved == {}
    assert disclosed(store) == []
    page.type("文件密码", "春风-42-春风")
    page.tap("导出")
    office, clear = OfficeFile(io.BytesIO(do.outside.saved["客户-2026-11-21.xlsx"])), io.BytesIO()
    office.load_key(password="春风-42-春风", verify_password=True)
    office.decrypt(clear, verify_integrity=True)
    assert "13800001234" in str(cells(clear.getvalue()))
    [line] = disclosed(store)
    assert (line["purpose"], line["reason"], line["records"]) == ("exported", "交接给李主管", 2)


def test_in_full_no_table_leaves_as_plain_text(window, store):
    page, do = opened(window, store)
    page.tap("完整")
    page.tap("CSV")
    page.tap("导出")
    assert "138****1234" in do.outside.saved["客户-2026-11-21.csv"].decode("utf-8-sig")
    page.tap("完整")
    page.tap("导出")
    assert page.sees("请写明原因")


def test_a_workbook_that_is_to_come_back_is_known_again(window, store):
    page, do = opened(window, store)
    page.tap("往返")
    assert page.sees("只收下改过的格子")
    page.tap("导出")
    taken = take_book(store, do.outside.saved["客户-往返-2026-11-21.xlsx"], Asked(dry_run=True))
    assert taken is not None
    assert (taken.rows, taken.changes) == (2, ())


def test_another_kind_without_masks_asks_nothing_of_them(window, store):
    page, do = opened(window, store)
    page.select("导出什么", "product")
    assert not page.sees("号码和邮箱")
    page.tap("导出")
    assert list(do.outside.saved) == ["产品-2026-11-21.xlsx"]


def test_whoever_keeps_no_file_is_told_so(window, store):
    page, do = opened(window, store)
    do.outside.can = False
    page.tap("导出")
    assert do.said == ["没有保存文件"]
    assert page.sees("文件形式")


def test_an_export_that_is_stopped_leaves_no_file_and_no_line_in_the_log(window, store):
    a_street(store, 60)
    do = Slow(store)
    page, _ = opened(window, store, do=do)
    page.tap("完整")
    page.type("原因", "交接")
    page.type("文件密码", "春风-42-春风")
    page.tap("导出")
    assert page.sees("正在生成文件")
    page.tap("取消")
    do.may_go.set()
    page.settle()
    assert page.sees("已停止")
    assert do.outside.saved == {}
    assert disclosed(store) == []


def test_only_those_of_a_place_leave(window, store):
    a_customer(store, "Jean", "13700001111", is_international=True)
    page, do = opened(window, store)
    page.tap("境外 1")
    assert page.sees("将导出 1 位，共 3 位")
    page.tap("CSV")
    page.tap("导出")
    said = do.outside.saved["客户-2026-11-21.csv"].decode("utf-8-sig")
    assert "Jean" in said
    assert "李四" not in said
