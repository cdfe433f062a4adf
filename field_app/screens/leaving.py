"""The way off this device: what is not saved, then what is not sent, then the question; then the store goes."""

from functools import partial
from typing import Literal

import flet as ft

from field_app.actions.mine import Mine
from field_app.actions.unsaved import Begun, let_go
from field_app.places import SYNC, Place
from field_app.screens.days import moment_words
from field_app.screens.look import Look
from field_app.screens.parts.button import abreast, danger, filled, plain, tonal
from field_app.screens.parts.question import question
from field_app.screens.parts.words import words
from field_app.screens.rescue_way import keep_rescue
from field_app.screens.steering import Steering
from field_app.theme.colours import Tone
from visit_core.stamp import instant

Step = Literal["", "asked", "discarding"]


@ft.observable
class Leaving:
    """How far a person is on the way out."""

    def __init__(self) -> None:
        self.step: Step = ""
        self.file = ""  # the rescue file that was kept on the way
        self.is_making = False
        self.gives_up_photos = False

    def go(self, step: Step) -> None:
        """To that question."""
        self.step = step

    def stay(self) -> None:
        """No further."""
        self.step, self.gives_up_photos = "", False


@ft.component
def leaving(model: Mine, do: Steering, look: Look) -> ft.Control:
    """The words that begin it, and the question that is open."""
    way, _ = ft.use_state(Leaving())
    ft.use_dialog(_question(way, model, do, look) if way.step else None)
    return plain(look.says("mine.sign_out"), lambda: way.go("asked"), tone=Tone.DANGER)


def _question(way: Leaving, model: Mine, do: Steering, look: Look) -> ft.AlertDialog:
    if model.begun:
        is_discarding = way.step == "discarding"
        return _discard(way, model.begun[0], do, look) if is_discarding else _unsaved(way, model.begun, do, look)
    if model.only_here:
        return _unsent(way, model.only_here, do, look)
    if model.photos and not way.gives_up_photos:
        return _photos(way, model.photos, do, look)
    return _last_question(way, do, look)


def _unsaved(way: Leaving, begun: tuple[Begun, ...], do: Steering, look: Look) -> ft.AlertDialog:
    """Whose form is not saved, and since when."""
    first = begun[0]

    async def go_on() -> None:
        way.stay()
        await do.go(Place("visit" if first.kind == "visit" else "form", first.id))

    told = [words(_told(first, do, look))]
    if len(begun) > 1:
        told.append(words(look.says("mine.unsaved_more", count=len(begun) - 1)))
    discard = plain(look.says("record_form.discard"), lambda: way.go("discarding"), tone=Tone.DANGER)
    goes_on = plain(look.says("record_form.go_on"), go_on)
    return question(look.says("mine.unsaved_asked"), told, [discard, goes_on], way.stay)


def _told(begun: Begun, do: Steering, look: Look) -> str:
    at = moment_words(instant(begun.since_ms), look, do.moment().today)
    kind, name = look.calls(begun.kind), begun.whose
    return look.says("mine.unsaved_of" if name else "mine.unsaved_kind", name=name, kind=kind, at=at)


def _discard(way: Leaving, begun: Begun, do: Steering, look: Look) -> ft.AlertDialog:
    async def discard() -> None:
        way.go("asked")
        await do.act(partial(let_go, draft_id=begun.id))

    told = [words(_told(begun, do, look)), words(look.says("record_form.discard_below"))]
    stays = plain(look.says("mine.stay"), way.stay)
    return question(
        look.says("record_form.discard_asked"),
        told,
        [stays, danger(look.says("record_form.discard_now"), discard)],
        way.stay,
    )


def _unsent(way: Leaving, count: int, do: Steering, look: Look) -> ft.AlertDialog:
    """It goes to the server, or into a file: then one may go on."""

    async def sync() -> None:
        way.stay()
        await do.go(SYNC)

    told = [words(look.says("rescue.why")), words(look.says("rescue.how"))]
    stays, keeps = plain(look.says("mine.stay"), way.stay), _into_a_file(way, do, look)
    syncs = filled(look.says("rescue.sync"), sync, grows=False)
    ways = abreast([syncs, keeps, stays], stacked=True)  # side by side they find no room, and end up ragged
    return question(look.says("rescue.unsent", count=count), told, [ways], way.stay)


def _into_a_file(way: Leaving, do: Steering, look: Look) -> ft.Control:
    async def rescue() -> None:
        way.is_making = True
        file, why = await keep_rescue(do, look)
        if file:
            way.file = file
        else:
            do.say(why)
        way.is_making = False

    return tonal(look.says("rescue.making" if way.is_making else "rescue.keep"), None if way.is_making else rescue)


def _photos(way: Leaving, count: int, do: Steering, look: Look) -> ft.AlertDialog:
    """They go to the server, or into a file, of which there may have to be several; or one gives them up."""

    async def sync() -> None:
        way.stay()
        await do.go(SYNC)

    def give_up() -> None:
        way.gives_up_photos = True

    stays = plain(look.says("mine.stay"), way.stay)
    gives_up = danger(look.says("photos.give_up"), give_up)
    syncs = filled(look.says("rescue.sync"), sync, grows=False)
    kept = [words(look.says("rescue.kept_and_more", name=way.file))] if way.file else []
    ways = abreast([syncs, _into_a_file(way, do, look), gives_up, stays], stacked=True)
    told = [*kept, words(look.says("photos.left_below"))]
    return question(look.says("photos.left_here", count=count), told, [ways], way.stay)


def _last_question(way: Leaving, do: Steering, look: Look) -> ft.AlertDialog:
    async def sign_out() -> None:
        gives_up = way.gives_up_photos
        way.stay()
        await do.entrance.sign_out(but_photos=gives_up)

    stays = plain(look.says("mine.stay"), way.stay)
    goes = danger(look.says("mine.sign_out_now"), sign_out)
    kept = [words(look.says("rescue.kept", name=way.file))] if way.file else []
    told = [*kept, words(look.says("mine.sign_out_below"))]
    return question(look.says("mine.sign_out_asked"), told, [stays, goes], way.stay)
