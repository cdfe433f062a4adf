"""客户 at a desk: the table in the middle, the chosen customer at the right; arrows move, Enter opens."""

from dataclasses import dataclass, field

import flet as ft

from field_app.actions.customer_list import CustomerList
from field_app.places import Place
from field_app.screens.customer_beside import customer_beside, pane_width
from field_app.screens.customer_choice import Course, CustomerDesk
from field_app.screens.customer_table import columns_in, line_height, table_head, table_rows
from field_app.screens.customers_none import adding, nobody
from field_app.screens.doing import Do
from field_app.screens.fitting import text_width
from field_app.screens.keys import use_keys
from field_app.screens.list_way import view_chips
from field_app.screens.list_way_sheet import list_way_sheet
from field_app.screens.look import Look
from field_app.screens.paging import paged
from field_app.screens.parts.button import tonal
from field_app.screens.parts.notice import empty
from field_app.screens.parts.search import Search, search_box
from field_app.screens.parts.surface import hairline
from field_app.screens.parts.words import heading, quiet
from field_app.screens.rail import rail_width
from field_app.screens.tables.button import tables_button
from field_app.screens.unsaved_forms import unsaved_banner
from field_app.theme.colours import Tone
from field_app.theme.measures import TOUCH, XL, XS, L, M, S
from field_app.theme.type import Role, size_of

NARROWEST = 400  # a table that is narrower says nothing: then it has the whole width, and a customer opens over it
ROUND_HINT = 2 * TOUCH + 14 + XS  # the sign before what is searched for, and the cross after it
ABOVE = 4  # lines that stay visible over the chosen one
STEP_BY_KEY = {"Arrow Down": 1, "Arrow Up": -1}


