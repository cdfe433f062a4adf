"""The past of a field on a sheet: each value with who, when and where; from here at once, then from the server."""

from collections.abc import Mapping
from functools import partial

import flet as ft

from field_app.actions import pasts
from field_app.actions.facts import Fact
from field_app.actions.pasts import FieldOf, Past, Step
from field_app.actions.unmasking import Masked, in_full
from field_app.screens.days import moment_words
from field_app.screens.doing import Do
from field_app.screens.fact_words import fact_words
from field_app.screens.look import Look
from field_app.screens.parts.button import sign_button
from field_app.screens.parts.sheet import sheet_of
from field_app.screens.parts.surface import hairline
from field_app.screens.parts.tag import tag
from field_app.screens.parts.words import heading, quiet, words
from field_app.screens.register_words import register_words, value_words
from field_app.theme.colours import ATTENTION, DANGER, PLAIN, WAITING, Meaning
from field_app.theme.measures import XS, M, S
from field_app.theme.type import Role
from visit_core import phones
from visit_core.errors import VisitError
from visit_core.fields import parted
from visit_core.ids import SERVER
from visit_core.masks import MASK, SHOWN_ON_REQUEST

UNKNOWN: Past | None = None
MEANINGS: Mapping[str, Meaning] = {"waiting": WAITING, "refused": DANGER, "overruled": ATTENTION, "before": PLAIN}


@ft.observable
class Recalling:
    """Which field of a record is looked back at, what is known of it, and whether the server is still being asked."""

    def __init__(self, kind: str, record: str, do: Do, *, by_mouse: bool = False) -> None:
        self.kind, self.record, self.do = kind, record, do
        self.by_mouse = by_mouse  # a small sign stands beside each field
        self.field = ""
        self.past = UNKNOWN
        self.is_asking = False
        self.is_in_full = False

    async def begin(self, field: str) -> None:
        """Show at once what is known here; then what the server has."""
        which = FieldOf(self.kind, self.record, field)
        here = await self.do.ask(partial(pasts.known_here, which=which))
        if isinstance(here, VisitError):
            return
        self.field, self.past, self.is_asking, self.is_in_full = field, here, True, False
        told = await self.do.recall(which)
        if self.field == field:
            self.is_asking = False
            self.past = here if isinstance(told, VisitError) else told

    async def turn(self) -> None:
        """Show masked values in full, which is written down; or mask them again."""
        if self.is_in_full:
            self.is_in_full = False
            return
        which = Masked(self.kind, self.record, self.field)
        self.is_in_full = isinstance(await self.do.act(partial(in_full, which=which, purpose="shown")), str)

    def end(self) -> None:
        """Close the sheet."""
        self.field = ""


@ft.component
def field_past(recalling: Recalling, look: Look) -> ft.Control:
    """The sheet, while a field is looked back at; it takes no room itself."""
    is_open = bool(recalling.field and recalling.past)
    ft.use_dialog(sheet_of([_told(recalling, look)], recalling.end) if is_open else None)
    return ft.Container(visible=False)


@ft.component
def _told(recalling: Recalling, look: Look) -> ft.Control:
    past = recalling.past
    if past is None:
        return ft.Container()
    steps = [each for step in past.steps for each in (_step(past, step, recalling, look), hairline())]
    lines = [*_head(past, recalling, look), *steps, *_record(past, look), quiet(_source(past, recalling, look))]
    return ft.Column(lines, spacing=M, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)


def _head(past: Past, recalling: Recalling, look: Look) -> list[ft.Control]:
    label = past.spec.asked.label(look.lang)
    title = ft.Container(heading(look.says("past.title", field=label), Role.TITLE, 1), expand=True)
    masked = past.spec.asked.masked in SHOWN_ON_REQUEST and any(step.value for step in past.steps)
    key, sign = ("eye.hide", ft.Icons.VISIBILITY_OFF_OUTLINED) if recalling.is_in_full else _SHOW
    eye = [sign_button(sign, look.says(key, field=label), recalling.turn)] if masked else []
    none = [] if past.steps else [words(look.says("past.nothing"))]
    return [ft.Row([title, *eye]), *none]


_SHOW = ("eye.show", ft.Icons.VISIBILITY_OUTLINED)


def _step(past: Past, step: Step, recalling: Recalling, look: Look) -> ft.Control:
    said = words(_value(past, step, look, in_full=recalling.is_in_full), Role.STRONG, grows=not look.is_large)
    marks = [tag(look.says(f"past.{step.state}"), MEANINGS[step.state])] if step.state in MEANINGS else []
    first = ft.Row([said, *marks], spacing=S, wrap=look.is_large)
    return ft.Column([first, quiet(_origin(past, step, look))], spacing=XS)


def _value(past: Past, step: Step, look: Look, *, in_full: bool) -> str:
    member = parted(step.name)[1]
    if member and past.spec.asked.masked == "secret" and not in_full:
        return MASK
    if member:
        said = register_words("", step.name, step.value, look, past.today, own=past.spec)
        return look.says("past.member", member=_member(step, member), said=said)
    if step.value in (None, "", []):
        return look.says("past.cleared")
    if in_full and past.spec.asked.masked == "phone":
        return phones.shown(str(step.value))
    if in_full:
        return value_words(past.spec, step.value, look, past.today)
    return fact_words(Fact(past.spec, step.value), look, past.today, past.name_by_id)


def _member(step: Step, member: str) -> str:
    """A word is its own name; an entry of a list goes by what it says."""
    said = step.value if isinstance(step.value, dict) else {}
    return "·".join(str(part) for name, part in said.items() if part and name not in ("id", "number")) or member


def _origin(past: Past, step: Step, look: Look) -> str:
    when = moment_words(step.at, look, past.today) if step.at else ""
    if step.state == "before":
        return look.says("past.until", when=when)
    who = look.says("past.me") if step.is_mine else step.by or look.says("past.somebody")
    if step.device == SERVER:
        return "·".join(part for part in (look.says("past.server"), when) if part)
    named = look.says("past.device", device=step.device) if step.device else ""
    where = look.says("past.this_device") if step.is_this_device else named
    return "·".join(part for part in (who, where, when) if part)


def _record(past: Past, look: Look) -> list[ft.Control]:
    """Of the record as a whole, where the field alone is not known from its beginning."""
    told = (("past.created", past.created), ("past.changed", past.changed))
    return [
        quiet(look.says(key, name=who or look.says("past.somebody"), when=moment_words(at, look, past.today)))
        for key, (who, at) in told
        if at and not past.is_whole
    ]


def _source(past: Past, recalling: Recalling, look: Look) -> str:
    if recalling.is_asking:
        return look.says("past.asking")
    return look.says("past.whole" if past.is_whole else "past.here")
