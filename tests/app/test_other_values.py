"""The acceptance scenarios hold for other people, numbers, days and sums than those they are written with.

Each test names its scenarios. Everything goes through the scripted device, as a person at a terminal would ask it.
"""

import base64
from pathlib import Path
from typing import Any

import pytest

from tests.app.device import Device

MOBILE = "请输入正确的11位手机号码"
LANDLINE = "请输入正确的固定电话号码(区号-号码)"


@pytest.fixture
def customer(ana: Device) -> str:
    return ana.add("customer", "name=韩梅", "mobile=18655550101")


@pytest.mark.parametrize(
    "typed", ["1510000000", "151000000001", "12600000000", "1391234567O", "27700000000", "+1 415 555 2671", "1866 555"]
)
def test_t03_t04_no_other_number_is_a_mobile_number(ana: Device, typed: str) -> None:
    error = ana.refuse(2, "add", "customer", "name=韩梅", "template_id=standard", f"mobile={typed}")
    assert (error["field"], error["message"]) == ("mobile", MOBILE)
    assert ana.list("customer") == []


@pytest.mark.parametrize(
    "typed", ["（+86）18655550101", "0086-186-5555-0101", "86 186 5555 0101", "１８６５５５５０１０１", "186.5555.0101"]
)
def test_t05_a_number_in_any_dress_is_kept_in_one(ana: Device, tmp_path: Path, typed: str) -> None:
    record = ana.add("customer", "name=韩梅", f"mobile={typed}")
    assert ana.get("customer", record)["mobile"] == "+8618655550101"
    ana.ask("export", "customer", str(tmp_path / "out.csv"))
    assert "186****0101" in (tmp_path / "out.csv").read_text("utf-8-sig")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0371-6543210", "0371-6543210"),
        ("021-87654321-801", "021-87654321-801"),
        ("(0755)87654321", "0755-87654321"),
        ("（010）8765 4321", "010-87654321"),
        ("4008101234", "4008101234"),
    ],
)
def test_t06_a_landline_has_an_area_or_is_a_service_number(ana: Device, typed: str, kept: str) -> None:
    assert ana.get("customer", ana.add("customer", "name=韩梅", f"landline={typed}"))["landline"] == kept


@pytest.mark.parametrize("typed", ["67890", "95588", "021-123", "18655550101", "(021)123", "x"])
def test_t06_what_is_no_landline_has_the_landlines_message(ana: Device, typed: str) -> None:
    assert ana.refuse(2, "add", "customer", "name=韩梅", f"landline={typed}")["message"] == LANDLINE


WHOLE = {"name": "韩梅", "mobile": "18655550101", "email": "han.mei@example.org"}


def given(fields: dict[str, str], **more: str) -> list[str]:
    return [f"{name}={value}" for name, value in {**fields, **more}.items()]


@pytest.mark.parametrize("absent", ["name", "mobile", "email"])
@pytest.mark.parametrize("blank", ["", "  "])
def test_t07_without_what_a_template_must_have_a_customer_is_not_complete(ana: Device, absent: str, blank: str) -> None:
    standard = ana.get("customer", ana.add("customer", *given(WHOLE, template_id="standard", **{absent: blank})))
    assert (standard["profile_status"], standard["missing"]) == ("incomplete", [absent])
    quick = ana.get("customer", ana.add("customer", *given(WHOLE, template_id="quick", **{absent: blank})))
    assert quick["completeness"] < 100
    assert quick["missing"] == ([] if absent == "email" else [absent])


@pytest.mark.parametrize("typed", ["c@d", "a@@b.cn", "a b@c.cn", "@qq.com", "a@.com", "a@b..cn", "han.mei"])
def test_t07_what_is_no_mailbox_is_refused_by_its_field(ana: Device, typed: str) -> None:
    error = ana.refuse(2, "add", "customer", *given(WHOLE, email=typed))
    assert (error["field"], error["message"]) == ("email", "请输入正确的电子邮箱地址")


