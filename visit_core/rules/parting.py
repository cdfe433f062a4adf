"""For how long what was said of two customers may be taken back."""

UNDO_DAYS = 30
DAY_MS = 86_400_000


def may_be_parted(said_ms: int, now_ms: int, *, slack_days: int = 0) -> bool:
    """Whether a merge, or a no to one, is young enough; `slack_days` for who knows the other clock only roughly."""
    return now_ms - said_ms <= (UNDO_DAYS + slack_days) * DAY_MS
