"""Where a customer lives, from the widest to the narrowest: in the country or abroad, province, city, district.

Whether somebody lives abroad is said by their field `is_international` and by nothing else.
"""

from visit_core.divisions import LEVELS, WHOLLY_A_CITY, line_to
from visit_core.fields import Fields
from visit_core.picklists import REGION

ABROAD, DOMESTIC = (choice.code for choice in reversed(REGION.choices))
HELD_IN_MIND = ("is_international", *LEVELS)
"""The fields that this is told by."""

Line = tuple[str, ...]
"""`abroad`, or `domestic` and the codes of the places below it; ("domestic", "330000", "330100", "330106")."""


def line_of(customer: Fields) -> Line:
    """The line of one customer. A place that the table does not know ends it."""
    if customer.get("is_international") is True:
        return (ABROAD,)
    code = next((str(customer[level]) for level in reversed(LEVELS) if customer.get(level)), "")
    return (DOMESTIC, *(line_to(code).values() or filter(None, [code])))


def side_of(line: Line) -> str:
    """`abroad` or `domestic`."""
    return line[0]


def province_of(line: Line) -> str:
    """The code of the province, `abroad`, or nothing where none is known."""
    return line[1] if line[1:] else "" if line[0] == DOMESTIC else ABROAD


def city_of(line: Line) -> str:
    """The code of the city, or of the province that is wholly one; `abroad`, or nothing where none is known."""
    province = province_of(line)
    return province if province in WHOLLY_A_CITY or province == ABROAD else "".join(line[2:3])
