"""The first minutes with a device: the notice, the invite, the PIN, and what is told when one of them is wrong."""

from demo.pictures.before import Before
from demo.pictures.picture import Picture, Steps, nothing
from demo.pictures.taking import NEWCOMER

BROKEN_INVITE, PIN = "visit1-half", "730914"


def first_pictures() -> tuple[Picture, ...]:
    """Before the app is open."""
    return (
        _outside("notice", NEWCOMER),
        _outside("enrolment", NEWCOMER, _goes_on),
        _outside("enrolment-refused", NEWCOMER, _pastes_half),
        _outside("unlock", "rep"),
        _outside("unlock-refused", "rep", _mistypes),
        Picture("away", "away", lambda _: "today", _syncs),
        _outside("pin-forgotten", "rep", lambda before: before.taps("unlock.forgotten")),
    )


def _outside(name: str, who: str, steps: Steps = nothing) -> Picture:
    return Picture(name, who, lambda _: "", steps, inside=False)


def _goes_on(before: Before) -> None:
    """The notice is shown once to a device."""
    if not before.sees(before.says("enrol.title")):
        before.taps("notice.go_on")
    before.reads(before.says("enrol.title"))


def _pastes_half(before: Before) -> None:
    _goes_on(before)
    before.types(before.says("enrol.invite"), BROKEN_INVITE)
    before.types(before.says("enrol.pin"), PIN)
    before.types(before.says("enrol.again"), PIN)
    before.taps_on_exactly(before.says("enrol.go"))


def _syncs(before: Before) -> None:
    before.taps("away.sync")
    before.reads(before.says("away.not_synced"))


def _mistypes(before: Before) -> None:
    before.types(before.says("unlock.pin"), "111222")
    before.taps_on_exactly(before.says("unlock.go"))
    before.settles()
