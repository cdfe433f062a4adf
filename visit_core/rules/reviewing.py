"""A visit's way through review: handed in, judged, handed in again."""

from collections.abc import Mapping
from typing import Literal, get_args

from pydantic import JsonValue

from visit_core.change import Registers
from visit_core.merge import DELETED

REVIEW_GROUP = ("review_state", "review_round", "reviewed_by", "reviewed_at")
Verdict = Literal["approved", "returned", "question"]
VERDICTS: frozenset[str] = frozenset(get_args(Verdict))
_NOT_CONTENT = frozenset({*REVIEW_GROUP, DELETED, "created_at", "owner_id", "geo_verdict", "distance_m"})


def is_content(register: str) -> bool:
    """Whether a register is part of what a supervisor judges."""
    return register not in _NOT_CONTENT and not register.startswith("review_notes.")


def is_judged(fields: Mapping[str, JsonValue]) -> bool:
    """Whether a supervisor's verdict stands on the visit."""
    return fields.get("review_state") in VERDICTS


def reopened(fields: Mapping[str, JsonValue]) -> Registers:
    """The whole review group for a visit that is handed in once more."""
    last = fields.get("review_round")
    following = last + 1 if isinstance(last, int) else 2
    return {"review_state": "pending", "review_round": following, "reviewed_by": None, "reviewed_at": None}


def judged(fields: Mapping[str, JsonValue], verdict: Verdict, *, by: str, at: str) -> Registers:
    """The whole review group after a supervisor's verdict at the instant `at`."""
    current = fields.get("review_round")
    turn = current if isinstance(current, int) else 1
    return {"review_state": verdict, "review_round": turn, "reviewed_by": by, "reviewed_at": at}
