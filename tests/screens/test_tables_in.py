"""Does a file come in as a person wants it: looked at, corrected, kept, taken back, and never by halves?"""

import io

import flet as ft
import pytest
from openpyxl import Workbook, load_workbook

from field_app.actions import records, tables_here
from field_app.actions.book_out import lent_table
from field_app.actions.bringing_in import Picked
from field_app.actions.exporting import Wish, written_table
from field_app.places import CUSTOMERS, MINE, Place
from field_app.screens.look import Look
from field_app.screens.tables.coming_in import coming_in_screen
from field_app.screens.tables.hub import tables_screen
from tests.screens.doing import Doing, Slow
from tests.screens.driver import Deed, Window
from tests.screens.house import enter
from tests.screens.neighbours import a_customer, a_rep, a_visit


@pytest.fixture
def phone(tmp_path):
    return a_rep(tmp_path)


def csv(*rows, header="姓名,手机,地址"):
    return "\r\n".join([header, *rows]).encode()


def opened(window, store, content, name="客户.csv", do=None):
    """The screen, with a file chosen."""
    do = do or Doing(store)
    do.outside.to_pick = Picked(name, content) if content is not None else None
    page = window(coming_in_screen, tables_here.load_in(store, ""), do, Look())
    page.tap("选择文件")
    return page, do


def names(store):
    return sorted(str(view.fields["name"]) for view in store.find("customer"))


def test_nothing_is_kept_before_the_person_says_so(window, phone):
    page, _ = opened(window, phone.store, csv("张三,13800000000,幸福路 1 号", "李四,13900000000,幸福路 2 号"))
    assert page.sees("客户.csv")
    assert page.sees("幸福路 2 号")
    assert page.sees("13900000000")
    assert names(phone.store) == []
    page.tap("导入 2 条")
    assert names(phone.store) == ["张三", "李四"]
    assert page.sees("已导入 2 条")


def test_whoever_chooses_no_file_stays_where_he_was(window, phone):
    page, _ = opened(window, phone.store, None)
    assert page.sees("选择文件")


def test_a_column_that_was_guessed_wrongly_is_corrected_and_remembered(window, phone):
    content = csv("张三,13800000000,手表", header="姓名,手机,他想要的")
    page, _ = opened(window, phone.store, content)
    page.select("他想要的", "remark")
    page.tap("导入 1 条")
    assert [view.fields["remark"] for view in phone.store.find("customer")] == ["手表"]
    again, _ = opened(window, phone.store, csv("李四,,耳机", header="姓名,手机,他想要的"))
    assert again.labelled("他想要的", ft.Dropdown).value == "remark"


def test_a_table_whose_names_stand_under_no_known_heading_is_read_once_that_is_said(window, phone):
    page, _ = opened(window, phone.store, csv("张三,13800000000", header="尊姓,手机"))
    assert page.sees("表头里缺少列")
    page.select("尊姓", "name")
    page.tap("导入 1 条")
    assert names(phone.store) == ["张三"]


def test_a_field_that_moves_to_another_column_leaves_the_first(window, phone):
    page, _ = opened(window, phone.store, csv("张三,李四", header="姓名,昵称"))
    page.select("昵称", "name")
    assert page.labelled("姓名", ft.Dropdown).value == ""
    page.tap("导入 1 条")
    assert names(phone.store) == ["李四"]


def test_two_columns_of_one_field_are_told_and_one_is_left_out(window, phone):
    page, _ = opened(window, phone.store, csv("张三,13800000000,13900000000", header="姓名,手机,电话"))
    assert page.sees("出现了两次")
    page.tap("不导入“电话”列")
    page.tap("导入 1 条")
    assert [view.fields["mobile"] for view in phone.store.find("customer")] == ["+8613800000000"]


def test_rows_that_name_somebody_twice_are_left_out_unless_they_are_wanted(window, phone):
    a_customer(phone.store, "张三", "13800000000")
    page, _ = opened(window, phone.store, csv("张三丰,13800000000,", "李四,13900000000,"))
    assert page.sees("第 2 行：已有 张三（号码相同）")
    assert page.sees("导入 1 条")
    page.tap("仍然导入")
    page.tap("导入 2 条")
    assert names(phone.store) == ["张三", "张三丰", "李四"]


