"""What is called canonical is what reading gives back: never anything that reading would alter or refuse."""

import json
import math
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync_server.canonical import SIGNS, is_canonical
from visit_core.change import Registers
from visit_core.errors import NotValid
from visit_core.fields import fields_of
from visit_core.kinds import KINDS, kind_named
from visit_core.picklists import Picklist
from visit_core.registers import read_registers
from visit_core.shapes import Moment
from visit_core.words import one_line, text_of

NOW = Moment(1_795_226_400_000, date(2026, 11, 21), slack_days=1)
TEXTS = [
    "", " ", "王芳", " 王芳", "王芳 ", "王 芳", "王\n芳", "王\t芳", "王\u200b芳", "王\u3000芳", "\x00", "x" * 41,
    "王" * 2001,
    "1", "12", "١٢", "0", "13800000000", "+8613800000000", "+8612800000000", "010-12345678", "a@b.cn", "a@B.cn",
    "0" * 32, "A" * 32, "0" * 31, "110000", "110105", "110105001", "1.00", "01.00", "1.0", "0.00", "-1.00", "1e3", "是",
    "1000000000.00", "99999999999.99", "999999999999.99", "9999999999999.99", "true", "quick", "own_form", "Quick",
    "2026-11-21", "2026-11-22", "2026-11-23", "2026-02-29", "2024-02-29", "1900-01-01", "1899-12-31", "2200-01-01",
    "2026-11-21T02:00:00.000Z", "2026-11-22T02:00:00.000Z", "2026-11-24T02:00:00.000Z", "2026-11-31T02:00:00.000Z",
    "1900-12-31T23:59:59.999Z", "2026-11-21T24:00:00.000Z", "2026-11-21T02:00:00Z", "2026-11-21T02:00:00.000Z\n",
]  # fmt: skip
OTHERS: list[Any] = [
    None, True, False, 0, 1, 5, 6, -1, 101, 2**53, 1.0, 39.9, 91.0, -181.5, math.nan, math.inf, [], ["价格"], {},
    {"lat": 39.9, "lng": 116}, {"lat": 39.9, "lng": 116.4, "acc": 12, "mock": False, "provider": "gps"}, {"lat": 39.9},
    {"lat": True, "lng": 1.0}, {"lat": 91, "lng": 0}, {"lat": 1.0, "lng": math.nan}, {"lat": 1, "lng": 1, "acc": 2**53},
    {"lat": 1, "lng": 1, "sys": "a\x00"}, {"lat": 1, "lng": 1, "else": 1},
]  # fmt: skip


def choices(spec) -> list[str]:
    told = getattr(spec.shape, "picklist", None)
    return [word for one in told._all() for word in one.words()] if isinstance(told, Picklist) else []


def is_given_back(kind: str, registers: Registers) -> bool:
    try:
        return json.dumps(read_registers(kind, registers, NOW)) == json.dumps(registers)
    except NotValid:
        return False


@pytest.mark.parametrize("kind", [kind.kind_name for kind in KINDS] + ["t_shoes"])
def test_nothing_that_reading_alters_or_refuses_is_called_canonical(kind):
    for name, spec in fields_of(kind_named(kind)).items():
        for value in [*TEXTS, *OTHERS, *choices(spec)]:
            for register in (name, f"{name}.价格", f"{name}.{'0' * 32}", f"{name}. 价格"):
                registers: Registers = {register: value}
                assert not is_canonical(kind, registers, NOW) or is_given_back(kind, registers), registers


@given(st.sampled_from(["content", "contact_person", "suggestion", "next_action"]), st.text(max_size=60))
def test_no_text_is_called_canonical_that_reading_alters(name, text):
    assert not is_canonical("visit", {name: text}, NOW) or is_given_back("visit", {name: text})


def test_every_sign_of_a_canonical_text_is_seen_and_kept():
    ranges = [(SIGNS[at], SIGNS[at + 2]) for at in range(0, len(SIGNS), 3)]
    signs = [chr(code) for first, last in ranges for code in range(ord(first), ord(last) + 1)]
    assert len(signs) > 20_000
    for sign in signs:
        assert sign.isprintable()
        assert not sign.isspace()
        assert one_line(sign) == text_of(sign) == sign


@pytest.mark.parametrize(
    "registers",
    [
        {"customer_id": "0" * 32, "check_in_at": "2026-11-21T02:00:00.000Z", "topics.价格": 1, "satisfaction": 5},
        {"content": "他说：下周再来。\nSecond line, 100 %", "outcome": "sold", "contact_person": "王先生"},
        {
            "review_state": "pending",
            "review_round": 1,
            "reviewed_by": "0" * 32,
            "reviewed_at": "2026-11-21T02:00:00.000Z",
        },
    ],
)
def test_what_a_phone_has_read_is_canonical(registers):
    assert is_canonical("visit", registers, NOW)


@pytest.mark.parametrize(
    "registers",
    [
        {"check_in_at": "2026-11-23T02:00:00.000Z"},
        {"review_state": "pending"},
        {"deleted": True},
        {"custom.shoe": 1},
        {"review_notes.x": {"id": "x"}},
    ],
)
def test_what_hangs_on_more_than_itself_is_left_to_reading(registers):
    assert not is_canonical("visit", registers, NOW)
