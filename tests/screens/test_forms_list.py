"""Can an admin take a blank sheet for Excel, and publish the next version of a form?"""

import pytest

from field_app.actions import drafting, forms_here
from field_app.actions.importing import Asked, import_table
from field_app.screens.form_version import form_version_screen
from field_app.screens.forms_list import forms_screen
from field_app.screens.look import Look
from tests.app.fakes import FakeClock, FakeServer
from tests.app.phones import a_phone
from tests.screens.doing import Doing
from tests.screens.neighbours import a_field, a_rep
from visit_core.errors import NotAllowed
from visit_core.kinds.customer import Customer
from visit_core.templates import BUILT_IN
from visit_core.workbooks import read_sheets

SHEETS = sorted({code for _, code in BUILT_IN})


@pytest.fixture
def store(tmp_path):
    return a_phone(tmp_path / "desk", FakeServer(FakeClock()), role="admin").store


def headings(content):
    return {sheet.name: next(sheet.rows())[1] for sheet in read_sheets(content)}


def publish(window, store, code, *taps):
    do = Doing(store)
    kept = drafting.begin(store, "form_template", forms_here.next_version(store, code))
    page = window(form_version_screen, forms_here.load_version(store, kept.id), do, Look())
    for tap in taps:
        page.tap(tap)
    page.tap("发布新版本")
    return do


def test_a_blank_sheet_is_handed_to_the_system_to_be_kept(window, store):
    do = Doing(store)
    page = window(forms_screen, forms_here.load(store, ""), do, Look())
    assert page.names().count("下载空白表") == 6
    page.tap("下载空白表")
    ((name, content),) = do.outside.saved.items()
    assert name == "标准客户表.xlsx"
    assert "客户姓名(必填)" in headings(content)["客户"]
    assert do.said == ["空白表已保存：标准客户表.xlsx"]


def test_where_nothing_was_kept_it_says_so(window, store):
    do = Doing(store)
    do.outside.can = False
    page = window(forms_screen, forms_here.load(store, ""), do, Look())
    page.tap("下载空白表")
    assert do.said == ["没有保存空白表"]


@pytest.mark.parametrize("code", SHEETS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_each_of_the_four_sheets_has_its_tables_and_its_filled_copy_comes_in(store, tmp_path, code, lang):
    content = forms_here.blank_sheet(store, code, lang)
    assert len(headings(content)) == 3
    (tmp_path / "blank.xlsx").write_bytes(content)
    rep = a_rep(tmp_path).store
    sheet = Customer.label(lang)
    assert import_table(rep, tmp_path / "blank.xlsx", Asked(sheet=sheet)).refusals == ()


def test_a_field_of_our_own_stands_in_the_blank_form(store):
    a_field(store, "customer", "shoe_size", "鞋码")
    assert "鞋码(必填)" in headings(forms_here.blank_sheet(store, "quick", "zh"))["客户"]


def test_the_next_version_is_in_force_and_says_how_urgently_it_asks(window, store):
    do = publish(window, store, "door_sheet", "建议填")
    assert len(do.saved) == 1
    told = store.find("form_template")[-1].fields
    assert (told["key"], told["version"], told["status"]) == ("door_sheet", 2, "published")
    levels = {one["field"]: one["required_level"] for one in told["fields"]}
    assert levels["email"] == "none"
    (form,) = [each for each in forms_here.load(store, "") if each.code == "door_sheet"]
    assert form.version == 2


def test_the_next_version_is_called_as_the_person_speaks(window, store):
    kept = drafting.begin(store, "form_template", forms_here.next_version(store, "quick"))
    model = forms_here.load_version(store, kept.id)
    assert window(form_version_screen, model, Doing(store), Look(lang="en")).sees("Quick · version 2")
    own = drafting.begin(store, "form_template", {**model.fields, "key": "spring", "name": "春季走访"})
    english = window(form_version_screen, forms_here.load_version(store, own.id), Doing(store), Look(lang="en"))
    assert english.sees("春季走访 · version 2")


def test_a_version_after_the_next_has_the_next_number(window, store):
    publish(window, store, "door_sheet", "建议填")
    publish(window, store, "door_sheet", "上移联系电话")
    told = store.find("form_template")[-1].fields
    assert told["version"] == 3
    assert [one["field"] for one in told["fields"]][:2] == ["mobile", "name"]


def test_the_forms_are_the_admins(tmp_path):
    with pytest.raises(NotAllowed):
        forms_here.load(a_rep(tmp_path).store, "")
