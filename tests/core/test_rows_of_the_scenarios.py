"""What a form refuses a table refuses, too: numbers, mailboxes, dates, quantities."""

from datetime import date

import pytest

from visit_core.columns import headings_of
from visit_core.fields import fields_of
from visit_core.kinds import kind_named
from visit_core.shapes import Moment
from visit_core.tables import read_table, records_from

NOW = Moment(1_795_226_400_000, date(2026, 11, 21))
PEOPLE = "姓名,电话,固定电话,邮箱"
SALES = "购买日期(yyyy-mm-dd),购买数量,购买金额"


def read(kind_name, header, row):
    kind = kind_named(kind_name)
    (told,) = records_from(read_table(f"{header}\n{row}\n".encode(), headings_of(fields_of(kind))), kind, NOW)
    return told


@pytest.mark.parametrize(
    ("kind", "header", "row", "refused"),
    [
        ("customer", PEOPLE, "甲,1390000000,,", [("电话", "mobile")]),
        ("customer", PEOPLE, "甲,22345678901,,", [("电话", "mobile")]),
        ("customer", PEOPLE, "甲,29900000000,,", [("电话", "mobile")]),
        ("customer", PEOPLE, "甲,1390000000a,,", [("电话", "mobile")]),
        ("customer", PEOPLE, "甲,,54321,", [("固定电话", "landline")]),
        ("customer", PEOPLE, "甲,,,c@d", [("邮箱", "email")]),
        ("purchase", SALES, "2025-02-30,1,1", [("购买日期(yyyy-mm-dd)", "date")]),
        ("purchase", SALES, "2027-01-01,1,1", [("购买日期(yyyy-mm-dd)", "future_date")]),
        ("purchase", SALES, "2026-01-01,0,-2", [("购买数量", "above_zero"), ("购买金额", "range")]),
    ],
)
def test_a_cell_that_breaks_a_rule_is_named_with_the_rule(kind, header, row, refused):
    assert [(column, why.why) for column, why in read(kind, header, row).refused] == refused


@pytest.mark.parametrize("number", ["+86 139-0000-0007", "8613900000007", "８６１３９０００００００７", "13900000007"])
def test_a_number_in_any_usual_spelling_is_the_same_number(number):
    assert read("customer", PEOPLE, f"甲,{number},,").fields["mobile"] == "+8613900000007"


@pytest.mark.parametrize("number", ["0755-87654321", "021-1234567"])
def test_a_landline_is_read_as_it_is_written(number):
    assert read("customer", PEOPLE, f"甲,,{number},").fields["landline"] == number
