"""Is a new customer few taps away, and is nothing lost on the way?"""

import flet as ft
import pytest
from pydantic import JsonValue

from field_app.actions import drafting, record_form, records
from field_app.local_store import Edit
from field_app.places import Place
from field_app.screens.look import Look
from field_app.screens.record_form import record_form_screen
from tests.screens.doing import Doing
from tests.screens.neighbours import a_customer, a_rep, a_visit
from visit_core.registers import spread


@pytest.fixture
def phone(tmp_path):
    return a_rep(tmp_path)


@pytest.fixture
def opened(window, phone):
    def open_form(kind, record="", kept=None, look=None, **given):
        kept = kept or drafting.begin(phone.store, kind, given, record=record)
        do = Doing(phone.store)
        return window(record_form_screen, record_form.load(phone.store, kept.id), do, look or Look()), do, kept

    return open_form


def customer(phone):
    return phone.store.find("customer")[-1].fields


def test_every_change_is_kept_and_a_killed_app_goes_on_where_it_was(opened, phone):
    page, _, kept = opened("customer")
    page.type("客户姓名", "张")
    page.type("联系电话", "1380013")
    again, _, _ = opened("customer", kept=phone.store.drafts.get(kept.id))
    assert again.labelled("客户姓名", ft.TextField).value == "张"
    assert again.labelled("联系电话", ft.TextField).value == "1380013"
    again.tap("只保存")
    assert again.sees("请输入正确的11位手机号码")


def test_a_typed_character_is_saved_though_the_tap_follows_at_once(opened, phone):
    page, _, _ = opened("customer")
    page.at_once(page.typed("客户姓名", "张小伟"), page.tapped("只保存"))
    assert customer(phone)["name"] == "张小伟"


def test_a_refused_field_is_shown_with_its_sentence_and_nothing_is_saved(opened, phone):
    page, do, _ = opened("customer")
    page.type("客户姓名", "张三")
    page.type("联系电话", "123")
    page.tap("只保存")
    assert page.sees("请输入正确的11位手机号码")
    assert do.said == ["请输入正确的11位手机号码"]
    assert not phone.store.find("customer")


def test_an_empty_form_is_not_saved(opened, phone):
    page, do, _ = opened("customer")
    page.tap("只保存")
    assert do.said == ["这次修改没有任何内容"]
    assert not phone.store.find("customer")


def test_the_standard_form_asks_for_more_first(opened):
    page, _, _ = opened("customer")
    assert not page.sees("购买意向")
    page.tap("标准客户表")
    assert page.sees("购买意向")


def test_the_chosen_template_is_kept_with_the_customer(opened, phone):
    page, _, _ = opened("customer")
    page.tap("标准客户表")
    page.type("客户姓名", "张三")
    page.tap("只保存")
    assert customer(phone)["template_id"] == "standard"


def test_a_correction_sends_only_what_was_touched(opened, phone):
    record = a_customer(phone.store)
    page, _do, _ = opened("customer", record=record)
    records.change(phone.store, "customer", record, {"email": "a@b.cn"})  # arrived meanwhile
    page.type("家庭住址", "幸福路 12 号")
    page.tap("保存")
    assert customer(phone)["email"] == "a@b.cn"
    assert customer(phone)["address_detail"] == "幸福路 12 号"


def test_a_contact_is_saved_with_the_customer_it_began_with(opened, phone):
    whom = a_customer(phone.store)
    page, _, _ = opened("contact_record", customer_id=whom)
    assert page.sees("张三")
    page.type("跟进内容", "问了报价")
    page.tap("保存")
    kept = phone.store.find("contact_record")[0].fields
    assert (kept["customer_id"], kept["content"], kept["contact_at"]) == (whom, "问了报价", "2026-11-21")


def test_the_channel_of_a_contact_follows_its_kind_unless_it_is_said(opened, phone):
    page, _, _ = opened("contact_record", customer_id=a_customer(phone.store))
    page.tap("邮件")
    page.type("跟进内容", "发了报价")
    page.tap("保存")
    assert phone.store.find("contact_record")[0].fields["channel"] == "email"


def test_a_customer_is_chosen_on_a_sheet_by_search(opened, phone):
    a_customer(phone.store, "张三")
    chosen = a_customer(phone.store, "李四", "13900000000")
    page, _, _ = opened("purchase")
    page.tap("请选择")
    page.type("姓名、电话、地址、标签", "李")
    assert not page.sees("张三")
    page.tap("李四")
    assert page.sees("李四")
    assert not any(sheet.open for sheet in page.all(ft.BottomSheet))
    page.type("产品名称", "手表")
    page.tap("保存")
    assert phone.store.find("purchase")[0].fields["customer_id"] == chosen


