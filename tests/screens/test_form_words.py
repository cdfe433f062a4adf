"""Can anybody say what they think of a form, and does the admin read it beside the form?"""

from field_app.actions import drafting, forms_here, record_form, records
from field_app.screens.forms_list import forms_screen
from field_app.screens.look import Look
from field_app.screens.record_form import record_form_screen
from tests.app.fakes import FakeClock, FakeServer
from tests.app.phones import a_phone
from tests.screens.doing import Doing
from tests.screens.driver import Window
from tests.screens.house import enter
from tests.screens.neighbours import a_rep


def test_a_form_is_judged_with_two_taps_and_a_word(window, tmp_path):
    phone = a_rep(tmp_path)
    do = Doing(phone.store)
    kept = drafting.begin(phone.store, "survey_response", {})
    page = window(record_form_screen, record_form.load(phone.store, kept.id), do, Look())
    page.tap("标准客户表")
    page.tap("4 分，最高 5 分")
    now = phone.store.drafts.get(kept.id)
    assert now is not None
    assert (now.given["template"], now.given["score"]) == ("标准客户表", 4)


def test_the_way_there_stands_under_mine(house):
    house.belongs_to_ana()
    page: Window = house.window("/mine")
    enter(page)
    page.tap("反馈这张表")
    assert page.sees("哪张表")


def test_an_admin_reads_the_marks_and_the_latest_suggestions_beside_the_form(window, tmp_path):
    store = a_phone(tmp_path / "desk", FakeServer(FakeClock()), role="admin").store
    for score, suggestion in ((4, "字再大一点"), (5, None), (3, "邮箱往后放")):
        records.add(store, "survey_response", {"template": "标准客户表", "score": score, "suggestion": suggestion})
    records.add(store, "survey_response", {"template": "quick", "score": 1})
    page = window(forms_screen, forms_here.load(store, ""), Doing(store), Look())
    assert page.sees("大家打 4.0 分（满分 5，3 份反馈）")
    assert page.sees("建议：邮箱往后放")
    assert page.sees("大家打 1.0 分（满分 5，1 份反馈）")
