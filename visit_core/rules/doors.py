"""One key for one door, however its address was written: 3号楼二单元501室, 3-2-501, ３栋2单元 501."""

import re
import unicodedata

from visit_core.fields import Fields

PARTS = ("community", "building", "unit", "room")
LEAST = 6  # signs that a free address must have to tell one door from others
_UNITS = "号楼|号院|单元|楼|栋|幢|座|门|层|室|号"
_DIGIT = {sign: str(value) for value, sign in enumerate("零一二三四五六七八九")} | {"〇": "0", "两": "2"}
_NUMERAL = re.compile(rf"[零〇一二两三四五六七八九十]+(?=(?:{_UNITS}))")
_DIVIDERS = re.compile(rf"(?<=[0-9a-z])(?:{_UNITS}|[-‐-―－—#/])+")
_NOISE = re.compile(r"[\s,，.。、;；:：()（）\[\]【】'\"“”]+")


def address_key(address: str) -> str:
    """The address in one spelling; empty if it says too little to be a door."""
    key = _plain(address)
    return key if len(key) >= LEAST and re.search(r"[0-9]", key) else ""


def household_key(household: Fields) -> str:
    """The key of a door that was written down in its four parts."""
    parts = [_plain(str(household[name])) for name in PARTS if household.get(name)]
    return parts[0] + "-".join(parts[1:]) if parts else ""


def is_same_door(one: str, other: str) -> bool:
    """Whether two keys mean one door: they are equal, or one only leaves out the city before it."""
    if not one or not other:
        return False
    longer, shorter = sorted((one, other), key=len, reverse=True)
    if longer == shorter:
        return True
    before = longer[: -len(shorter)]
    return len(shorter) >= LEAST and longer.endswith(shorter) and not before[-1:].isdigit() and before[-1:] != "-"


def _plain(text: str) -> str:
    spelled = unicodedata.normalize("NFKC", text).casefold()
    counted = _NUMERAL.sub(lambda numeral: str(_number(numeral[0])), _NOISE.sub("", spelled))
    return _DIVIDERS.sub("-", counted).strip("-")


def _number(numeral: str) -> int:
    """A Chinese numeral below a hundred; a row of digits above."""
    tens, ten, ones = numeral.partition("十")
    if not ten:
        return int("".join(_DIGIT[sign] for sign in numeral))
    return 10 * int(_DIGIT.get(tens, "1")) + (int(_DIGIT.get(ones, "0")) if ones else 0)