def test_faulty_rows_are_told_by_row_and_column_and_saved_as_a_file(window, phone):
    page, do = opened(window, phone.store, csv("张三,13800000000,", "李四,12345,"))
    assert page.sees("第 3 行 手机：请输入正确的11位手机号码")
    page.tap("保存错误清单")
    assert "李四" not in do.outside.saved["导入错误.csv"].decode()
    assert "3,手机,请输入正确的11位手机号码" in do.outside.saved["导入错误.csv"].decode()
    page.tap("导入 1 条")
    assert names(phone.store) == ["张三"]


def test_of_a_table_without_one_good_row_nothing_can_be_imported(window, phone):
    page, _ = opened(window, phone.store, csv("张三,12345,"))
    assert "没有可以导入的内容" not in page.names()
    assert page.sees("没有可以导入的内容")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "文件里没有内容"),
        (b"\x89PNG\r\n\x1a\n\x00\x00 a picture", "表头里缺少列"),
        (b"PK\x03\x04 half of a workbook", "不完整"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 of the old form", "请先另存为 .xlsx"),
        (b"x" * 50_000_001, "50000000"),
    ],
)
def test_a_wrong_file_is_told_in_a_sentence_and_another_may_be_chosen(window, phone, content, said):
    page, do = opened(window, phone.store, content)
    assert page.sees(said), page.texts()
    assert page.sees("什么都没有保存")
    do.outside.to_pick = Picked("对的.csv", csv("张三,,"))
    page.tap("换文件")
    page.tap("导入 1 条")
    assert names(phone.store) == ["张三"]


def a_book(**sheets):
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_of_several_sheets_the_person_names_one(window, phone):
    head = ["姓名", "手机"]
    book = a_book(东城=[head, ["张三", "13800000000"]], 西城=[head, ["李四", "13900000000"]])
    page, _ = opened(window, phone.store, book, "客户.xlsx")
    page.tap("西城")
    page.tap("导入 1 条")
    assert names(phone.store) == ["李四"]


def test_a_locked_workbook_is_opened_with_its_password(window, phone):
    a_customer(phone.store, "张三", "13800000000")
    wish = Wish(reason="交接", password="春风-42春风")
    content = written_table(phone.store, "customer", wish, is_workbook=True).content
    page, _ = opened(window, phone.store, content, "客户.xlsx")
    page.type("文件密码", "春风-43")
    page.tap("打开")
    assert page.sees("这个密码打不开文件")
    redrawn_meanwhile = Deed(page.labelled("文件密码", ft.TextField), "change", "春风-42春风")
    page.at_once(redrawn_meanwhile)
    page.tap("打开")
    assert page.sees("已有 张三（号码相同）")


def test_another_kind_is_read_by_its_own_columns(window, phone):
    page, _ = opened(window, phone.store, csv("手表,电子", header="产品名称,产品类别"), "产品.csv")
    page.select("导入为", "product")
    page.tap("导入 1 条")
    assert [view.fields["name"] for view in phone.store.find("product")] == ["手表"]


def edited(content, cell, text):
    book = load_workbook(io.BytesIO(content))
    sheet = book.worksheets[0]
    heading, row = cell
    column = next(each.column for each in sheet[1] if each.value == heading)
    sheet.cell(row, column).value = text
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_workbook_that_came_back_shows_each_changed_cell_before_it_is_taken(window, phone):
    a_customer(phone.store, "张三", address_detail="幸福路 1 号")
    content = edited(lent_table(phone.store, "customer", Wish()).content, ("客户姓名", 2), "张三丰")
    page, _ = opened(window, phone.store, content, "客户-往返.xlsx")
    assert page.sees("张三 → 张三丰")
    assert names(phone.store) == ["张三"]
    page.tap("收下 1 处改动")
    assert names(phone.store) == ["张三丰"]
    assert page.sees("已收下 1 处改动")


def test_a_result_is_taken_back_but_for_whom_was_visited_since(window, phone):
    page, _ = opened(window, phone.store, csv("张三,13800000000,", "李四,13900000000,"))
    page.tap("导入 2 条")
    li = next(view.id for view in phone.store.find("customer") if view.fields["name"] == "李四")
    a_visit(phone.store, li)
    page.tap("撤销这次导入")
    assert names(phone.store) == ["李四"]
    assert page.sees("1 条之后有人改过或拜访过，保留")


