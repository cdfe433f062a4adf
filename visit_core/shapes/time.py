"""Values that are days and instants."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import ClassVar

from pydantic import JsonValue

from visit_core.errors import NotValid
from visit_core.shapes.shape import Control, Moment
from visit_core.stamp import instant
from visit_core.words import one_line, typed_number

_CANONICAL = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-9]{2}:[0-9]{2}\.[0-9]{3}Z")
_EPOCH, _MILLISECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class Day:
    """A date, kept as `2026-11-21`; also read with /, . or 年月日."""

    past: bool = False  # today at the latest
    control: ClassVar[Control] = "date"

    def read(self, value: JsonValue, moment: Moment) -> JsonValue:
        day = _day(typed_number(value))
        if self.past and day > moment.today + timedelta(days=moment.slack_days):
            raise NotValid("future_date")
        return day.isoformat()


@dataclass(frozen=True, slots=True)
class When:
    """An instant `2026-11-21T02:00:00.000Z` (any time zone is read), or a date alone where no time is known.

    As people type it, `2026-11-21 10:00`, it names no zone: then it is the time of the machine on which it is read.
    """

    past: bool = False  # five minutes from now at the latest
    date_alone: bool = True
    control: ClassVar[Control] = "when"
    _GRACE_MS: ClassVar[int] = 5 * 60_000

    def read(self, value: JsonValue, moment: Moment) -> JsonValue:
        if isinstance(value, str) and _CANONICAL.fullmatch(value):
            self._check(_instant_ms(value), moment)
            return value
        text = one_line(value)
        if self.date_alone and not re.search(r"[T:\s]", text):
            return Day(past=self.past).read(text, moment)
        at = _instant_ms(text.replace("Z", "+00:00").replace("z", "+00:00"))
        self._check(at, moment)
        return instant(at)

    def _check(self, at_ms: int, moment: Moment) -> None:
        if self.past and at_ms > moment.now_ms + self._GRACE_MS + moment.slack_days * 86_400_000:
            raise NotValid("future_time")


def _day(text: str) -> date:
    parts = re.fullmatch(r"([0-9]{4})(?:([-/.])([0-9]{1,2})\2([0-9]{1,2})|年([0-9]{1,2})月([0-9]{1,2})日)", text)
    if parts is None:
        raise NotValid("date")
    try:
        day = date(int(parts[1]), int(parts[3] or parts[5]), int(parts[4] or parts[6]))
    except ValueError:
        raise NotValid("date") from None
    if not 1900 <= day.year <= 2199:
        raise NotValid("date")
    return day


def _instant_ms(text: str) -> int:
    clock = _TYPED.fullmatch(text) if " " in text else None
    try:
        at = _as_typed(clock) if clock else datetime.fromisoformat(text)
    except ValueError:
        raise NotValid("instant") from None
    if at.tzinfo is None or not 1900 < at.year < 2200:
        raise NotValid("instant")
    return (at - _EPOCH) // _MILLISECOND


_TYPED = re.compile(r"([^\sT:]+)\s+([0-9]{1,2})[:：]([0-9]{2})(?:[:：]([0-9]{2}))?")


def _as_typed(clock: re.Match[str]) -> datetime:
    """Day, hour and minute as people write them, where this machine is."""
    day, hour, minute, second = clock.groups("0")
    return datetime.combine(_day(day), time(int(hour), int(minute), int(second))).astimezone()
