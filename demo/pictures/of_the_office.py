"""What supervisors judge and watch over, and what admins make."""

from demo import people
from demo.pictures.before import Before
from demo.pictures.picture import Picture, at


def supervisor_pictures() -> tuple[Picture, ...]:
    """The evening at the desk."""
    return (
        at("review", "supervisor", "review"),
        at("review-one", "supervisor", lambda stage: f"review_one/{stage.found['other_visit']}"),
        at("review-photos", "supervisor", lambda stage: f"review_one/{stage.found['photographed']}"),
        at("conflicts", "supervisor", "conflicts"),
        at("duplicates", "supervisor", "duplicates"),
        at("merging", "supervisor", lambda stage: f"merge/{stage.found['twice']}"),
        at("merged-late", "supervisor", lambda stage: f"customer/{stage.found['merged']}"),
        at("customers-of-the-team", "supervisor", "customers"),
        at("mine-supervisor", "supervisor", "mine"),
        at("cleaning", "supervisor", "cleaning"),
        at("cleaning-one", "supervisor", "cleaning_one/spelling"),
        at(
            "cleaning-asked",
            "supervisor",
            "cleaning_one/numbers",
            lambda before: before.taps("cleaning.apply", count=2),
        ),
        at("devices", "supervisor", "devices"),
        at("handing-over", "supervisor", "devices", _begins),
        at("handing-over-to", "supervisor", "devices", _chooses),
        at("handing-over-asked", "supervisor", "devices", _counts),
        at("revoking", "supervisor", "devices", _revokes),
    )


def admin_pictures() -> tuple[Picture, ...]:
    """Fields, forms and labels, and what a rep does with a label that became a field."""
    return (
        at("fields", "admin", "fields"),
        at("own-field", "admin", "fields", lambda before: before.taps("fields.add")),
        at("own-field-edited", "admin", "fields", _edits),
        at("forms", "admin", "forms"),
        at("form-version", "admin", "forms", lambda before: before.taps("forms.next")),
        at("labels", "admin", "labels"),
        at("care-admin", "admin", "care"),
        at("care-strategy", "admin", "care", lambda before: before.taps("care.change")),
        at("own-tables-admin", "admin", "own_tables"),
        at("own-table-made", "admin", "own_tables", lambda before: before.taps("own.make")),
        at("mine-admin", "admin", "mine"),
        at("devices-admin", "admin", "devices"),
        at("label-promoted", "admin", "labels", lambda before: before.taps("labels.promote")),
        at("taking-over", "rep", "taking_over"),
    )


def _begins(before: Before) -> None:
    before.taps("handing.begin")
    before.scrolls(3)


def _chooses(before: Before) -> None:
    _begins(before)
    before.taps_on_exactly(people.REP)
    before.scrolls()


def _counts(before: Before) -> None:
    _chooses(before)
    before.taps_on_exactly(people.COLLEAGUE)
    before.taps("handing.next")
    before.settles()


def _revokes(before: Before) -> None:
    before.taps("devices.revoke", name=people.REP)


def _edits(before: Before) -> None:
    before.taps_on("宠物" if before.lang == "zh" else "Pets")
