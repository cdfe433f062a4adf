"""Whom does a cell of a table mean?"""

import pytest
from pydantic import JsonValue

from visit_core.errors import NotValid
from visit_core.rules.whom import Whom

ZHANG, LI, OTHER_LI = ("0" * 31 + end for end in "123")
CUSTOMERS: list[tuple[str, dict[str, JsonValue]]] = [
    (ZHANG, {"name": "张三", "mobile": "+8613800000000", "code": "C-k7p2aaaa-12"}),
    (LI, {"name": "李四", "landline": "010-88886666"}),
    (OTHER_LI, {"name": "李四", "mobile": "+8613911112222"}),
]


@pytest.mark.parametrize(
    ("cell", "id"),
    [
        ("13800000000", ZHANG),
        ("+86 138-0000-0000", ZHANG),
        ("c-K7P2AAAA-12", ZHANG),
        (" 张三 ", ZHANG),
        (ZHANG.upper(), ZHANG),
        ("010 8888 6666", LI),
        ("139 1111 2222", OTHER_LI),
    ],
)
def test_a_customer_is_named_by_number_phone_or_a_name_that_is_theirs_alone(cell, id):
    assert Whom(CUSTOMERS).meant(cell) == id


@pytest.mark.parametrize(
    ("cell", "why"),
    [("李四", "whom_several"), ("王五", "whom_unknown"), ("13700000000", "whom_unknown"), ("f" * 32, "whom_unknown")],
)
def test_who_is_not_clearly_meant_is_asked_for(cell, why):
    with pytest.raises(NotValid) as refused:
        Whom(CUSTOMERS).meant(cell)
    assert refused.value.why == why
