"""数据清理: what is found in the register, what may be put right at once, and the way back."""

from pathlib import Path
from typing import Any

import pytest

from field_app.actions import records
from field_app.actions.cleaning import CHECKS
from field_app.actions.cleaning.applying import clean
from field_app.actions.cleaning.looking import load, load_one
from field_app.actions.reverting import imports_here, revert_import
from field_app.local_store import Edit
from tests.app.conftest import Enrol
from tests.app.fakes import FakeServer
from tests.app.phones import Phone, a_phone
from visit_core.errors import NotAllowed
from visit_core.registers import spread
from visit_core.sentences import LANGUAGES, sentence

WHOLE = {"name": "韩梅", "mobile": "13911112222", "verified_at": "2026-11-01"}
UNTIDY = {"landline": "01012345678", "address_detail": "北京市朝阳区　幸福路１２号", "name": "张 三"}


@pytest.fixture
def lea(tmp_path: Path, server: FakeServer) -> Phone:
    return a_phone(tmp_path / "lea.log", server, "lea", "supervisor")


def add(phone: Phone, **fields: Any) -> str:
    return records.add(phone.store, "customer", {**WHOLE, **fields})


def keep_raw(phone: Phone, **fields: Any) -> str:
    """As an older or a foreign app may have written it."""
    record = phone.store.fresh_id()
    phone.store.keep(Edit("create", "customer", record, {**WHOLE, "template_id": "quick", **fields}))
    return str(record)


def counts(phone: Phone) -> dict[str, tuple[int, int]]:
    found = load(phone.store).counts
    return {one.check: (one.customers, one.fixable) for one in found if one.customers}


def told(phone: Phone, check: str) -> list[tuple[str, str]]:
    findings = [one for case in load_one(phone.store, check).cases for one in case.findings]
    return [(one.field, one.error.why if one.error else one.why) for one in findings]


def test_a_register_in_order_has_nothing_to_clean(lea: Phone) -> None:
    add(lea)
    assert counts(lea) == {}
    assert load(lea.store).customers == 1


def test_every_check_has_words_in_both_languages() -> None:
    for lang in LANGUAGES:
        assert len({sentence(f"cleaning.check.{check.name}", lang) for check in CHECKS}) == len(CHECKS)


@pytest.mark.parametrize(
    ("said", "better"),
    [
        ({"landline": "01012345678"}, {"landline": "010-12345678"}),
        ({"landline": "0591-87654321-02"}, {}),
        ({"landline": "059187654321"}, {"landline": "0591-87654321"}),
        ({"landline": "4001234567"}, {"landline": "400-123-4567"}),
        ({"phones_extra": [{"type": "home", "number": "+86 138 0000 0000"}]}, {"phones_extra": "13800000000"}),
        ({"phones_extra": [{"type": "abroad", "number": "+44 20 7946 0000"}]}, {}),
    ],
)
def test_numbers_come_into_one_form(lea: Phone, said: dict[str, Any], better: dict[str, str]) -> None:
    customer = add(lea, **said)
    done = clean(lea.store, "numbers")
    now = lea.sees(customer)
    if "phones_extra" in better:
        now = {"phones_extra": now["phones_extra"][0]["number"]}  # type: ignore[index]
    assert {name: now[name] for name in better} == better
    assert done.fields == len(better)
    assert clean(lea.store, "numbers").id == ""


def test_spelling_becomes_plain_and_the_words_stay(lea: Phone) -> None:
    customer = add(lea, **UNTIDY)
    assert clean(lea.store, "spelling").fields == 2
    assert (lea.sees(customer)["name"], lea.sees(customer)["address_detail"]) == ("张三", "北京市朝阳区 幸福路12号")


def test_what_is_put_right_is_one_ordinary_change_that_syncs_is_audited_and_can_be_taken_back(lea: Phone) -> None:
    customer = add(lea, **UNTIDY)
    lea.syncs()
    done = clean(lea.store, "spelling")
    waiting = [(entry.kind, entry.op) for entry in lea.store.waiting()]
    assert waiting == [("customer", "set"), ("audit_event", "create")]
    audit = lea.store.find("audit_event")[0].fields
    assert (audit["action"], audit["records"], audit["reason"]) == ("edit", 1, "clean:spelling")
    assert "张" not in str(audit)
    assert lea.syncs().pushed == 2
    assert imports_here(lea.store) == []
    back = revert_import(lea.store, done.id)
    assert (back.set_back, lea.sees(customer)["name"]) == (2, "张 三")
    assert [one.is_reverted for one in load(lea.store).done] == [True]


def test_what_somebody_has_changed_since_stays_when_a_cleaning_is_taken_back(lea: Phone) -> None:
    customer = add(lea, **UNTIDY)
    done = clean(lea.store, "spelling")
    lea.sets(customer, name="张三丰")
    assert revert_import(lea.store, done.id).cells_stay == ((customer, "name"),)
    assert lea.sees(customer)["name"] == "张三丰"


