"""导出: what leaves and for whom, in which form; masked unless there is a reason, and in full only locked."""

from collections.abc import Sequence

import flet as ft

from field_app.actions.tables_here import GoingOut
from field_app.screens.doing import Do
from field_app.screens.look import Look
from field_app.screens.middle import middle
from field_app.screens.parts.bars import bottom_bar
from field_app.screens.parts.button import filled
from field_app.screens.parts.choice import Option, grid
from field_app.screens.parts.field import Caption, advised, field_box
from field_app.screens.parts.header import top_bar
from field_app.screens.parts.heard import words_in
from field_app.screens.parts.menu import menu
from field_app.screens.parts.notice import banner
from field_app.screens.parts.surface import page_body
from field_app.screens.region_chips import region_chips
from field_app.screens.tables.outgoing import LEAST_PASSWORD, Outgoing
from field_app.screens.tables.underway import begun, underway_card
from field_app.theme.colours import ATTENTION, DANGER
from field_app.theme.measures import L
from visit_core.explain import explain


@ft.component
def going_out_screen(model: GoingOut, do: Do, look: Look) -> ft.Control:
    """From the question what, down to the button."""
    way, _ = ft.use_state(Outgoing(model))
    going, _ = ft.use_state(way.underway)

    async def leave() -> None:
        way.underway.stop()
        await do.back()

    bar = middle(top_bar(look.says("tables.out"), look.says("app.back"), leave), look, grows=False)
    if going.is_on:
        said = underway_card(going, look.says("tables.step.out"), look)
        return ft.Column([bar, middle(page_body(said), look)], spacing=0, expand=True)
    body = middle(page_body(*_parts(way, model, look), gap=L), look)
    foot = middle(bottom_bar(_go(way, model, do, look)), look, grows=False)
    return ft.Column([bar, body, foot], spacing=0, expand=True)


def _go(way: Outgoing, model: GoingOut, do: Do, look: Look) -> ft.Control:
    is_empty = way.kind == "customer" and not way.customers(model)
    begin = None if is_empty else begun(way.leave, model, do, look)
    return filled(look.says("tables.leave"), begin, sign=ft.Icons.FILE_DOWNLOAD_OUTLINED)


def _parts(way: Outgoing, model: GoingOut, look: Look) -> Sequence[ft.Control]:
    parts = [_kinds(way, model, look)]
    if way.trouble:
        told = explain(way.trouble, look.lang, kind=way.kind)
        parts.insert(0, banner(told, look.says("tables.nothing_left"), ft.Icons.ERROR_OUTLINE_ROUNDED, DANGER))
    if way.kind == "customer":
        parts += [_whom(way, model, look), _from_where(way, model, look)]
    parts.append(_form(way, look))
    return [*parts, *(_masking(way, look) if way.kind in model.masked else [])]


def _kinds(way: Outgoing, model: GoingOut, look: Look) -> ft.Control:
    options = [Option(name, look.calls(name)) for name in model.kinds]
    return advised(Caption(look.says("tables.kind_out")), menu(options, way.kind, way.choose))


def _whom(way: Outgoing, model: GoingOut, look: Look) -> ft.Control:
    """The same words find the same customers as in the list."""

    def typed(event: ft.Event[ft.TextField]) -> None:
        way.wanted = words_in(event)

    count = look.says("tables.whom_count", count=len(way.customers(model)), of=len(model.customers))
    box = ft.TextField(value=way.wanted, hint_text=look.says("customers.search"), on_change=typed, autocorrect=False)
    return field_box(Caption(look.says("tables.whom"), help=count), box)


def _from_where(way: Outgoing, model: GoingOut, look: Look) -> ft.Control:
    lines = (row.lives for row in model.customers)
    return advised(Caption(look.says("list.region_is")), region_chips(lines, way.regions, way.live_in, look))


def _form(way: Outgoing, look: Look) -> ft.Control:
    options = [Option(code, look.says(f"tables.form.{code}")) for code in ("xlsx", "csv", "lent")]
    choice = grid(options, way.form, way.shape, columns=1 if look.is_large else 3)
    return advised(Caption(look.says("tables.form"), help=look.says(f"tables.form_below.{way.form}")), choice)


def _masking(way: Outgoing, look: Look) -> Sequence[ft.Control]:
    options = [Option(code, look.says(f"tables.masking.{code}")) for code in ("masked", "full")]
    chosen = "full" if way.is_full else "masked"
    choice = grid(options, chosen, way.turn, columns=1 if look.is_large else 2)
    below = look.says(f"tables.masking_below.{chosen}")
    parts = [advised(Caption(look.says("tables.masking"), help=below), choice)]
    return [*parts, *_in_full(way, look)] if way.is_full else parts


def _in_full(way: Outgoing, look: Look) -> Sequence[ft.Control]:
    """The reason and the password, without which nothing leaves."""

    def told(event: ft.Event[ft.TextField]) -> None:
        way.reason, way.lacks = words_in(event), ""

    def locked(event: ft.Event[ft.TextField]) -> None:
        way.password, way.lacks = words_in(event), ""

    lacks = {name: look.says(f"tables.lacks.{name}", least=LEAST_PASSWORD) for name in ("reason", "password")}
    error = {name: said if way.lacks == name else "" for name, said in lacks.items()}
    must = look.says("form.must")
    reason = Caption(look.says("tables.reason"), must, look.says("tables.reason_below"), error["reason"])
    password = Caption(look.says("tables.password"), must, look.says("tables.password_out"), error["password"])
    dots = ft.TextField(value=way.password, password=True, can_reveal_password=True, on_change=locked)
    logged = look.says("tables.logged")
    return [
        banner(logged, look.says("tables.logged_below"), ft.Icons.VISIBILITY_OUTLINED, ATTENTION),
        field_box(reason, ft.TextField(value=way.reason, on_change=told)),
        field_box(password, dots),
    ]
