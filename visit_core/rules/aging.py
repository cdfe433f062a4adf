"""What may leave a device: what is done and was last touched before its window began. The server keeps everything."""

from visit_core.fields import Fields

AGE_ALWAYS = frozenset({"behaviour_event", "contact_record", "lifecycle_event", "survey_response", "audit_event"})
"""Kinds whose records are told once. Visits age, too, once they are done and judged; nothing else ever does."""

AGING = AGE_ALWAYS | {"visit"}


def is_old(kind: str, fields: Fields, window_from: str) -> bool:
    """Whether a record is outside the window; `window_from` is an instant, empty for no window."""
    if kind not in AGING or not window_from:
        return False
    is_closed = kind in AGE_ALWAYS or _is_closed(fields)
    return is_closed and str(fields.get("updated_at") or window_from) < window_from


def _is_closed(visit: Fields) -> bool:
    """Whether somebody has judged it for good; of whom nothing is known but that it was deleted, nobody has."""
    return visit.get("review_state") == "approved" and visit.get("status", "done") == "done"