def test_dates_that_are_none_or_do_not_fit_are_named(lea: Phone) -> None:
    keep_raw(lea, verified_at="2026/11/1", do_not_visit_until="soon", age=41, birth_year=1950)
    assert told(lea, "dates") == [
        ("do_not_visit_until", "date"),
        ("verified_at", "respelled"),
        ("age", "age_apart"),
    ]
    clean(lea.store, "dates")
    assert [view.fields["verified_at"] for view in lea.store.find("customer")] == ["2026-11-01"]


def test_of_a_known_district_province_and_city_are_filled_in(lea: Phone) -> None:
    gap = keep_raw(lea, district="350102")
    keep_raw(lea, province="110000", city="110100", district="110105")
    keep_raw(lea, province="110000", district="350102")
    keep_raw(lea, province="999900")
    assert told(lea, "places")[2:] == [("district", "division_apart"), ("province", "place_unknown")]
    clean(lea.store, "places")
    assert (lea.sees(gap)["province"], lea.sees(gap)["city"]) == ("350000", "350100")


def test_empty_fields_doubles_and_what_is_out_of_date_are_named_for_a_person(lea: Phone) -> None:
    add(lea, name="李四", address_detail="幸福路 12 号 3-2-501", mobile="")
    add(lea, name="李四", address_detail="幸福路12号3栋2单元501", mobile="13700000000")
    add(lea)
    add(lea, name="别人")
    add(lea, mobile="13600000000", verified_at="2025-01-01", do_not_visit=True, do_not_visit_until="2026-01-01")
    assert told(lea, "empty") == [("mobile", "missing")]
    assert {why for _, why in told(lea, "doubles")} == {"double.number", "double.name_and_door"}
    assert [len(load_one(lea.store, "doubles").cases), counts(lea)["doubles"]] == [4, (4, 0)]
    assert told(lea, "stale") == [("verified_at", "stale"), ("do_not_visit_until", "wish_over")]


def test_records_that_could_not_be_entered_today_are_named(lea: Phone) -> None:
    company = records.add(lea.store, "company", {"name": "好邻居"})
    add(lea, company_id=company)
    records.delete(lea.store, "company", company)
    keep_raw(lea, age=9)
    keep_raw(lea, name=None, mobile=None)
    keep_raw(lea, gender="dragon")
    whys = told(lea, "broken")
    assert ("company_id", "dangling") in whys
    assert ("guardian_name", "guardian") in whys
    assert ("name", "nobody") in whys
    assert ("gender", "choice") in whys


def test_fields_of_our_own_are_cleaned_but_for_those_that_admins_keep_to_themselves(lea: Phone) -> None:
    for key, roles in (("estate", []), ("contract", ["admin"])):
        told: dict[str, Any] = {
            "entity": "customer",
            "key": key,
            "label_zh": key,
            "data_type": "text",
            "lock_roles": roles,
        }
        lea.store.keep(Edit("create", "custom_field", lea.store.fresh_id(), spread("custom_field", {}, told)))
    customer = keep_raw(lea, **{"custom.estate": "Ａ１２", "custom.contract": "Ｂ７"})
    assert clean(lea.store, "spelling").fields == 1
    assert (lea.sees(customer)["custom.estate"], lea.sees(customer)["custom.contract"]) == ("A12", "Ｂ７")


def test_only_a_supervisor_cleans(enrolled: Enrol) -> None:
    ana, lea = enrolled("ana"), enrolled("lea", "supervisor")
    assert ana.refuse(2, "clean")["code"] == "not_allowed"
    lea.add("customer", "name=张 三", "landline=01012345678")
    assert lea.ask("clean")["checks"][:2] == [
        {"check": "numbers", "customers": 1, "fixable": 1},
        {"check": "spelling", "customers": 1, "fixable": 1},
    ]
    (found,) = lea.ask("clean", "--check", "numbers")["found"]
    assert found["findings"] == [
        {"field": "landline", "why": "respelled", "says": "010****5678", "better": "010-****5678"}
    ]
    assert lea.refuse(2, "clean", "--apply")["field"] == "check"
    done = lea.ask("clean", "--check", "numbers", "--apply")
    assert (done["customers"], done["fields"]) == (1, 1)
    assert lea.ask("revert-import", done["clean"])["set_back"] == 1


def test_a_screen_of_a_rep_has_no_cleaning(tmp_path: Path, server: FakeServer) -> None:
    ana = a_phone(tmp_path / "ana.log", server)
    for read in (lambda: load(ana.store), lambda: load_one(ana.store, "numbers"), lambda: clean(ana.store, "numbers")):
        with pytest.raises(NotAllowed):
            read()
