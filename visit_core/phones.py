"""Chinese telephone numbers: read in any usual form, kept in one, shown in another.

Mobile numbers are kept as E.164 `+8613800000000`, shown `138 0000 0000`, written to files as 11 digits.
"""

import re

from visit_core.errors import NotValid

_MOBILE = re.compile(r"(?:\+86|0086|86)?(1[3-9][0-9]{9})")
_LANDLINE = re.compile(r"0[0-9]{2,3}-?[0-9]{7,8}(?:-[0-9]{1,6})?|[48]00-?[0-9]{3}-?[0-9]{4}")
_AREA_IN_BRACKETS = re.compile(r"^\((0[0-9]{2,3})\)-?")
_SERVICE = re.compile(r"([48]00)-?([0-9]{3})-?([0-9]{4})")
_AREA = re.compile(r"(010|02[0-9]|0[3-9][0-9]{2})-?([0-9]{7,8})(?:-([0-9]{1,6}))?")
_PUNCTUATION = re.compile(r"[-\s().·\u2010-\u2015]")


def mobile(typed: str) -> str:
    """E.164 of a mobile number typed with or without +86, blanks and dashes."""
    number = _MOBILE.fullmatch(_PUNCTUATION.sub("", typed))
    if number is None:
        raise NotValid("mobile")
    return f"+86{number[1]}"


def landline(typed: str) -> str:
    """A landline as typed: area code, number, perhaps an extension; or a 400/800 number."""
    number = _AREA_IN_BRACKETS.sub(r"\1-", re.sub(r"[\u2010-\u2015]", "-", typed))
    if _LANDLINE.fullmatch(number) is None:
        raise NotValid("landline")
    return number


def standard(number: str) -> str:
    """A number in the one form that is the same for all: E.164 of a mobile, `010-12345678` or `400-123-4567`."""
    try:
        return mobile(number)
    except NotValid:
        plain = landline(re.sub(r"\s+", "", number))
    service = _SERVICE.fullmatch(plain)
    if service:
        return "-".join(service.groups())
    area = _AREA.fullmatch(plain)
    return "-".join(filter(None, area.groups())) if area else plain


def digits(number: str) -> str:
    """How a number stands in a file: a mobile's 11 digits, anything else as kept."""
    return number.removeprefix("+86") if _MOBILE.fullmatch(number) else number


def shown(number: str) -> str:
    """How a number stands on a screen: `138 0000 0000`."""
    plain = digits(number)
    return f"{plain[:3]} {plain[3:7]} {plain[7:]}" if len(plain) == 11 and plain[0] == "1" else plain


def masked(number: str) -> str:
    """How a number stands where it need not be read: `138****0000`."""
    plain = digits(number)
    return f"{plain[:3]}****{plain[-4:]}" if len(plain) >= 8 else "****"