def test_an_earlier_import_is_taken_back_after_a_question(window, phone):
    page, _ = opened(window, phone.store, csv("张三,13800000000,"))
    page.tap("导入 1 条")
    do = Doing(phone.store)
    hub = window(tables_screen, tables_here.load(phone.store, ""), do, Look())
    assert hub.sees("客户·1 条")
    hub.tap("撤销")
    assert names(phone.store) == ["张三"]
    hub.tap("撤销这次导入")
    assert names(phone.store) == []
    assert do.said == ["已撤销，1 条移到回收站"]
    assert tables_here.load(phone.store, "").earlier[0].is_reverted


def test_the_cells_of_a_workbook_are_set_back_and_what_stays_is_said(window, phone):
    customer = a_customer(phone.store, "张三", address_detail="幸福路 1 号")
    content = lent_table(phone.store, "customer", Wish()).content
    content = edited(edited(content, ("客户姓名", 2), "张三丰"), ("附加备注", 2), "有狗")
    page, _ = opened(window, phone.store, content, "客户-往返.xlsx")
    page.tap("收下 2 处改动")
    records.change(phone.store, "customer", customer, {"remark": "有猫"})
    hub = window(tables_screen, tables_here.load(phone.store, ""), Doing(phone.store), Look())
    assert hub.sees("客户·新增 0 条，改动 2 处")
    page.tap("撤销这次导入")
    assert page.sees("1 处改动已改回")
    assert page.sees("1 处之后又改过，保持现在的内容")
    assert names(phone.store) == ["张三"]


def test_a_long_look_is_stopped_and_another_may_begin(window, phone):
    do = Slow(phone.store)
    page, _ = opened(window, phone.store, csv("张三,13800000000,"), do=do)
    assert page.sees("正在读取文件")
    page.tap("取消")
    do.may_go.set()
    page.settle()
    assert page.sees("已停止，什么都没有保存")
    assert names(phone.store) == []
    page.tap("再读一遍")
    page.tap("导入 1 条")
    assert names(phone.store) == ["张三"]


def test_a_stopped_import_keeps_nothing_and_what_was_seen_stays(window, phone):
    do = Slow(phone.store)
    do.may_go.set()
    page, _ = opened(window, phone.store, csv("张三,13800000000,"), do=do)
    do.may_go.clear()
    page.tap("导入 1 条")
    assert page.sees("正在导入")
    page.tap("取消")
    do.may_go.set()
    page.settle()
    assert names(phone.store) == []
    assert page.sees("已停止，什么都没有保存")
    page.tap("导入 1 条")
    assert names(phone.store) == ["张三"]


def test_a_rep_finds_the_tables_from_mine(house):
    house.belongs_to_ana()
    page: Window = house.window("/mine")
    enter(page)
    page.tap("数据导入导出")
    assert house.apps[-1].state.stack == (MINE, Place("tables"))
    page.tap("导入表格")
    assert page.sees("选择文件")


def test_an_auditor_is_offered_no_tables():
    assert [tables_here.may_exchange(role) for role in ("rep", "supervisor", "admin", "auditor", "marketing")] == [
        True,
        True,
        True,
        False,
        False,
    ]


@pytest.mark.parametrize("width", [390, 1280])
def test_the_list_of_customers_leads_to_the_tables(house, width):
    house.belongs_to_ana()
    page: Window = house.window("/customers", width=width)
    enter(page)
    page.tap("数据导入导出")
    assert house.apps[-1].state.stack == (CUSTOMERS, Place("tables"))


def test_an_import_is_done_from_the_choice_of_the_file_to_what_became_of_it(house):
    house.belongs_to_ana()
    page: Window = house.window("/table_in")
    page.line.answers["pick_files"] = [{"id": 1, "name": "客户.csv", "size": 9, "bytes": csv("李四,,")}]
    enter(page)
    page.tap("选择文件")
    page.tap("导入 1 条")
    assert page.sees("已保存在本机，会随同步发出。")
    assert house.apps[-1].state.toast is None  # it would say the same over it
    page.tap("完成")
    house.run_here(house.device.lock())
    assert [each["name"] for each in house.run("list", "customer")["records"]].count("李四") == 1
