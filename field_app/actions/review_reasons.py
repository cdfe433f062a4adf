"""Why a visit asks for a supervisor's eyes. Explainable, from what the record tells; none is a judgement."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from pydantic import JsonValue

from visit_core.fields import Fields

HURRIED_S, LONG_TEXT = 60, 100
FIRST_HOUR, LAST_HOUR = 6, 22  # local
TEXTS = ("content", "need_summary", "suggestion")


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing to look at: the key of its sentence, and what stands in it."""

    key: str
    facts: Mapping[str, str | int] = field(default_factory=dict)


def reasons(visit: Fields, *, is_edited_after_verdict: bool, is_place_usual: bool) -> tuple[Reason, ...]:
    """All reasons, the weightiest first. A missing position is one only where the rep's device usually has one."""
    turn = visit.get("review_round")
    found = (
        Reason("review.why.edited") if is_edited_after_verdict else None,
        _hurried(visit),
        _odd_hour(visit),
        Reason("review.why.no_fix") if is_place_usual and not visit.get("check_in_fix") else None,
        Reason("review.why.again", {"round": turn}) if isinstance(turn, int) and turn >= 2 else None,
    )
    return tuple(reason for reason in found if reason)


def seconds_there(visit: Fields) -> int | None:
    """How long the visit took; None where nobody said when it ended."""
    arrived, left = _instant(visit.get("check_in_at")), _instant(visit.get("check_out_at"))
    return int((left - arrived).total_seconds()) if arrived and left else None


def _hurried(visit: Fields) -> Reason | None:
    stayed, length = seconds_there(visit), sum(len(str(visit.get(name) or "")) for name in TEXTS)
    if stayed is None or stayed >= HURRIED_S or length < LONG_TEXT:
        return None
    return Reason("review.why.hurried", {"seconds": stayed, "length": length})


def _odd_hour(visit: Fields) -> Reason | None:
    arrived = _instant(visit.get("check_in_at"))
    if arrived is None or FIRST_HOUR <= arrived.hour < LAST_HOUR:
        return None
    return Reason("review.why.odd_hour", {"at": arrived.strftime("%H:%M")})


def _instant(value: JsonValue) -> datetime | None:
    """An instant where the person is; a date alone has no hour."""
    text = str(value or "")
    return datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone() if "T" in text else None
