"""When somebody's contacts must be asked for again: the better the customer, the sooner."""

from datetime import date

DAYS_BY_GRADE = {"A": 90, "B": 180, "C": 365}


def is_stale(verified_on: date | None, grade: str, as_of: date) -> bool:
    """Whether contacts that were last found right on that day are too old; None: never looked at, so never stale."""
    return verified_on is not None and (as_of - verified_on).days > DAYS_BY_GRADE.get(grade, DAYS_BY_GRADE["C"])
