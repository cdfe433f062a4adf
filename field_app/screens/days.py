"""Days and times as people say them, where they are."""

from datetime import date, datetime

from field_app.screens.look import Look

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WEEKDAYS = {"zh": tuple("一二三四五六日"), "en": ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")}


def day_words(at: str, look: Look, today: date) -> str:
    """The day of an instant or a date: 今天, 9月15日; with its year if that is another one."""
    day = _day(at)
    if day is None or day == today:
        return at if day is None else look.says("days.today")
    if look.lang == "zh":
        said = f"{day.month}月{day.day}日"
        return said if day.year == today.year else f"{day.year}年{said}"
    said = f"{day.day} {MONTHS[day.month - 1]}"
    return said if day.year == today.year else f"{said} {day.year}"


def month_words(month: date, look: Look) -> str:
    """A month with its year: 2026年11月, Nov 2026."""
    name = month_name(month, look)
    return f"{month.year}年{name}" if look.lang == "zh" else f"{name} {month.year}"


def month_name(month: date, look: Look) -> str:
    """A month alone: 11月, Nov."""
    return f"{month.month}月" if look.lang == "zh" else MONTHS[month.month - 1]


def moment_words(at: str, look: Look, today: date) -> str:
    """The day and, where it is known, the minute: 今天 10:42."""
    minute = clock_words(at)
    said = day_words(at, look, today)
    return f"{said} {minute}" if minute else said


def clock_words(at: str) -> str:
    """The minute of an instant on the wall where the person is; empty for a date alone."""
    return _local(at).strftime("%H:%M") if "T" in at else ""


def _day(at: str) -> date | None:
    try:
        return _local(at).date() if "T" in at else date.fromisoformat(at)
    except ValueError:
        return None


def _local(at: str) -> datetime:
    return datetime.fromisoformat(at.replace("Z", "+00:00")).astimezone()
