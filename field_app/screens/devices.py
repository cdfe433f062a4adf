"""团队设备: who has not synced since yesterday comes first; one that is lost is taken out, after a question."""

from functools import partial

import flet as ft

from field_app.actions.overseeing import Overseeing, Overseen, look_up, revoke
from field_app.screens.days import moment_words
from field_app.screens.doing import Do, Errand
from field_app.screens.handing_over import handing_over_card
from field_app.screens.look import Look
from field_app.screens.middle import middle
from field_app.screens.parts.button import danger, plain, sign_button, tonal
from field_app.screens.parts.header import top_bar
from field_app.screens.parts.notice import empty
from field_app.screens.parts.question import question
from field_app.screens.parts.row import fact, row
from field_app.screens.parts.surface import card, group, narrow, page_body
from field_app.screens.parts.tag import tag
from field_app.screens.parts.words import Do as Tap
from field_app.screens.parts.words import heading, quiet, words
from field_app.screens.rescues import rescue_card
from field_app.theme.colours import DANGER, PLAIN, WAITING, Tone
from field_app.theme.measures import M
from visit_core.errors import VisitError
from visit_core.explain import explain
from visit_core.overseeing import DeviceShown, ServerStatus

NOTHING: Overseen | VisitError | None = None
NOBODY: DeviceShown | None = None


@ft.component
def devices_screen(model: Overseeing, do: Do, look: Look) -> ft.Control:
    """What the server says now; without a network it says so and can be asked again."""
    told, show = ft.use_state(NOTHING)
    asked, ask = ft.use_state(NOBODY)

    async def reach(errand: Errand[Overseen]) -> None:
        show(await do.reach(errand))

    async def again() -> None:
        await reach(look_up)

    async def take_out() -> None:
        ask(None)
        if asked:
            await reach(partial(revoke, device=asked.device))

    ft.use_effect(again, [])
    ft.use_dialog(_question(asked, take_out, lambda: ask(None), look) if asked else None)
    bar = middle(top_bar(look.says("devices.title"), look.says("app.back"), do.back), look, grows=False)
    match told:
        case Overseen():
            rows = [_row(one, model, partial(ask, one), do, look) for one in told.devices]
            server = [_server(told.server, do, look)] if told.server else []
            names = {one.device: one.name for one in told.devices}
            parts = [*server, group(rows, look.row_indent), rescue_card(names, do, look)]
            parts += [handing_over_card(told.people, do, look)]
        case VisitError():
            parts = [
                empty(explain(told, look.lang), ft.Icons.CLOUD_OFF_ROUNDED),
                tonal(look.says("devices.again"), again),
            ]
        case _:
            parts = [quiet(look.says("devices.asking"))]
    return ft.Column([bar, page_body(*(narrow(part) for part in parts))], spacing=0, expand=True)


def _row(told: DeviceShown, model: Overseeing, take_out: Tap, do: Do, look: Look) -> ft.Control:
    at = moment_words(told.last_sync_at, look, do.moment().today) if told.last_sync_at else ""
    below = look.says("devices.last", at=at) if at else look.says("devices.never")
    marks: list[ft.Control] = [tag(look.says("devices.own"))] if told.device == model.own else []
    if told.state != "active":
        marks.append(tag(look.says("devices.revoked"), PLAIN))
    elif model.is_quiet(told):
        marks.append(tag(look.says("devices.quiet"), WAITING))
    if told.state == "active" and told.device != model.own:
        marks.append(sign_button(ft.Icons.BLOCK_ROUNDED, look.says("devices.revoke", name=told.name), take_out))
    name = f"{told.name}·{told.label or told.device}"
    tail = ft.Row(marks, tight=True, spacing=0) if marks else None
    return row(name, below, lead=ft.Icons.SMARTPHONE_ROUNDED, tail=tail, is_stacked=look.is_large)


def _server(told: ServerStatus, do: Do, look: Look) -> ft.Control:
    at = moment_words(told.last_backup_at, look, do.moment().today) if told.last_backup_at else ""
    lines: list[ft.Control] = [
        fact(look.says("devices.server_version"), told.version, is_stacked=look.is_large),
        fact(
            look.says("devices.backup"),
            at or look.says("devices.no_backup"),
            Tone.INK if at else Tone.DANGER,
            is_stacked=look.is_large,
        ),
    ]
    if told.backup_failed:
        lines.append(tag(look.says("devices.backup_failed"), DANGER))
    if told.fell_back_at:
        at = moment_words(told.fell_back_at, look, do.moment().today)
        lines.append(fact(look.says("devices.fell_back"), at, Tone.DANGER, is_stacked=look.is_large))
        lines.append(quiet(look.says("devices.fell_back_below")))
    return card(ft.Column([heading(look.says("devices.server")), *lines], spacing=M))


def _question(told: DeviceShown, take_out: Tap, stay: Tap, look: Look) -> ft.AlertDialog:
    answers = [plain(look.says("devices.stay"), stay), danger(look.says("devices.revoke_now"), take_out)]
    asked = look.says("devices.revoke_asked", name=told.name)
    return question(asked, [words(look.says("devices.revoke_below"))], answers, stay)
