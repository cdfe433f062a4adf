"""How fields will look in a form on a phone: real controls over a form of nobody, and about how long they take."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import flet as ft

from field_app.actions.own_fields import OwnFields
from field_app.forms import Draft
from field_app.screens.field_control import field_control
from field_app.screens.form import SECTIONS
from field_app.screens.look import Look
from field_app.screens.parts.section import section_mark
from field_app.screens.parts.surface import card
from field_app.screens.parts.words import heading, quiet, words
from field_app.screens.surroundings import Surroundings
from field_app.theme.measures import MARGIN, XL, L, M, S
from field_app.theme.type import Role
from visit_core.fields import FieldSpec, Section, Specs
from visit_core.kinds import kind_named
from visit_core.shapes import Control, Moment

PHONE = 360
SECONDS: Mapping[Control, int] = {
    "chips": 2,
    "choice": 3,
    "switch": 1,
    "stars": 2,
    "faces": 2,
    "date": 4,
    "multiline": 12,
}
TO_TYPE = 6  # seconds, for anything else

Now = Callable[[], Moment]


@ft.component
def form_preview(shown: OwnFields, entity: str, now: Now, look: Look) -> ft.Control:
    """All fields of a kind in their sections, as the next form on a phone asks for them."""
    specs = {one.spec.name: one.spec for one in shown.in_use if one.spec}
    took = look.says("fields.takes", seconds=sum(map(seconds_of, specs.values())))
    head: list[ft.Control] = [heading(look.says("fields.on_a_phone"), Role.SECTION)]
    parts = (
        [*head, quiet(took), *_sections(specs, entity, now, look)]
        if specs
        else [*head, quiet(look.says("fields.none_yet"))]
    )
    return ft.ListView([ft.Column(parts, spacing=L)], expand=True, padding=ft.Padding(MARGIN, XL, MARGIN, XL))


def preview_of(spec: FieldSpec, entity: str, now: Now, look: Look) -> ft.Control:
    """One field; a person may try it out, nothing of it is kept."""
    asked = replace(spec, asked=replace(spec.asked, shown_if=None))
    draft = Draft(kind_named(entity), {spec.name: spec.default}, now, _forget, specs={spec.name: asked})
    return field_control(draft, spec.name, _around(look))


def seconds_of(spec: FieldSpec) -> int:
    """About how long a practised hand takes for it."""
    return SECONDS.get(spec.control, TO_TYPE)


def _sections(specs: Specs, entity: str, now: Now, look: Look) -> list[ft.Control]:
    by_section = {which: [s for s in specs.values() if s.asked.section == which] for which in SECTIONS}
    return [_section(which, mine, entity, now, look) for which, mine in by_section.items() if mine]


def _section(which: Section, specs: list[FieldSpec], entity: str, now: Now, look: Look) -> ft.Control:
    name = words(look.says(f"form.section.{which}"), Role.STRONG, grows=True)
    head = ft.Row([section_mark(which), name], spacing=L)
    fields = ft.Column([preview_of(spec, entity, now, look) for spec in specs], spacing=XL)
    inside = ft.Container(fields, padding=ft.Padding(L, M, L, L))
    return card(ft.Column([ft.Container(head, padding=ft.Padding.only(top=14)), inside], spacing=S), padding=0)


def _around(look: Look) -> Surroundings:
    narrow = Look(look.lang, PHONE, look.scale)
    return Surroundings(narrow, lambda *_: "", lambda _: None)


def _forget(_name: str, _raw: object) -> None:
    """What is tried out is nobody's."""
