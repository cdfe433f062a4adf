"""A rep's day: today, the visit, what is promised, what came back, and what waits to be sent."""

from demo.photographs import next_door
from demo.pictures.before import Before
from demo.pictures.picture import Picture, at
from demo.pictures.refusing import newer_server
from demo.stage import Stage

BYTES_ASKED_FOR = b"HEAD "  # how far a photograph is with the server: before its first byte goes


def day_pictures() -> tuple[Picture, ...]:
    """What a rep sees from morning to evening."""
    return (
        at("today", "rep", "today"),
        at("chances", "rep", "chances"),
        at("visit", "rep", lambda stage: f"visit/{stage.found['draft']}"),
        at("new-visit", "rep", "new_visit"),
        at("quick", "rep", lambda stage: f"quick/{_first(stage)}"),
        at("reminders", "rep", "reminders"),
        at("visit-page", "rep", lambda stage: f"visit_page/{stage.found['visit']}"),
        at("visit-photos", "rep", lambda stage: f"visit_page/{stage.found['photographed']}", _comes_to_photos),
        at("photo", "rep", lambda stage: f"photo/{stage.found['photo']}"),
        at("photo-deleted", "rep", lambda stage: f"photo/{stage.found['photo']}", _deletes),
        at("returned", "rep", "returned"),
        at("sync", "rep", "sync"),
        at("conflict", "rep", lambda stage: f"conflict/{stage.found['conflict']}"),
        at("conflict-of-a-group", "rep", lambda stage: f"conflict/{stage.found['group_conflict']}"),
        at("update", "rep", "sync", _meets_a_newer_server),
        at("mine", "rep", "mine"),
        at("signing-out-with-a-form-open", "rep", "mine", _signs_out),
        at("form-words", "rep", "mine", lambda before: before.taps("mine.words")),
        at("quick-day", "rep", lambda stage: f"rescheduled/{_first(stage)}"),
    )


def leaving_pictures() -> tuple[Picture, ...]:
    """What is shown to somebody who signs out with work that nobody else has: last, since it leaves the work there."""
    return (
        Picture("photos-waiting", "colleague", _theirs, _waits_for_wifi, _passes),
        Picture("signing-out-photos", "colleague", _theirs, _leaves_photos, _passes),
        Picture("signing-out-unsent", "supervisor", lambda _: "customers", _is_unsent, _is_back),
    )


def _theirs(stage: Stage) -> str:
    return f"visit_page/{stage.found['other_visit']}"


def _first(stage: Stage) -> str:
    return str(stage.found["customers"][0]["id"])


def _meets_a_newer_server(before: Before) -> None:
    with newer_server() as address:
        there = before.stage.wire.target
        before.stage.wire.lead_to(address)
        before.taps("sync.now")
        before.reads(before.says("update.protocol_too_old"))
        before.stage.wire.target = there


def _comes_to_photos(before: Before) -> None:
    before.finds(before.says("photos.add"), foot=2 * before.bar)


def _deletes(before: Before) -> None:
    before.taps("photos.delete")


def _signs_out(before: Before) -> None:
    before.taps("mine.sign_out")


def _photographs(before: Before) -> None:
    """One photograph more, of which the server gets the record and not the bytes."""
    before.stage.wire.held_back = BYTES_ASKED_FOR
    before.chooses_file("photos.add", next_door(before.stage))
    before.reads(before.says("photos.kept", count=1))
    before.taps("visit_page.back")
    before.goes_to("nav.mine")


def _waits_for_wifi(before: Before) -> None:
    _photographs(before)
    before.taps("mine.sync")
    before.finds(before.says("photos.hurry"))


def _leaves_photos(before: Before) -> None:
    _photographs(before)
    before.taps("mine.sign_out")
    before.reads(before.says("photos.give_up"))


def _passes(before: Before) -> None:
    before.stage.wire.held_back = b""


def _is_unsent(before: Before) -> None:
    before.stage.server.stop()
    before.taps("customers.new")
    before.types(before.labelled("customer", "name"), "周晓岚")
    before.types(before.labelled("customer", "mobile"), "15811112222")
    before.taps("record_form.save_only")
    before.goes_to("nav.mine")
    before.taps("mine.sign_out")


def _is_back(before: Before) -> None:
    before.stage.serve()