BOUGHT = {"purchase_date": "2025-06-01", "product_name": "跑步机", "quantity": "2", "amount": "5998"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"purchase_date": "2025-02-29"},
        {"purchase_date": "2025-00-10"},
        {"purchase_date": "2025-06-31"},
        {"purchase_date": "2026-11-22"},
        {"purchase_date": "去年"},
        {"quantity": "0.000"},
        {"quantity": "-2"},
        {"quantity": "两台"},
        {"amount": "-0.01"},
        {"amount": "59.981"},
        {"amount": "100000000"},
    ],
)
@pytest.mark.parametrize("template", ["standard", "quick"])
def test_t08_no_purchase_has_such_a_value(ana: Device, customer: str, wrong: dict[str, str], template: str) -> None:
    (field,) = wrong
    told = given(BOUGHT | wrong, template_id=template, customer_id=customer)
    assert ana.refuse(2, "add", "purchase", *told)["field"] == field
    assert ana.list("purchase") == []


@pytest.mark.parametrize("absent", BOUGHT)
def test_t08_the_standard_sheet_wants_all_four_and_the_quick_one_two(ana: Device, customer: str, absent: str) -> None:
    rest = {name: value for name, value in BOUGHT.items() if name != absent}
    error = ana.refuse(2, "add", "purchase", *given(rest, customer_id=customer, template_id="standard"))
    assert error["field"] == absent
    quick = ana.run("add", "purchase", *given(rest, customer_id=customer, template_id="quick"))
    assert ("id" in quick) == (absent in ("quantity", "amount"))


TOLD = {"contact_at": "2025-03-08", "topic": "退换货", "content": "换了一台", "result": "很满意"}


@pytest.mark.parametrize(
    ("template", "said", "refused"),
    [
        ("standard", ("contact_at", "topic", "result"), "content"),
        ("standard", ("topic", "content", "result"), "contact_at"),
        ("standard", ("contact_at", "content"), None),
        ("quick", ("contact_at",), "content"),
        ("quick", ("contact_at", "topic"), None),
        ("quick", ("contact_at", "result"), None),
        ("quick", ("result",), "contact_at"),
    ],
)
def test_t11_a_contact_says_when_and_enough(
    ana: Device, customer: str, template: str, said: tuple[str, ...], refused: str | None
) -> None:
    told = given({name: TOLD[name] for name in said}, customer_id=customer, template_id=template)
    answer = ana.run("add", "contact_record", *told)
    assert answer.get("error", {}).get("field") == refused


def test_t12_nothing_that_was_entered_can_be_read_in_the_folder_of_the_device(ana: Device, tmp_path: Path) -> None:
    words = ("欧阳靖", "18655550101", "ouyang@example.org", "栖霞大道8号", "养了两只猫")
    fields = dict(zip(("name", "mobile", "email", "address_detail", "remark"), words, strict=True))
    ana.add("customer", *given(fields))
    (tmp_path / "list.csv").write_text("姓名,手机,地址\n诸葛亮,17755550102,卧龙岗1号\n", "utf-8")
    ana.ask("import", str(tmp_path / "list.csv"))
    ana.sync()
    forms = [form for word in (*words, "诸葛亮", "17755550102", "卧龙岗") for form in forms_of(word)]
    files = [path for folder in (ana.home, ana.secrets) for path in folder.rglob("*") if path.is_file()]
    assert files
    assert not [(path.name, form) for path in files for form in forms if form in path.read_bytes()]