def test_somebody_who_is_known_already_is_pointed_out_while_one_types(opened, phone):
    known = a_customer(phone.store, "张伟", "13800138000", address_detail="幸福路 12 号")
    page, do, _ = opened("customer")
    page.type("联系电话", "138")
    assert not page.sees("可能已有这位客户")
    page.type("联系电话", "1380")
    assert page.sees("可能已有这位客户")
    assert page.sees("138****8000")
    assert not page.sees("13800138000")
    page.tap("打开张伟")
    assert do.went == [Place("customer", known)]
    page.tap("不是同一位")
    assert not page.sees("可能已有这位客户")


def test_leaving_keeps_what_was_typed_and_says_so(opened, phone):
    page, do, kept = opened("customer")
    page.type("客户姓名", "张")
    page.tap("关闭")
    assert do.backs == 1
    assert do.said == ["草稿已存在本机，可以随时继续"]
    assert phone.store.drafts.get(kept.id).given == {"name": "张"}


def test_leaving_an_untouched_form_leaves_nothing_behind(opened, phone):
    page, do, kept = opened("customer")
    page.tap("关闭")
    assert do.backs == 1
    assert phone.store.drafts.get(kept.id) is None


def test_throwing_typed_words_away_asks_first(opened, phone):
    page, do, kept = opened("customer")
    page.type("客户姓名", "张")
    page.tap("丢弃")
    assert phone.store.drafts.get(kept.id)
    page.tap("丢弃草稿")
    assert do.backs == 1
    assert phone.store.drafts.get(kept.id) is None


@pytest.mark.parametrize("kind", ["customer", "contact_record", "purchase", "followup"])
def test_every_kind_has_its_form(opened, kind):
    page, _, _ = opened(kind)
    assert "保存" in " ".join(page.names())


def test_typing_sends_little(opened):
    page, _, _ = opened("customer")
    page.type("客户姓名", "张")
    page.type("客户姓名", "张三")
    assert sum(sent.size for sent in page.answers()) <= 1_000


def test_who_goes_to_mend_a_visit_reads_there_what_the_supervisor_wrote(opened, phone):
    visit = a_visit(phone.store, a_customer(phone.store), content="想看手表")
    written = {"by": "1" * 32, "at": "2026-11-21T12:00:00.000Z"}
    note: JsonValue = {"id": "0" * 32, "field": "content", "comment": "看哪一款？", **written}
    phone.store.keep(Edit("set", "visit", visit, {f"review_notes.{'0' * 32}": note}))
    page, _, _ = opened("visit", record=visit)
    assert page.sees("看哪一款？")
    assert page.labelled("沟通内容", ft.TextField).value == "想看手表"


def test_a_new_customer_is_written_down_by_any_sheet_and_what_was_typed_stays(opened, phone):
    page, _, _ = opened("customer")
    page.type("客户姓名", "周八")
    page.select("按表格填写", "data_sheet")
    assert page.labelled("客户姓名", ft.TextField).value == "周八"
    page.tap("基本信息")
    page.type("固定电话", "0571-87654321")
    page.tap("只保存")
    assert (customer(phone)["template_id"], customer(phone)["landline"]) == ("data_sheet", "0571-87654321")


def test_a_sheet_asks_for_its_own_fields_alone_and_the_quick_form_brings_the_others_back(opened):
    page, _, _ = opened("customer")
    page.select("按表格填写", "door_sheet")
    assert not page.sees("性别")
    page.tap("上门快速登记")
    page.tap("基本信息")
    assert page.sees("性别")


def test_a_form_that_an_organisation_published_is_offered_in_its_last_version(opened, phone):
    for version, fields in ((1, ["name"]), (2, ["name", "wechat_id"])):
        told: dict[str, JsonValue] = {
            "entity": "customer",
            "key": "club",
            "name": "会员表",
            "version": version,
            "status": "published",
        }
        listed: list[JsonValue] = [{"field": name, "required_level": "must", "section": "basic"} for name in fields]
        told |= {"base": "quick", "only_listed": True, "fields": listed}
        edit = Edit("create", "form_template", phone.store.fresh_id(), spread("form_template", {}, told))
        phone.store.keep(edit)
    page, _, _ = opened("customer")
    page.type("客户姓名", "吴九")
    page.select("按表格填写", "club")
    page.type("微信号", "wujiu888")
    page.tap("只保存")
    assert (customer(phone)["template_id"], customer(phone)["template_version"]) == ("club", 2)
