"""A new record in the middle of another form: the few fields by which it is found again; the rest can wait."""

from collections.abc import Callable

import flet as ft
from pydantic import JsonValue

from field_app.actions import records
from field_app.forms import Draft
from field_app.local_store import LocalStore
from field_app.screens.doing import Do
from field_app.screens.field_control import field_control
from field_app.screens.look import Look
from field_app.screens.parts.button import abreast, filled, tonal
from field_app.screens.parts.surface import page_body
from field_app.screens.parts.words import heading
from field_app.screens.surroundings import Surroundings
from field_app.theme.measures import MARGIN
from field_app.theme.type import Role
from visit_core.errors import NotValid, VisitError
from visit_core.explain import explain
from visit_core.fields import EVERY, FieldSpec, fields_of
from visit_core.kinds import kind_named
from visit_core.shapes import Reference

Made = Callable[[str, str], object]
"""Hears the id of the new record and what it is called."""


class NewRecord:
    """What was typed of a record that is not yet one."""

    def __init__(self, kind: str, typed: str, do: Do) -> None:
        self.kind, self.do = kind, do
        specs = {name: spec for name, spec in fields_of(kind_named(kind)).items() if _is_enough(kind, spec)}
        first = next(iter(specs), "")
        self.draft = Draft(kind_named(kind), {first: typed} if typed else {}, do.moment, _unheard, specs=specs)
        self.title = typed

    async def keep(self, look: Look) -> str:
        """Make it a record; its id, or nothing where that was refused and the person was told why."""
        refused = self._refused()
        made = refused if refused else await self.do.act(self._made)
        if isinstance(made, str):
            return made
        if isinstance(made, NotValid):
            self.draft.refuse(made)
        self.do.say(explain(made, look.lang, kind=self.kind))
        return ""

    def _refused(self) -> VisitError | None:
        wrong = self.draft.mistakes()
        return wrong[0] if wrong else None if self._given() else NotValid("empty")

    def _made(self, store: LocalStore) -> str:
        return records.add(store, self.kind, self._given())

    def _given(self) -> dict[str, JsonValue]:
        return {name: value for name, value in self.draft.fields().items() if value is not None}


def may_be_made(kind: str) -> bool:
    """Whether somebody who fills in a form writes records of that kind."""
    return not kind_named(kind).made_by_server and kind != "visit"


@ft.component
def record_maker(new: NewRecord, look: Look, on_made: Made, on_back: Callable[[], object]) -> ft.Control:
    """The few fields, and the button that makes and chooses it."""
    around = Surroundings(look, _unnamed, _unpicked)
    title = look.says("record_form.new", kind=look.calls(new.kind))

    async def make() -> None:
        made = await new.keep(look)
        if made:
            on_made(made, new.kind)

    fields = page_body(heading(title, Role.TITLE, 1), *(field_control(new.draft, n, around) for n in new.draft.answers))
    buttons = [tonal(look.says("picker.back"), on_back), filled(look.says("picker.make"), make)]
    foot = ft.Container(abreast(buttons, stacked=look.is_large), padding=ft.Padding.symmetric(horizontal=MARGIN))
    return ft.Column([fields, foot], spacing=0, expand=True, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)


def _is_enough(kind: str, spec: FieldSpec) -> bool:
    """What a list shows of such records, and what they must have."""
    is_wanted = spec.name in kind_named(kind).listed or spec.asked.must == EVERY
    return is_wanted and spec.control != "hidden" and not isinstance(spec.shape, Reference)


def _unnamed(_kind: str, record: str) -> str:
    return record


def _unpicked(_field: str) -> None:
    """None of these fields refers to another record."""


def _unheard(name: str, raw: JsonValue) -> None:
    """It is kept only once it is made: the form around it is what a killed app resumes."""