def forms_of(word: str) -> list[bytes]:
    plain = [word.encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be", "gb18030")]
    # base64 of a word within a longer text stands in one of three shapes: the middle of each is looked for
    coded = [base64.b64encode(b"x" * shift + plain[0] + b"x" * 3)[4:-4] for shift in range(3)]
    return plain + [each for each in coded if len(each) >= 8]


@pytest.mark.parametrize(("typed", "is_known"), [("0101", True), ("5550", True), ("1865", True), ("010", False)])
def test_t27_somebody_is_known_from_four_digits_on_whichever_they_are(
    ana: Device, customer: str, typed: str, is_known: bool
) -> None:
    ana.server.is_off = True
    found = ana.ask("who", f"mobile={typed}")["alike"]
    assert [(one["id"], one["phone"]) for one in found] == ([(customer, "186****0101")] if is_known else [])


def buys(device: Device, customer: str, *sums: tuple[str, str]) -> None:
    for day, amount in sums:
        device.add("purchase", *given({**BOUGHT, "purchase_date": day, "amount": amount}, customer_id=customer))


@pytest.mark.parametrize(
    ("sums", "fields", "grade", "score"),
    [
        # R4 F2 M3, W2: 4 × (4 + 2 + 4.5 + 1)
        ((("2026-09-20", "2500"), ("2026-05-01", "600")), {"purchase_intention": "犹豫"}, "B", 46),
        # R5 F3 M5, W5: 4 × (5 + 3 + 7.5 + 2.5)
        ((("2026-10-22", "19999.99"), ("2026-10-01", "0.01"), ("2026-09-01", "0")), {"willingness": "5"}, "A", 72),
        # R2 F1 M1, W1: 4 × (2 + 1 + 1.5 + 0.5)
        ((("2025-11-21", "999.99"),), {"purchase_intention": "不感兴趣"}, "C", 20),
    ],
)
def test_t28_the_grade_follows_from_what_was_bought(
    ana: Device, customer: str, sums: Any, fields: dict[str, str], grade: str, score: int
) -> None:
    ana.ask("set", "customer", customer, *given(fields))
    buys(ana, customer, *sums)
    told = ana.get("customer", customer)
    assert (told["grade"], told["grade_score"]) == (grade, score)
    assert sum(term["gives"] for term in told["grade_terms"]) == score
    assert len(ana.ask("why", customer)["grade"]["why"]) == 1 + len(told["grade_terms"])


@pytest.mark.parametrize("reason", [None, "", "   "])
def test_t28_no_grade_by_hand_without_a_reason(ana: Device, customer: str, reason: str | None) -> None:
    said = [] if reason is None else [f"grade_reason={reason}"]
    assert ana.refuse(2, "set", "customer", customer, "grade_manual=A", *said)["field"] == "grade_reason"
    assert ana.get("customer", customer)["grade"] == "C"


def test_t29_who_never_bought_is_c_however_promising(ana: Device, customer: str) -> None:
    ana.ask("set", "customer", customer, "willingness=4", "purchase_power=5")
    told = ana.get("customer", customer)
    assert (told["grade"], told["prospect_score"]) == ("C", 70)


@pytest.mark.parametrize(
    "child", [{"age": "0"}, {"age": "12"}, {"age": "14"}, {"birth_year": "2013"}, {"birth_year": "2011"}]
)
def test_t38_a_child_has_a_guardian_or_no_name(ana: Device, child: dict[str, str]) -> None:
    for told in ({"name": "小宝"}, {"mobile": "18655550101"}, {"name": "小宝", "guardian_name": "王芳"}):
        error = ana.refuse(2, "add", "customer", *given({**told, **child}))
        assert error["field"] in ("guardian_name", "guardian_relation")
    ana.add("customer", *given(child))
    guarded = {"name": "小宝", "guardian_name": "王芳", "guardian_relation": "母亲"}
    assert ana.get("customer", ana.add("customer", *given({**guarded, **child})))["name"] == "小宝"


@pytest.mark.parametrize("grown", [{"age": "15"}, {"birth_year": "2010"}, {"birth_year": "2011", "age": "15"}])
def test_t38_who_is_fifteen_speaks_alone(ana: Device, grown: dict[str, str]) -> None:
    ana.add("customer", *given({"name": "小宝", **grown}))


def test_t38_a_customer_whose_age_is_learnt_later_is_a_child_from_then_on(ana: Device, customer: str) -> None:
    assert ana.refuse(2, "set", "customer", customer, "age=13")["field"] == "guardian_name"
    ana.ask("set", "customer", customer, "age=13", "guardian_name=韩冰", "guardian_relation=父亲")
