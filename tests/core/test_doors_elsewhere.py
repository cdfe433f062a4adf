"""Do the hints at duplicates, the grades and the forms' rules hold for other people than those of the examples?"""

from datetime import date

import pytest

from visit_core.fields import fields_of
from visit_core.kinds import kind_named
from visit_core.rules.assessing import History, assess
from visit_core.rules.doors import address_key, household_key, is_same_door
from visit_core.rules.profile import profile
from visit_core.rules.twins import Trace, likeness

LI = Trace("+8617766554433", "欧阳娜", address_key("杭州市西湖区文三路268号锦绣花园12幢一单元1703室"))


@pytest.mark.parametrize("typed", ["1776", "6655", "4433", "177-6655", "１７７６６", "+86 177 6655 4433"])
def test_any_four_digits_of_a_number_hint_at_it(typed):
    assert likeness(Trace(typed), LI) == "number"


@pytest.mark.parametrize("typed", ["177", "9876", "17766554434"])
def test_three_digits_or_another_number_do_not(typed):
    assert likeness(Trace(typed), LI) is None


@pytest.mark.parametrize(
    "door", ["锦绣花园12幢1单元1703室", "锦绣花园12-1-1703", "锦绣花园 十二幢 一单元 1703", "锦绣花园１２栋1单元1703"]
)
def test_one_door_in_hangzhou_is_one_door_however_it_is_written(door):
    assert is_same_door(address_key(door), address_key("锦绣花园12幢一单元1703室"))


@pytest.mark.parametrize("door", ["锦绣花园12幢2单元1703室", "锦绣花园2幢1单元1703室", "锦绣花园12幢1单元703室"])
def test_a_neighbours_door_is_another(door):
    assert not is_same_door(address_key(door), address_key("锦绣花园12幢一单元1703室"))


def test_a_door_in_parts_is_the_door_of_the_address():
    parts = household_key({"community": "锦绣花园", "building": "12幢", "unit": "1单元", "room": "1703"})
    assert is_same_door(parts, address_key("锦绣花园十二幢一单元1703室"))


@pytest.mark.parametrize(
    ("template", "fields", "missing"),
    [
        ("standard", {"mobile": "+8613500000001", "email": "li@mail.cn"}, {"name"}),
        ("standard", {"name": "李雷", "mobile": "+8613500000001"}, {"email"}),
        ("quick", {"name": "李雷", "mobile": "+8613500000001"}, set()),
    ],
)
def test_a_form_names_what_a_complete_customer_still_needs(template, fields, missing):
    specs = fields_of(kind_named("customer"))
    told = profile("customer", {**fields, "template_id": template}, specs)
    assert missing <= set(told.missing)
    assert (told.status == "incomplete") == bool(missing)
    assert told.completeness < 100


def test_who_never_bought_is_c_with_any_score_and_ranks_by_promise():
    day = date(2026, 11, 21)
    eager = assess({"willingness": 4, "strategic_value": 4, "purchase_power": 5}, History(), day)
    calm = assess({"willingness": 2, "strategic_value": 1, "purchase_power": 1}, History(), day)
    assert (eager.grade, calm.grade) == ("C", "C")
    assert (eager.prospect.score, calm.prospect.score) == (86, 30)
