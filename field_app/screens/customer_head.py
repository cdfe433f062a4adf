"""The head of a customer's page: who, where, which number, and what one does most."""

from collections.abc import Sequence
from functools import partial

import flet as ft

from field_app.actions.customer_page import CustomerPage
from field_app.actions.unmasking import Masked, in_full
from field_app.screens.care_words import care_line
from field_app.screens.customer_consents import consent_mark, is_to_be_asked
from field_app.screens.customer_worth import customer_worth, is_graded
from field_app.screens.doing import Do
from field_app.screens.eyes import Eyes, masked_line
from field_app.screens.look import Look
from field_app.screens.marks import incomplete_mark, sync_marks
from field_app.screens.parts.button import sign_button
from field_app.screens.parts.equals import Way, equals
from field_app.screens.parts.notice import banner
from field_app.screens.parts.tag import tag
from field_app.screens.parts.words import heading, icon, one_line, quiet
from field_app.theme.colours import DANGER, Tone
from field_app.theme.measures import MARGIN, XS, M, S
from field_app.theme.type import Role
from visit_core.picklists import LIFECYCLE_STAGE


def customer_head(model: CustomerPage, eyes: Eyes, do: Do, look: Look) -> ft.Control:
    """Name and stage, address, number, and the ways to reach them."""
    named = model.name or look.says("customers.nameless")
    name = heading(named, look.name_role(named), 1)
    marks = [
        *_worth(model, look),
        *_lacks(model, look),
        *_unasked(model, do, look),
        *sync_marks(model.sync_state, look),
    ]
    who = ft.Row([name, *marks], spacing=S, run_spacing=XS, wrap=True)
    ways = _ways(model, do, look)
    ways_line = [] if not ways else [_signs(ways) if look.is_large else equals(ways, look)]
    told = [who, *_where(model, look), _number(model, eyes, look), *_care(model, look), *ways_line]
    lines = ft.Column([*told, *_warned(model, look)], spacing=XS)
    return ft.Container(lines, padding=ft.Padding(MARGIN, 0, MARGIN, M), bgcolor=Tone.CARD)


def _where(model: CustomerPage, look: Look) -> list[ft.Control]:
    """The address; large words leave it one line, the whole of it stands under 资料."""
    if not model.address:
        return []
    line = one_line(model.address, Role.BODY, Tone.INK2, grows=False)
    return [line if look.is_large else quiet(model.address, Role.BODY)]


def _care(model: CustomerPage, look: Look) -> list[ft.Control]:
    """What an admin has said customers of this grade are to have; the whole of it stands behind the grade."""
    said = care_line(model.care, look)
    sign = icon(ft.Icons.CARD_GIFTCARD_ROUNDED, Tone.INK2)
    line = ft.Row([sign, one_line(said, Role.SECOND, Tone.INK2)], spacing=S)
    return [ft.Container(line, padding=ft.Padding.only(bottom=S))] if said else []


def _signs(ways: Sequence[Way]) -> ft.Control:
    """The ways as signs alone, in one line: with their words they would fill the screen."""
    signs = [sign_button(way.sign, way.label, way.do, tone=Tone.ON_TINT, ground=Tone.TINT) for way in ways]
    return ft.Row(signs, spacing=M)


def stage_mark(model: CustomerPage, look: Look) -> list[ft.Control]:
    """How far the customer has come with us."""
    return [tag(LIFECYCLE_STAGE.label(model.stage, look.lang))] if model.stage else []


def _worth(model: CustomerPage, look: Look) -> list[ft.Control]:
    return [customer_worth(model, look)] if model.stage or is_graded(model) else []


def _unasked(model: CustomerPage, do: Do, look: Look) -> list[ft.Control]:
    return [consent_mark(model, do, look)] if is_to_be_asked(model) else []


def _number(model: CustomerPage, eyes: Eyes, look: Look) -> ft.Control:
    if not model.number_field:
        return quiet(look.says("customer.no_number"), Role.BODY)
    which = (model.number_field, look.says("customer.number"))
    return masked_line(which, model.masked_number, eyes, look)


def _ways(model: CustomerPage, do: Do, look: Look) -> list[Way]:
    """How to reach the customer, as far as that is known."""

    async def call() -> None:
        number = await do.act(partial(in_full, which=_masked(model, model.number_field), purpose="called"))
        if isinstance(number, str) and not await do.outside.call(number):
            do.say(look.says("customer.cannot_call"))

    async def copy() -> None:
        wechat = await do.act(partial(in_full, which=_masked(model, "wechat_id"), purpose="copied"))
        if isinstance(wechat, str):
            await do.outside.copy(wechat)
            do.say(look.says("customer.wechat_copied"))

    async def lead() -> None:
        if not await do.outside.lead_to(model.address):
            await do.outside.copy(model.address)
            do.say(look.says("customer.address_copied"))

    ways = (
        (model.number_field, "customer.call", ft.Icons.CALL_OUTLINED, call),
        (model.has_wechat, "customer.wechat", ft.Icons.CONTENT_COPY_ROUNDED, copy),
        (model.address, "customer.lead_to", ft.Icons.NEAR_ME_OUTLINED, lead),
    )
    return [Way(look.says(key), sign, way) for is_known, key, sign, way in ways if is_known]


def _masked(model: CustomerPage, field: str) -> Masked:
    return Masked("customer", model.id, field)


def _lacks(model: CustomerPage, look: Look) -> list[ft.Control]:
    return [incomplete_mark(look)] if model.missing else []


def _warned(model: CustomerPage, look: Look) -> list[ft.Control]:
    if not model.do_not_visit:
        return []
    until = model.do_not_visit_until
    below = look.says("customer.no_visits_until", day=until) if until else look.says("customer.no_visits_below")
    told = banner(look.says("customer.no_visits"), below, ft.Icons.DO_NOT_DISTURB_ON_OUTLINED, DANGER)
    return [ft.Container(told, padding=ft.Padding.only(top=S))]
