"""同步中心: what waits, what is on its way, what needs somebody; in plain words."""

from collections.abc import Sequence
from functools import partial

import flet as ft

from field_app.actions import records
from field_app.actions.sync_centre import Item, SyncCentre
from field_app.screens.days import moment_words
from field_app.screens.doing import Do
from field_app.screens.kind_signs import SIGNS
from field_app.screens.look import Look
from field_app.screens.middle import middle
from field_app.screens.paging import Pages, paged
from field_app.screens.parts.bars import bottom_bar
from field_app.screens.parts.button import abreast, filled, plain, tonal
from field_app.screens.parts.header import top_bar
from field_app.screens.parts.notice import banner, empty, offline_banner
from field_app.screens.parts.row import row
from field_app.screens.parts.surface import card, group, narrow, page_body
from field_app.screens.parts.tag import Count, counts, tag
from field_app.screens.parts.words import heading, quiet, words
from field_app.screens.photos_waiting import photos_waiting
from field_app.screens.update_banner import update_banner
from field_app.sync import SyncReport
from field_app.sync_loop import Meeting
from field_app.theme.colours import DANGER, PLAIN, WAITING, Tone
from field_app.theme.measures import L, S
from field_app.theme.type import Role
from visit_core.explain import explain
from visit_core.kinds import known

ORDER = ("refused", "sent", "waiting")


def sync_centre_screen(model: SyncCentre, do: Do, look: Look) -> ft.Control:
    """How we stand with the server is read with every drawing: it changes while the records stay."""
    return _screen(model, do.meeting(), do, look)


@ft.component
def _screen(model: SyncCentre, meeting: Meeting, do: Do, look: Look) -> ft.Control:
    """How we stand with the server, counts, records, and the one button."""
    model = model if meeting.state == "syncing" else model.at_rest()
    is_busy = meeting.state == "syncing"
    go = filled(look.says("sync.busy" if is_busy else "sync.now"), None if is_busy else do.sync)
    last = moment_words(model.last_sync, look, do.moment().today) if model.last_sync else ""
    pages, _ = ft.use_state(Pages())
    items = [*_items(model, pages, do, look), *photos_waiting(model, do, look)]
    parts = [*_standing(meeting, model, do, look, last), _counts(model, look), *items, *_confirmed(model, do, look)]
    bar = middle(top_bar(look.says("sync.title"), look.says("app.back"), do.back), look, grows=False)
    body = paged(page_body(*(narrow(part) for part in parts)), pages, len(model.items))
    return ft.Column([bar, body, bottom_bar(go)], spacing=0, expand=True)


def _counts(model: SyncCentre, look: Look) -> ft.Control:
    given = (
        Count(model.waiting, look.says("sync.waiting")),
        Count(model.sent, look.says("sync.sent")),
        Count(model.refused, look.says("sync.refused"), Tone.DANGER),
    )
    return card(counts(given, look))


def _standing(meeting: Meeting, model: SyncCentre, do: Do, look: Look, at: str) -> list[ft.Control]:
    last = look.says("sync.last", at=at) if at else look.says("sync.never")
    unsent = model.waiting + model.sent
    if update := update_banner(meeting, look):
        return [update]
    match meeting.state:
        case "offline":
            key = "sync.offline_below" if unsent else "sync.offline_nothing"
            return [offline_banner(look.says("sync.offline"), look.says(key, count=unsent, last=last))]
        case "syncing":
            done = meeting.report or SyncReport()
            below = look.says("sync.so_far", pushed=done.pushed, pulled=done.pulled)
            stop = plain(look.says("sync.stop"), do.stop_sync)
            return [banner(look.says("sync.busy"), below, ft.Icons.SYNC_ROUNDED, action=stop)]
        case "stopped" if meeting.why:
            return [banner(look.says("sync.stopped"), explain(meeting.why, look.lang), ft.Icons.ERROR_OUTLINE, DANGER)]
    return [ft.Container(quiet(last), padding=ft.Padding.symmetric(horizontal=S))]


def _items(model: SyncCentre, pages: Pages, do: Do, look: Look) -> list[ft.Control]:
    """What needs somebody first, then what is on its way, then what waits; each under its name."""
    items = pages.of(model.items)
    if not items and not model.photos:
        return [empty(look.says("sync.all_sent"), ft.Icons.CLOUD_DONE_OUTLINED)]
    by_state = {state: [item for item in items if item.state == state] for state in ORDER}
    return [_part(look.says(f"sync.{state}"), mine, do, look) for state, mine in by_state.items() if mine]


def _confirmed(model: SyncCentre, do: Do, look: Look) -> list[ft.Control]:
    """What the server has named last, each with its receipt."""
    return [_part(look.says("sync.confirmed"), model.confirmed, do, look)] if model.confirmed else []


def _part(name: str, items: Sequence[Item], do: Do, look: Look) -> ft.Control:
    rows = group([_item(item, do, look) for item in items], indent=look.row_indent)
    return ft.Column([heading(name, Role.LABEL), rows], spacing=S)


def _item(item: Item, do: Do, look: Look) -> ft.Control:
    label = look.calls(item.kind) if known(item.kind) else item.kind
    title = look.says("sync.item", name=item.name or label, kind=label)
    at, is_confirmed = moment_words(item.at, look, do.moment().today), item.state == "confirmed"
    below = look.says("sync.receipt" if is_confirmed else f"sync.op.{item.op}", at=at, count=item.changes)
    meaning = {"refused": DANGER, "sent": PLAIN}.get(item.state, WAITING)
    lead = SIGNS.get(item.kind, ft.Icons.ARTICLE_OUTLINED)
    state = None if is_confirmed else tag(look.says(f"sync.state.{item.state}"), meaning)
    line = row(title, below, lead=lead, tail=state)
    if item.why is None:
        return line
    return ft.Column([line, _left_out(item, look) if is_confirmed else _refusal(item, do, look)], spacing=0)


def _left_out(item: Item, look: Look) -> ft.Control:
    """It has arrived, but for something that the server may not keep."""
    why = explain(item.why, look.lang, kind=item.kind) if item.why else ""
    return ft.Container(words(why, Role.SECOND), padding=ft.Padding(look.row_indent, 0, L, L))


def _refusal(item: Item, do: Do, look: Look) -> ft.Control:
    """A plain sentence and two buttons: mend it, or let go of it."""
    why = explain(item.why, look.lang, kind=item.kind) if item.why else ""

    async def mend() -> None:
        await do.begin(item.kind, {}, record=item.record)

    async def let_go() -> None:
        await do.act(partial(records.delete, kind_name=item.kind, record_id=item.record), look.says("sync.let_go_done"))

    buttons = abreast(
        [
            tonal(look.says("sync.mend"), mend, grows=True, tall=False),
            tonal(look.says("sync.let_go"), let_go, grows=True, tall=False),
        ]
    )
    inside = ft.Column([words(why, Role.SECOND, Tone.DANGER), buttons], spacing=S)
    return ft.Container(inside, padding=ft.Padding(look.row_indent, 0, L, L))
