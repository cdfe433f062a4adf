"""Province, city and district as one choice: a sheet in three steps, with a search and what was used last."""

from collections.abc import Mapping

import flet as ft

from field_app.actions.regions import found_in
from field_app.forms import Answer, Draft
from field_app.screens.controls.captions import caption
from field_app.screens.division_words import division_path
from field_app.screens.look import Look
from field_app.screens.parts.button import abreast, plain, tonal
from field_app.screens.parts.field import Caption, advised
from field_app.screens.parts.heard import heard
from field_app.screens.parts.notice import empty
from field_app.screens.parts.row import chevron, row
from field_app.screens.parts.search import Search, search_box
from field_app.screens.parts.sheet import tall_sheet
from field_app.screens.parts.surface import group, page_body
from field_app.screens.parts.words import heading, one_line, quiet
from field_app.screens.surroundings import Surroundings
from field_app.theme.colours import Tone
from field_app.theme.measures import MARGIN, RADIUS, L, S
from field_app.theme.type import Role
from visit_core.divisions import LEVELS, below, line_to, name_of, path_of


@ft.observable
class Region:
    """Which place is being chosen: open or not, and in which place one stands."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.is_open = False
        self.within = ""
        self.search = Search()

    def open(self) -> None:
        """Begin at the place above the chosen one: its neighbours are the likeliest."""
        line = list(line_to(self.chosen).values())
        self.within = line[-2] if len(line) > 1 else ""
        self.search.typed = ""
        self.is_open = True

    def close(self) -> None:
        """Leave it as it is."""
        self.is_open = False

    def enter(self, code: str) -> None:
        """Go into a place, or take it where nothing lies in it."""
        if code and not below(code):
            self.take(code)
            return
        self.within, self.search.typed = code, ""

    def take(self, code: str) -> None:
        """Put the place and those above it into the form; no code empties the fields."""
        line = line_to(code)
        if "street" in self.draft.answers and line.get("district") != line_to(self.chosen).get("district"):
            self.draft.change("street", None)
        for level in LEVELS:
            if level in self.draft.answers:
                self.draft.change(level, line.get(level))
        self.close()

    @property
    def chosen(self) -> str:
        """The code of the narrowest place that the form says."""
        return deepest({level: self.draft.answers[level] for level in LEVELS if level in self.draft.answers})


def deepest(answers: Mapping[str, Answer]) -> str:
    """The code of the narrowest place that is said; empty if none is."""
    said = [str(answers[level].raw) for level in LEVELS if level in answers and answers[level].raw]
    return said[-1] if said else ""


@ft.component
def division_control(draft: Draft, answer: Answer, around: Surroundings) -> ft.Control:
    """One control for the three fields: it stands where the first of them does."""
    present = [level for level in LEVELS if level in draft.answers]
    if answer.spec.name != present[0]:
        return ft.Container(visible=False)
    return _choice(draft, answer, around, *(draft.answers[level] for level in present))


@ft.component
def _choice(draft: Draft, first: Answer, around: Surroundings, *answers: Answer) -> ft.Control:
    region, _ = ft.use_state(Region(draft))
    look = around.look
    ft.use_dialog(_sheet(region, around) if region.is_open else None)
    code = deepest({answer.spec.name: answer for answer in answers})
    said = division_path(code, look)
    line = ft.Row([one_line(said or look.says("form.choose"), Role.BODY, Tone.INK if said else Tone.EDGE), chevron()])
    box = ft.Container(line, padding=14, bgcolor=Tone.CARD, border_radius=RADIUS, border=ft.Border.all(1, Tone.RIM))
    box.ink, box.on_click = True, region.open
    told = caption(draft, next((each for each in answers if each.wrong), first), around)
    label = Caption(label=look.says("division.label"), must=told.must, help=told.help, error=told.error)
    return advised(label, ft.Semantics(button=True, container=True, content=box), value=said)


def _sheet(region: Region, around: Surroundings) -> ft.BottomSheet:
    return tall_sheet(_inside(region, region.search, around), lambda: region.close())


@ft.component
def _inside(region: Region, search: Search, around: Surroundings) -> ft.Control:
    look = around.look
    box = search_box(search, look.says("division.search"), look.says("customers.clear"), lambda: None)
    head = [heading(division_path(region.within, look) or look.says("division.title"), Role.TITLE, 1), box]
    stretched = ft.CrossAxisAlignment.STRETCH
    top = ft.Container(
        ft.Column(head, spacing=S, horizontal_alignment=stretched), padding=ft.Padding(MARGIN, 0, MARGIN, S)
    )
    parts = [top, _steps(region, search, around), *_foot(region, look)]
    return ft.Column(parts, spacing=0, expand=True, horizontal_alignment=stretched)


def _steps(region: Region, search: Search, around: Surroundings) -> ft.Control:
    look, found = around.look, found_in(region.within, search.typed)
    if not found:
        return page_body(empty(look.says("division.none", typed=search.typed), ft.Icons.MAP_OUTLINED))
    rows = [_place(code, region, look, tells_path=bool(search.typed)) for code in found]
    return page_body(*_last_used(region, search, around), group(rows, L), gap=S)


def _place(code: str, region: Region, look: Look, *, tells_path: bool) -> ft.Control:
    above = look.says("division.join").join(path_of(code)[:-1]) if tells_path else ""
    tail = chevron() if below(code) else None
    return row(name_of(code), above, tail=tail, on_tap=heard(region.enter, code))


def _last_used(region: Region, search: Search, around: Surroundings) -> list[ft.Control]:
    """Where the last customers live, before anything was looked for."""
    codes = [code for code in around.suggested.get("district", ()) if name_of(code)]
    if search.typed or region.within or not codes:
        return []
    rows = [row(division_path(code, around.look), on_tap=heard(region.take, code)) for code in codes]
    return [quiet(around.look.says("division.last"), Role.LABEL), group(rows, L), ft.Container(height=S)]


def _foot(region: Region, look: Look) -> list[ft.Control]:
    """A step back, the place one stands in, and none at all."""
    parts: list[ft.Control] = []
    if region.within:
        line = list(line_to(region.within).values())
        above = line[-2] if len(line) > 1 else ""
        up = look.says("division.up", name=name_of(above) or look.says("division.top"))
        parts.append(plain(up, heard(region.enter, above)))
        here = tonal(look.says("division.here", name=name_of(region.within)), heard(region.take, region.within))
        here.expand = True
        parts.append(here)
    elif region.chosen:
        parts.append(plain(look.says("division.clear"), heard(region.take, ""), tone=Tone.INK2))
    foot = abreast(parts, stacked=look.is_large)
    return [ft.Container(foot, padding=ft.Padding(MARGIN, S, MARGIN, 0))] if parts else []
