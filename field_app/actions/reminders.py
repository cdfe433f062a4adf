"""提醒: what was promised and when, and the two taps that settle it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from field_app.actions import records
from field_app.actions.edits import wanted
from field_app.actions.promises import Promise, due_day, promises
from field_app.local_store import LocalStore
from visit_core.stamp import instant


@dataclass(frozen=True, slots=True)
class Reminders:
    """All that is to be kept, in the order in which it is due."""

    today: date
    told: Sequence[Promise]


def load(store: LocalStore, _about: str = "") -> Reminders:
    """As it stands now."""
    return Reminders(store.moment().today, promises(store))


def done(store: LocalStore, followup_id: str) -> None:
    """It was kept."""
    records.change(store, "followup", followup_id, {"status": "done", "done_at": instant(store.now_ms())})


def snoozed(store: LocalStore, followup_id: str) -> None:
    """It can wait a day: until tomorrow, if it is late already."""
    fields = wanted(store, "followup", followup_id).fields
    today, times = store.moment().today, fields.get("snooze_count")
    later = max(due_day(fields) or today, today) + timedelta(days=1)
    counted = times + 1 if isinstance(times, int) else 1
    moved = {"due_date": later.isoformat(), "remind_at": _moved(fields.get("remind_at"), later)}
    records.change(store, "followup", followup_id, {**moved, "snooze_count": counted})


def _moved(at: object, day: date) -> str | None:
    """The same time on the wall on another day; None where only a day was known."""
    if not at or "T" not in str(at):
        return None
    local = datetime.fromisoformat(str(at).replace("Z", "+00:00")).astimezone()
    return datetime.combine(day, local.time()).astimezone().isoformat()
