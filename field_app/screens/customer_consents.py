"""同意: what stands for each purpose; a tap reads out the notice, the next keeps what the customer said."""

from collections.abc import Sequence
from functools import partial

import flet as ft

from field_app.actions.consents import ConsentRead, keep_word
from field_app.actions.customer_page import CustomerPage
from field_app.screens.days import moment_words
from field_app.screens.doing import Do
from field_app.screens.look import Look
from field_app.screens.parts.button import abreast, filled, tonal
from field_app.screens.parts.row import row
from field_app.screens.parts.sheet import sheet_of
from field_app.screens.parts.surface import group
from field_app.screens.parts.tag import tag_button
from field_app.screens.parts.words import Do as Tap
from field_app.screens.parts.words import heading, quiet, words
from field_app.theme.colours import ATTENTION, Tone
from field_app.theme.type import Role
from visit_core.errors import VisitError
from visit_core.notices import notice
from visit_core.picklists import CONSENT_PURPOSE

SIGNS = {
    "given": (ft.Icons.CHECK_CIRCLE_OUTLINE_ROUNDED, Tone.SUCCESS),
    "refused": (ft.Icons.DO_NOT_DISTURB_ON_OUTLINED, Tone.DANGER),
    "withdrawn": (ft.Icons.UNDO_ROUNDED, Tone.DANGER),
    "never_asked": (ft.Icons.HELP_OUTLINE_ROUNDED, Tone.INK2),
}
BY_A_GUARDIAN = "minor"
FIRST = "service"  # without which nothing may be written down


@ft.component
def consent_rows(model: CustomerPage, do: Do, look: Look) -> ft.Control:
    """One row a purpose."""
    read, show = ft.use_state("")
    chosen = next((each for each in model.consents if each.purpose == read), None)
    ft.use_dialog(_sheet(chosen, model, lambda: show(""), do, look) if chosen else None)
    rows = [_row(each, partial(show, each.purpose), model, look) for each in model.consents]
    return group(rows, look.row_indent)


@ft.component
def consent_mark(model: CustomerPage, do: Do, look: Look) -> ft.Control:
    """That nobody has asked yet whether anything may be written down; a tap asks."""
    is_open, turn = ft.use_state(False)
    first = next(each for each in model.consents if each.purpose == FIRST)
    ft.use_dialog(_sheet(first, model, lambda: turn(False), do, look) if is_open else None)
    return tag_button(look.says("consent.none_yet"), lambda: turn(True), ATTENTION)


def is_to_be_asked(model: CustomerPage) -> bool:
    """Whether the first consent was never asked for, or to an older text."""
    first = next(each for each in model.consents if each.purpose == FIRST)
    return first.allowed.standing == "never_asked" or first.allowed.is_outdated


def _row(consent: ConsentRead, show: Tap, model: CustomerPage, look: Look) -> ft.Control:
    sign, tone = SIGNS[consent.allowed.standing]
    title = CONSENT_PURPOSE.label(consent.purpose, look.lang)
    return row(title, _standing(consent, model, look), lead=sign, tone=tone, on_tap=show)


def _standing(consent: ConsentRead, model: CustomerPage, look: Look) -> str:
    standing = "outdated" if consent.allowed.is_outdated else consent.allowed.standing
    said = look.says(f"consent.is.{standing}")
    return f"{said}·{moment_words(consent.at, look, model.today)}" if consent.at else said


def _sheet(consent: ConsentRead, model: CustomerPage, close: Tap, do: Do, look: Look) -> ft.BottomSheet:
    """The text that is read out, with its version, and what the customer may answer."""
    told = notice(consent.purpose)
    head = heading(CONSENT_PURPOSE.label(consent.purpose, look.lang), Role.TITLE)
    text = [words(told.text(look.lang)), quiet(look.says("consent.version", version=told.version))] if told else []
    receipt = [quiet(look.says("consent.receipt", code=consent.receipt))] if consent.receipt else []
    buttons = _answers(consent, model, close, do, look)
    return sheet_of([head, *text, *receipt, abreast(buttons, stacked=look.is_large)], close)


def _answers(consent: ConsentRead, model: CustomerPage, close: Tap, do: Do, look: Look) -> Sequence[ft.Control]:
    async def say(state: str) -> None:
        close()
        code = await do.act(partial(keep_word, customer=model.id, purpose=consent.purpose, state=state))
        if not isinstance(code, VisitError):
            do.say(look.says("consent.kept", code=code))

    async def ask_guardian() -> None:
        close()
        given = {"customer_id": model.id, "purpose": consent.purpose, "state": "given"}
        await do.begin("consent", given)

    if consent.allowed.may:
        return [tonal(look.says("consent.withdraw"), partial(say, "withdrawn"), grows=True)]
    by_guardian = consent.purpose == BY_A_GUARDIAN
    yes = ask_guardian if by_guardian else partial(say, "given")
    label = look.says("consent.by_guardian" if by_guardian else "consent.yes")
    return [tonal(look.says("consent.no"), partial(say, "refused"), grows=True), filled(label, yes)]
