"""Where does a customer live, and who decides what lies abroad?"""

from datetime import date

import pytest

from visit_core.columns import headings_of
from visit_core.fields import fields_of
from visit_core.kinds.customer import Customer
from visit_core.rules.regions import city_of, line_of, province_of, side_of
from visit_core.shapes import Moment
from visit_core.tables import read_table, records_from

XIHU = {"province": "330000", "city": "330100", "district": "330106"}
CHAOYANG = {"province": "110000", "district": "110105"}


@pytest.mark.parametrize(
    ("said", "line", "parts"),
    [
        ({}, ("domestic",), ("domestic", "", "")),
        (XIHU, ("domestic", "330000", "330100", "330106"), ("domestic", "330000", "330100")),
        ({"province": "330000"}, ("domestic", "330000"), ("domestic", "330000", "")),
        (CHAOYANG, ("domestic", "110000", "110105"), ("domestic", "110000", "110000")),
        ({"is_international": False, **CHAOYANG}, ("domestic", "110000", "110105"), ("domestic", "110000", "110000")),
        ({"is_international": True}, ("abroad",), ("abroad", "abroad", "abroad")),
        ({"is_international": True, **XIHU}, ("abroad",), ("abroad", "abroad", "abroad")),
        ({"province": "710000"}, ("domestic", "710000"), ("domestic", "710000", "")),
    ],
)
def test_the_switch_alone_says_who_lives_abroad_and_the_codes_say_where_all_others_live(said, line, parts):
    told = line_of(said)
    assert told == line
    assert (side_of(told), province_of(told), city_of(told)) == parts


@pytest.mark.parametrize(
    ("cell", "is_abroad"),
    [("国际", True), ("境外", True), ("国外", True), ("是", True), ("Abroad", True), ("国内", False), ("否", False)],
)
def test_a_list_that_says_domestic_or_international_is_understood(cell, is_abroad):
    specs = fields_of(Customer)
    table = read_table(f"姓名,国内/国际\n张三,{cell}\n".encode(), headings_of(specs))
    [row] = records_from(table, Customer, Moment(1_795_226_400_000, date(2026, 11, 21)))
    assert (row.refused, row.fields) == ((), {"name": "张三", "is_international": is_abroad})
