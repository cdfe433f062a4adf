"""What the oracle knows of the record kinds by itself, so that a wrong declaration shows."""

WRITTEN_ONCE = {
    "attachment": {"kind", "sha256", "size", "mime"},
    "customer_merge": {"customer_id", "other_id", "decided_at", "decided_by"},
    "visit": {"customer_id", "household_id", "check_in_at", "check_out_at", "check_in_fix", "check_out_fix"},
}
GROUPS = {
    "customer": [{"grade_manual", "grade_reason", "grade_manual_on"}],
    "visit": [{"review_state", "review_round", "reviewed_by", "reviewed_at"}],
}
TOLD_BY_SERVER = {"created_by", "updated_at", "updated_by", "team_id"}


def is_once(kind: str, register: str) -> bool:
    """Whether the first value stays."""
    return register == "created_at" or register in WRITTEN_ONCE.get(kind, ())