@dataclass(eq=False)
class Handles:
    """Controls that a key reaches for."""

    whole: ft.Ref[ft.Container] = field(default_factory=ft.Ref)
    rows: ft.Ref[ft.ListView] = field(default_factory=ft.Ref)
    listening: ft.Ref[ft.KeyboardListener] = field(default_factory=ft.Ref)


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody before the customers: what they look at, how wide it is, and what they can do."""

    course: Course
    handles: Handles
    do: Do
    look: Look

    @property
    def is_beside(self) -> bool:
        """Whether the chosen customer has room beside the table."""
        room = self.look.width - rail_width(self.look) - pane_width(self.look)
        return room >= NARROWEST and self.course.customer is not None

    @property
    def width(self) -> float:
        """What the table has."""
        beside = pane_width(self.look) if self.is_beside else 0
        return self.look.width - rail_width(self.look) - beside

    async def open(self, customer: str) -> None:
        """Show the whole page of a customer."""
        await self.do.go(Place("customer", customer))

    async def hear(self, key: str) -> None:
        """Arrows move the choice at once; the chosen line stays where the eye is, and hears Enter from then on."""
        if key not in STEP_BY_KEY:
            return
        self.course.move(STEP_BY_KEY[key])
        at = self.course.at
        self.course.desk.pages.shown = max(self.course.desk.pages.shown, at + 1)
        if self.handles.listening.current:
            await self.handles.listening.current.focus()  # type: ignore[no-untyped-call]
        if self.handles.rows.current:
            lines = max(0, at - ABOVE) + self.course.heads_before(at)
            await self.handles.rows.current.scroll_to(offset=lines * line_height(self.look), duration=0)


@ft.component
def customers_desk(model: CustomerList, do: Do, look: Look) -> ft.Control:
    """Everything that is chosen and typed stays while the list is read anew."""
    desk, _ = ft.use_state(CustomerDesk(do))
    search, _ = ft.use_state(Search())
    ft.use_state(desk.pages)
    handles, _ = ft.use_state(Handles())

    async def learn() -> None:
        await desk.read(model)

    ft.use_effect(learn, [model])
    seat = Seat(Course(model, desk, search), handles, do, look)
    use_keys(seat.hear, handles.whole)
    beside = [customer_beside(seat.course, do, look)] if seat.is_beside else []
    stretched = ft.CrossAxisAlignment.STRETCH
    whole = ft.Row([_middle(seat), *beside], spacing=0, expand=True, vertical_alignment=stretched)
    return ft.Container(whole, expand=True, ref=handles.whole)


def _middle(seat: Seat) -> ft.Control:
    course, look = seat.course, seat.look
    unsaved = [unsaved_banner(each, seat.do, look) for each in course.model.unsaved[:1]]
    top = [_head(seat), *(ft.Container(each, padding=ft.Padding(L, 0, L, M)) for each in unsaved)]
    if course.model.rows:
        chips = view_chips(course.model, course.desk, look)
        top.append(ft.Container(chips, padding=ft.Padding(L, 0, L, M)))
        top.append(list_way_sheet(course.model, course.desk, look))
    rest = _table(seat) if course.visible else [_nobody(seat)]
    ground = Tone.CARD if course.visible else None
    return ft.Container(ft.Column([*top, *rest], spacing=0, expand=True), expand=True, bgcolor=ground)


def _nobody(seat: Seat) -> ft.Control:
    """A view that shows nobody says so; it is no reason to write somebody down."""
    course = seat.course
    if course.model.rows and not course.search.typed:
        return empty(seat.look.says("list.nobody"), ft.Icons.FILTER_LIST_ROUNDED)
    return nobody(course.search.typed, seat.do, seat.look)


def _table(seat: Seat) -> list[ft.Control]:
    """The head, the lines as one stop of Tab (Enter is theirs only while no button has it), and the keys."""
    course, look, columns = seat.course, seat.look, columns_in(seat.width, seat.look)

    async def pressed(event: ft.KeyDownEvent) -> None:
        if event.key == "Enter" and course.customer:
            await seat.open(course.customer.id)

    lines = table_rows(
        course,
        course.desk.pages.of(course.visible),
        columns,
        look,
        course.desk.read_of if seat.is_beside else seat.open,
    )
    body = ft.ListView(lines, expand=True, spacing=0, ref=seat.handles.rows)
    listed = paged(body, course.desk.pages, len(course.visible))
    listening = ft.KeyboardListener(listed, on_key_down=pressed, autofocus=True, ref=seat.handles.listening)
    keys = ft.Container(quiet(look.says("customers.keys")), padding=ft.Padding.symmetric(horizontal=L, vertical=S))
    return [table_head(course, columns, look), ft.Container(listening, expand=True), hairline(), keys]


def _has_room(hint: str, buttons: int, seat: Seat) -> bool:
    """Whether the whole hint can be read in a box between the name of the place and the buttons."""
    look, body = seat.look, size_of(Role.BODY, seat.look.scale)
    title = text_width(look.says("customers.title"), size_of(Role.DISPLAY, look.scale))
    new = text_width(look.says("customers.new"), body) + look.button_sign + 2 * L + (buttons - 1) * (TOUCH + S)
    return text_width(hint, body) + ROUND_HINT <= seat.width - 2 * L - 2 * XL - title - new


def _head(seat: Seat) -> ft.Control:
    """The name of the place, the search and the button, on one line where the words allow it."""
    course, look = seat.course, seat.look
    title = heading(look.says("customers.title"), Role.DISPLAY, 1)
    hint, clear = look.says("customers.search"), look.says("customers.clear")
    box = ft.Container(search_box(course.search, hint, clear, course.desk.pages.begin_anew), expand=True)
    button = tonal(look.says("customers.new"), adding(seat.do), sign=ft.Icons.PERSON_ADD_ALT_ROUNDED, tall=False)
    buttons = [*tables_button(course.model.role, seat.do, look, course.search.typed), button]
    at_right = ft.Row(buttons, tight=True, spacing=S)
    lines: list[ft.Control] = [ft.Row([title, box, at_right], spacing=XL)]
    if look.is_large:
        lines = [title, ft.Row([box, *buttons], spacing=M)]
    elif not _has_room(hint, len(buttons), seat):
        lines = [ft.Row([ft.Container(title, expand=True), at_right]), ft.Row([box])]
    return ft.Container(ft.Column(lines, spacing=S), padding=ft.Padding(L, L, L, M))
