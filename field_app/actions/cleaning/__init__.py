"""The register of what is looked for in the customers that are kept here: one file each, one line below."""

from field_app.actions.cleaning import broken, dates, doubles, empty, numbers, places, spelling, stale
from field_app.actions.cleaning.finding import Check

CHECKS: tuple[Check, ...] = (
    Check("numbers", numbers.found),
    Check("spelling", spelling.found),
    Check("dates", dates.found),
    Check("places", places.found),
    Check("empty", empty.found),
    Check("doubles", doubles.found),
    Check("stale", stale.found),
    Check("broken", broken.found),
)

BY_NAME = {check.name: check for check in CHECKS}
