"""Which customer a merged one leads to. Records that hang on the merged one are never rewritten: readers ask here."""

from collections.abc import Mapping

LEADS = ("customer_id", "referrer_id")
"""The fields that name a customer in records of any kind; those of a merge itself stay what they say."""


def survivors(into: Mapping[str, str]) -> dict[str, str]:
    """By each merged customer the one that is left; `into` says of each where somebody merged it.

    Two people who merged opposite ways have made a circle: of those in it the smallest id is left.
    """
    ends = {one: _end(one, into) for one in into}
    return {one: end for one, end in ends.items() if end != one}


def _end(one: str, into: Mapping[str, str]) -> str:
    way: list[str] = []
    while one in into and one not in way:
        way.append(one)
        one = into[one]
    return min(way[way.index(one) :]) if one in way else one
