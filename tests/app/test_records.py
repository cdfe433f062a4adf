"""What a person records on this device, and how it is shown."""

import pytest

from tests.app.device import Device


def a_customer(device: Device, *more: str) -> str:
    return device.add("customer", "name=张三", "mobile=13800000000", *more)


def test_a_customer_is_kept_in_canonical_values_whatever_form_was_typed(ana: Device) -> None:
    customer = ana.add("customer", "name= 张三 ", "mobile=＋86 138-0000-0000", "gender=男", "customer_type=Loyal")
    record = ana.get("customer", customer)
    assert record["name"] == "张三"
    assert record["mobile"] == "+8613800000000"
    assert (record["gender"], record["customer_type"]) == ("male", "loyal")
    assert record["sync_state"] == "queued"


def test_a_customer_with_a_name_alone_is_kept_as_incomplete(ana: Device) -> None:
    record = ana.get("customer", ana.add("customer", "name=张三"))
    assert record["profile_status"] == "incomplete"
    assert record["completeness"] < 100
    assert record["missing"] == ["mobile"]


def test_the_standard_template_asks_a_customer_for_an_e_mail(ana: Device) -> None:
    quick, standard = a_customer(ana), a_customer(ana, "template_id=标准客户表")
    assert ana.get("customer", quick)["profile_status"] == "complete"
    assert ana.get("customer", standard)["missing"] == ["email"]


def test_a_wrong_mobile_number_is_refused_on_its_field_with_the_exact_words(ana: Device) -> None:
    error = ana.refuse(2, "add", "customer", "name=张三", "mobile=12345")
    assert (error["field"], error["message"]) == ("mobile", "请输入正确的11位手机号码")
    assert ana.list("customer") == []


def test_a_purchase_without_a_product_is_refused_with_the_field_named(ana: Device) -> None:
    customer = a_customer(ana)
    error = ana.refuse(2, "add", "purchase", f"customer_id={customer}", "purchase_date=2026-11-01")
    assert error["field"] == "product_name"


def test_a_contact_of_which_nothing_is_told_is_refused(ana: Device) -> None:
    customer = a_customer(ana)
    error = ana.refuse(2, "add", "contact_record", f"customer_id={customer}", "contact_at=2026-11-01")
    assert error["field"] == "content"


def test_a_visit_to_an_unknown_customer_is_refused(ana: Device) -> None:
    error = ana.refuse(2, "add", "visit", f"customer_id={'0' * 32}", "outcome=sold")
    assert error["field"] == "customer_id"


@pytest.mark.parametrize("word", ["nosuch=1", "nosuch", "=1", "age:={", "age:=1e999", "age:=NaN"])
def test_a_wrong_assignment_is_refused_and_nothing_is_kept(ana: Device, word: str) -> None:
    ana.refuse(2, "add", "customer", "name=张三", word)
    assert ana.list("customer") == []


@pytest.mark.parametrize("text", ["\x00", "\ud800", "a\x07b"])
def test_unkeepable_text_is_refused_on_its_field(ana: Device, text: str) -> None:
    assert ana.refuse(2, "add", "customer", "name=张三", f"remark={text}")["field"] == "remark"


@pytest.mark.parametrize("text", ["👩‍👩‍👧 emoji", "a\nb\nc", "‫שלום‬", "=cmd()", "'\"\\"])
def test_odd_but_honest_text_is_kept_to_the_letter(ana: Device, text: str) -> None:
    customer = a_customer(ana, f"remark={text}")
    assert ana.get("customer", customer)["remark"] == text


def test_a_note_of_100_kilobytes_is_refused_on_its_field(ana: Device) -> None:
    assert ana.refuse(2, "add", "customer", "name=张三", "remark=" + "长" * 50_000)["field"] == "remark"


@pytest.mark.parametrize("day", ["0000-01-01", "2026-02-30", "9999-99-99", "2026-13-01"])
def test_a_date_that_is_none_is_refused_on_its_field(ana: Device, day: str) -> None:
    assert ana.refuse(2, "add", "customer", "name=张三", f"verified_at={day}")["field"] == "verified_at"


