"""What a leaver has in hand goes to a colleague: whose, to whom, and how much it is; only then it is done."""

from collections.abc import Mapping, Sequence
from functools import partial

import flet as ft

from field_app.actions.handing_over import hand_over, in_hand, may_take
from field_app.screens.doing import Do
from field_app.screens.look import Look
from field_app.screens.parts.button import danger, plain, tonal
from field_app.screens.parts.choice import Choose, Option, columns_of, grid
from field_app.screens.parts.question import question
from field_app.screens.parts.row import fact
from field_app.screens.parts.surface import card
from field_app.screens.parts.words import Do as Tap
from field_app.screens.parts.words import heading, quiet, words
from field_app.theme.measures import M
from visit_core.errors import VisitError
from visit_core.overseeing import PersonShown

KINDS = ("customer", "followup", "visit")


@ft.observable
class HandingOver:
    """Who was chosen so far, and what it is about."""

    def __init__(self) -> None:
        self.leaver, self.to = "", ""
        self.is_open = False
        self.counts: Mapping[str, int] | None = None

    def from_(self, person: str) -> None:
        """Whose records; a choice of the other falls with it."""
        self.leaver, self.to = person, ""

    def give(self, person: str) -> None:
        """To whom."""
        self.to = person

    def begin(self) -> None:
        """Show who there is."""
        self.is_open = True

    def end(self) -> None:
        """As if nothing had been asked."""
        self.leaver, self.to, self.is_open, self.counts = "", "", False, None

    def stay(self) -> None:
        """Not these after all."""
        self.counts = None


@ft.component
def handing_over_card(people: Sequence[PersonShown], do: Do, look: Look) -> ft.Control:
    """Two choices and a button; the question names both people and counts what goes."""
    way, _ = ft.use_state(HandingOver())
    names = {one.person: one.name for one in people}

    async def count() -> None:
        told = await do.reach(partial(in_hand, person=way.leaver))
        way.counts = None if isinstance(told, VisitError) else told

    async def go() -> None:
        told = await do.reach(partial(hand_over, person=way.leaver, to=way.to))
        if not isinstance(told, VisitError):
            do.say(look.says("handing.done", name=names[way.to], count=sum(told.values())))
        way.end()

    ft.use_dialog(None if way.counts is None else _question(way, way.counts, names, go, look))
    lines = [heading(look.says("handing.title")), quiet(look.says("handing.below"))]
    lines += _choices(way, people, count, look) if way.is_open else [tonal(look.says("handing.begin"), way.begin)]
    return card(ft.Column(lines, spacing=M, horizontal_alignment=ft.CrossAxisAlignment.STRETCH))


def _choices(way: HandingOver, people: Sequence[PersonShown], count: Tap, look: Look) -> list[ft.Control]:
    """One question at a time: what is settled is one line."""
    stays = plain(look.says("handing.stay"), way.end)
    leaver = next((one for one in people if one.person == way.leaver), None)
    if leaver is None:
        return [quiet(look.says("handing.whose")), _grid(people, "", way.from_, look), stays]
    others = [one for one in people if may_take(one, leaver)]
    to_whom = _grid(others, way.to, way.give, look) if others else words(look.says("handing.nobody"))
    goes_on = tonal(look.says("handing.next"), count if way.to else None)
    return [
        fact(look.says("handing.whose"), leaver.name, is_stacked=look.is_large),
        quiet(look.says("handing.to")),
        to_whom,
        goes_on,
        stays,
    ]


def _grid(people: Sequence[PersonShown], chosen: str, choose: Choose, look: Look) -> ft.Control:
    options = [Option(one.person, one.name) for one in people]
    return grid(options, chosen, choose, columns=columns_of(options, look))


def _question(
    way: HandingOver, counts: Mapping[str, int], names: Mapping[str, str], go: Tap, look: Look
) -> ft.AlertDialog:
    """Nothing in hand is said, and there is nothing to confirm then."""
    told = [
        words(look.says("handing.count", kind=look.calls(kind), count=counts[kind]))
        for kind in KINDS
        if counts.get(kind)
    ]
    stays = plain(look.says("handing.stay"), way.stay)
    if not told:
        nothing = look.says("handing.nothing_of", name=names[way.leaver])
        return question(nothing, [words(look.says("handing.nothing"))], [stays], way.stay)
    asked = look.says("handing.asked", leaver=names[way.leaver], to=names[way.to])
    return question(asked, told, [stays, danger(look.says("handing.go"), go)], way.stay)
