"""The story's people with a day's work before them: what the pictures of the screens are taken of."""

from datetime import date, timedelta
from pathlib import Path

from demo.acts import apart, opening, review, together
from demo.stage import Stage
from field_app.actions import drafting
from field_app.clock import SystemClock
from field_app.local_store import LocalStore
from field_app.vault.opening import open_vault
from field_app.vault.place import Place
from field_app.vault.secrets import SecretFiles
from visit_core.stamp import instant

TOLD = (
    opening.a_server_of_its_own_serves_on_loopback,
    opening.two_reps_and_a_supervisor_enrol_by_invite,
    opening.customers_are_imported_and_everybody_has_them,
    apart.each_rep_records_a_visit_offline,
    apart.both_edit_the_same_number_offline,
    together.both_sync_in_the_losing_order,
    review.the_supervisor_returns_the_visit,
)
PROMISES = (("回访", 0, "02:30"), ("送样品", 0, "06:00"), ("电话回访", 0, "08:15"), ("售后", -2, "03:00"))


def seed(stage: Stage) -> None:
    """Tell the story up to a returned visit and an open conflict, and give the rep promises for today."""
    for step in TOLD:
        step(stage)
    for customer, (title, days, time) in zip(stage.found["customers"], PROMISES, strict=False):
        day = (date.today() + timedelta(days=days)).isoformat()
        promise = (f"customer_id={customer['id']}", f"title={title}", f"due_date={day}", f"remind_at={day}T{time}:00Z")
        stage.rep.run("add", "followup", *promise)
    for device in (stage.colleague, stage.rep, stage.supervisor, stage.rep):
        device.run("sync")
    (conflict,) = stage.rep.run("conflicts")["conflicts"]
    stage.found["conflict"] = conflict["id"]
    stage.found["draft"] = _begin_a_visit(stage)


def _begin_a_visit(stage: Stage) -> str:
    """A visit in progress, as the rep's app keeps it."""
    clock, device = SystemClock(), stage.rep
    place = Place(device.home, SecretFiles(Path(device.env["FIELD_APP_SECRETS"]), device.home), clock)
    vault = open_vault(place, device.env["FIELD_APP_PIN"])
    try:
        store = LocalStore(vault.db, clock)
        known = {"customer_id": stage.found["customers"][0]["id"], "check_in_at": instant(clock.wall_ms())}
        return drafting.begin(store, "visit", {**known, "outcome": "interested"}).id
    finally:
        vault.close()
