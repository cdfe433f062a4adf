"""The head of a customer's page: who, where, which number, and what one does most."""

import flet as ft

from field_app.actions.customer_page import CustomerPage
from field_app.screens.doing import Do
from field_app.screens.look import Look
from field_app.screens.marks import incomplete_mark, sync_marks
from field_app.screens.parts.button import abreast, soft
from field_app.screens.parts.notice import banner
from field_app.screens.parts.phone import phone_line
from field_app.screens.parts.tag import tag
from field_app.screens.parts.words import heading, quiet
from field_app.theme.colours import DANGER, Tone
from field_app.theme.measures import MARGIN, XS, M, S
from field_app.theme.type import Role
from visit_core import phones
from visit_core.picklists import LIFECYCLE_STAGE


def customer_head(model: CustomerPage, do: Do, look: Look) -> ft.Control:
    """Name and stage, address, number, and two buttons that are equals."""
    named = model.name or look.says("customers.nameless")
    name = heading(named, look.name_role(named), 1)
    marks = [*stage_mark(model, look), *_lacks(model, look), *sync_marks(model.sync_state, look)]
    who = ft.Row([name, *marks], spacing=S, run_spacing=XS, wrap=True)
    where = [quiet(model.address, Role.BODY)] if model.address else []
    number = [_number(model, look)] if model.number else [quiet(look.says("customer.no_number"), Role.BODY)]
    lines = ft.Column([who, *where, *number, _buttons(model, do, look), *_warned(model, look)], spacing=XS)
    return ft.Container(lines, padding=ft.Padding(MARGIN, 0, MARGIN, M), bgcolor=Tone.CARD)


def stage_mark(model: CustomerPage, look: Look) -> list[ft.Control]:
    """How far the customer has come with us."""
    return [tag(LIFECYCLE_STAGE.label(model.stage, look.lang))] if model.stage else []


@ft.component
def _number(model: CustomerPage, look: Look) -> ft.Control:
    is_shown, turn = ft.use_state(False)
    shown = phones.shown(model.number) if is_shown else model.masked_number
    label = look.says("customer.hide_number" if is_shown else "customer.show_number")
    return phone_line(shown, is_masked=not is_shown, label=label, on_turn=lambda: turn(lambda was: not was))


def _buttons(model: CustomerPage, do: Do, look: Look) -> ft.Control:
    async def copy() -> None:
        await do.copy(phones.digits(model.number))
        do.say(look.says("customer.copied"))

    async def edit() -> None:
        await do.begin("customer", {}, record=model.id)

    labels = [look.says("customer.copy_number"), look.says("customer.edit")]
    copies = [soft(labels[0], copy, sign=ft.Icons.CONTENT_COPY_ROUNDED)] if model.number else []
    edits = soft(labels[1], edit, sign=ft.Icons.EDIT_OUTLINED)
    return abreast([*copies, edits], stacked=look.columns(labels, beside=look.button_sign + 2 * XS) < len(labels))


def _lacks(model: CustomerPage, look: Look) -> list[ft.Control]:
    return [incomplete_mark(look)] if model.missing else []


def _warned(model: CustomerPage, look: Look) -> list[ft.Control]:
    if not model.do_not_visit:
        return []
    until = model.do_not_visit_until
    below = look.says("customer.no_visits_until", day=until) if until else look.says("customer.no_visits_below")
    told = banner(look.says("customer.no_visits"), below, ft.Icons.DO_NOT_DISTURB_ON_OUTLINED, DANGER)
    return [ft.Container(told, padding=ft.Padding.only(top=S))]