def test_a_number_too_long_for_python_is_refused_and_not_a_crash(ana: Device) -> None:
    assert ana.refuse(2, "add", "customer", "name=张三", "age:=" + "9" * 5000)["field"] == "age"


def test_a_record_goes_into_the_bin_and_comes_back(ana: Device) -> None:
    customer = a_customer(ana)
    ana.ask("delete", "customer", customer)
    assert ana.list("customer") == []
    assert ana.list("customer", "--deleted")[0]["deleted"] is True
    ana.ask("restore-record", "customer", customer)
    assert ana.list("customer")[0]["id"] == customer


def test_a_list_is_narrowed_by_code_label_or_typed_form_alike(ana: Device) -> None:
    a_customer(ana, "gender=male", "tags=vip、老客户")
    ana.add("customer", "name=李四", "mobile=13900000000", "gender=female")
    assert len(ana.list("customer", "--where", "gender=男")) == 1
    assert len(ana.list("customer", "--where", "mobile=139 0000 0000")) == 1
    assert len(ana.list("customer", "--where", "tags=vip")) == 1
    assert len(ana.list("customer", "--where", "gender=male", "--where", "name=李四")) == 0
    assert len(ana.list("customer", "--limit", "1")) == 1


def test_members_are_added_and_taken_out_one_by_one(ana: Device) -> None:
    customer = a_customer(ana, "tags=a、b、c")
    ana.ask("set", "customer", customer, 'tags:=["c","a","d"]')
    assert sorted(ana.get("customer", customer)["tags"]) == ["a", "c", "d"]


def test_setting_what_is_already_so_makes_no_change(ana: Device) -> None:
    customer = a_customer(ana)
    before = ana.ask("status")["waiting"]
    ana.ask("set", "customer", customer, "name=张三")
    assert ana.ask("status")["waiting"] == before


def test_each_line_is_answered_by_a_line_and_a_wrong_one_hinders_no_other(ana: Device) -> None:
    lines = [
        '{"name": "张三"}',
        "",
        '{"mobile": "1"}',
        "{",
        "[1]",
        '{"name": "李四", "age": 1e999}',
        '{"name": "王五"}',
    ]
    answers = ana.lines("customer", *lines)
    assert ana.status == 2
    assert ["id" in answer for answer in answers] == [True, False, False, False, False, True]
    wrong = [answer["error"] for answer in answers if "error" in answer]
    assert [(error["row"], error["field"]) for error in wrong] == [
        (3, "mobile"), (4, "line"), (5, "line"), (6, "age"),
    ]  # fmt: skip
    assert [record["name"] for record in ana.list("customer")] == ["张三", "王五"]


def test_lines_that_come_together_are_saved_together(ana: Device) -> None:
    before = ana.ask("verify")["commits"]
    assert len(ana.lines("customer", *(f'{{"name": "客户 {n}"}}' for n in range(1000)))) == 1000
    assert ana.ask("verify")["commits"] - before < 100


def test_what_is_not_here_is_not_found(ana: Device) -> None:
    for record_id in ("0" * 32, "x", "张三", "\ud800"):
        assert ana.refuse(2, "get", "customer", record_id)["code"] == "not_found"
    assert ana.refuse(2, "get", "unicorn", "0" * 32)["field"] == "kind"


def test_people_and_conflicts_are_not_made_by_hand(ana: Device) -> None:
    for kind in ("person", "conflict"):
        assert ana.refuse(2, "add", kind)["code"] == "not_allowed"


def test_errors_speak_english_when_asked(ana: Device) -> None:
    error = ana.refuse(2, "--lang", "en", "add", "customer", "name=张三", "mobile=1")
    assert error["message"] == "Please enter a correct 11-digit mobile number"
    assert ana.refuse(2, "--lang", "en", "dance")["code"] == "not_valid"
