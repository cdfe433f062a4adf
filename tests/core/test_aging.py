"""What may leave a device by age, and what stays until somebody has judged it."""

import pytest

from visit_core.rules.aging import is_old

JANUARY, MARCH, JUNE = "2026-01-01T00:00:00.000Z", "2026-03-01T00:00:00.000Z", "2026-06-01T00:00:00.000Z"
APPROVED = {"review_state": "approved", "status": "done", "updated_at": JANUARY}


@pytest.mark.parametrize(
    ("fields", "leaves"),
    [
        (APPROVED, True),
        (APPROVED | {"updated_at": JUNE}, False),
        (APPROVED | {"review_state": "returned"}, False),
        (APPROVED | {"review_state": "question"}, False),
        (APPROVED | {"review_state": "pending"}, False),
        (APPROVED | {"status": "in_progress"}, False),
        ({"deleted": True, "updated_at": JANUARY}, False),
    ],
)
def test_a_visit_leaves_once_it_was_judged_for_good_long_ago(fields, leaves):
    assert is_old("visit", fields, MARCH) is leaves


def test_what_is_told_once_leaves_by_age_alone_and_customers_never_do():
    assert is_old("contact_record", {"updated_at": JANUARY}, MARCH)
    assert not is_old("contact_record", {"updated_at": JUNE}, MARCH)
    assert not is_old("customer", {"updated_at": JANUARY}, MARCH)


def test_a_device_without_a_window_keeps_everything():
    assert not is_old("contact_record", {"updated_at": JANUARY}, "")
