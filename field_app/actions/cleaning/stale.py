"""What was true once: contacts that nobody has looked at for long, a grade that has run out, a wish that has ended."""

from collections.abc import Iterator
from datetime import date

from field_app.actions.cleaning.finding import Finding, Register
from visit_core.fields import Fields
from visit_core.rules.grade import MANUAL_DAYS
from visit_core.rules.staleness import is_stale


def found(id: str, fields: Fields, register: Register) -> Iterator[Finding]:
    """Each by the rule that says so."""
    today = register.moment.today
    looked_at = _day(fields, "verified_at") or _day(fields, "created_at")
    if looked_at and is_stale(looked_at, register.grade_of(id) or "C", today):
        yield Finding("verified_at", why="stale", facts={"days": (today - looked_at).days})
    graded = _day(fields, "grade_manual_on")
    if fields.get("grade_manual") and graded and (today - graded).days > MANUAL_DAYS:
        yield Finding("grade_manual", why="grade_over", facts={"days": (today - graded).days})
    until = _day(fields, "do_not_visit_until")
    if fields.get("do_not_visit") and until and until < today:
        yield Finding("do_not_visit_until", why="wish_over", facts={"day": until.isoformat()})


def _day(fields: Fields, name: str) -> date | None:
    said = fields.get(name)
    try:
        return date.fromisoformat(said[:10]) if isinstance(said, str) else None
    except ValueError:
        return None
