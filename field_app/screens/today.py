"""今日: the day of a rep, the next stop first."""

from collections.abc import Sequence
from datetime import date

import flet as ft

from field_app.actions.promises import Promise
from field_app.actions.today import Begun, SyncFacts, Today
from field_app.places import CHANCES, CONFLICTS, NEW_VISIT, REMINDERS, SYNC, Place
from field_app.screens.days import MONTHS, clock_words
from field_app.screens.doing import Do
from field_app.screens.look import Look
from field_app.screens.middle import middle
from field_app.screens.next_stop import next_stop
from field_app.screens.paging import Pages, paged
from field_app.screens.parts.button import sign_button
from field_app.screens.parts.header import page_header
from field_app.screens.parts.notice import empty
from field_app.screens.parts.row import chevron, row
from field_app.screens.parts.surface import card, group, page_body, progress
from field_app.screens.parts.tag import state_chip
from field_app.screens.parts.words import Do as Tap
from field_app.screens.parts.words import icon, quiet, words
from field_app.screens.promise_words import promise_words
from field_app.screens.update_banner import update_banner
from field_app.sync_loop import Meeting
from field_app.theme.colours import DANGER, SUCCESS, WAITING, Tone
from field_app.theme.measures import MARGIN, L, M, S
from field_app.theme.type import Role, size_of
from visit_core.stamp import instant

I = ft.Icons  # noqa: E741 -- signs are named often
BEGUN_AT_MOST = 3
TIME_EMS = 3.1  # how wide 10:30 is, in letters


def today_screen(model: Today, do: Do, look: Look) -> ft.Control:
    """How we stand with the server is read with every drawing: it changes while the day stays."""
    return _screen(model, do.meeting(), do, look)


@ft.component
def _screen(model: Today, meeting: Meeting, do: Do, look: Look) -> ft.Control:
    """The head that stays, and below it what scrolls."""
    pages, _ = ft.use_state(Pages())
    update = update_banner(meeting, look)
    body = page_body(
        *([update] if update else []),
        *_waiting(model, do, look),
        *_stops(model, pages, do, look),
        _chances(do, look),
        gap=L,
    )
    done = ft.Container(_progress(model, look), padding=ft.Padding(MARGIN, 0, MARGIN, S))
    head = ft.Column([_header(model, do, look), done], spacing=0)
    scrolled = middle(paged(body, pages, len(model.later)), look)
    return ft.Column([middle(head, look, grows=False), scrolled], spacing=0, expand=True)


def _header(model: Today, do: Do, look: Look) -> ft.Control:
    async def open_sync() -> None:
        await do.go(SYNC)

    visited = look.says("today.visited", done=model.visited, planned=model.planned) if model.planned else ""
    chip = _sync_chip(model.sync, open_sync, look)
    return page_header(look.says("nav.today"), long_day(model.day, look), tail=chip, at_right=visited)


def _sync_chip(sync: SyncFacts, on_tap: Tap, look: Look) -> ft.Control:
    if sync.refused:
        said, meaning = look.says("today.refused", count=sync.refused), DANGER
    elif sync.waiting:
        said, meaning = look.says("today.waiting", count=sync.waiting), WAITING
    elif sync.last_ms is not None:
        said, meaning = look.says("today.synced", at=clock_words(instant(sync.last_ms))), SUCCESS
    else:
        said, meaning = look.says("today.never_synced"), WAITING
    return state_chip(said, meaning, on_tap)


def _progress(model: Today, look: Look) -> ft.Control:
    label = look.says("today.visited", done=model.visited, planned=model.planned)
    return progress(model.visited, model.planned, label)


def _waiting(model: Today, do: Do, look: Look) -> list[ft.Control]:
    """What was interrupted comes before all else."""
    return [_begun(each, do, look) for each in model.begun[:BEGUN_AT_MOST]]


def _begun(begun: Begun, do: Do, look: Look) -> ft.Control:
    async def go_on() -> None:
        await do.go(Place("visit", begun.draft))

    at = clock_words(instant(begun.since_ms))
    title = words(look.says("today.go_on", name=begun.customer, at=at), Role.STRONG, Tone.ON_TINT)
    line = row(title, lead=icon(I.PLAY_CIRCLE_OUTLINE_ROUNDED, Tone.ON_TINT), tail=chevron(), on_tap=go_on)
    ground = card(line, 0)
    ground.bgcolor, ground.clip_behavior = Tone.TINT, ft.ClipBehavior.ANTI_ALIAS
    return ground


def _stops(model: Today, pages: Pages, do: Do, look: Look) -> list[ft.Control]:
    stop, door = model.next_stop, model.next_door
    first = [next_stop(stop, door, model.day, do, look)] if stop and door else [_nothing(model, do, look)]
    return [*first, *_pending(model, do, look), *_later(pages.of(model.later), len(model.later), do, look)]


def _nothing(model: Today, do: Do, look: Look) -> ft.Control:
    async def visit() -> None:
        await do.go(NEW_VISIT)

    key = "today.no_more" if model.begun else "today.all_done" if model.visited else "today.nothing"
    return empty(look.says(key), I.WB_SUNNY_OUTLINED, look.says("today.new_visit"), visit)


def _pending(model: Today, do: Do, look: Look) -> list[ft.Control]:
    """What is late, what came back from the supervisor, whose edit was overruled, and the way to what may be sold."""
    late = ("today.overdue", model.overdue, I.NOTIFICATIONS_ACTIVE_OUTLINED, Tone.ATTENTION, REMINDERS)
    back = ("today.returned", model.notices.returned, I.ASSIGNMENT_RETURN_OUTLINED, Tone.DANGER, Place("returned"))
    lost = ("today.lost", model.notices.lost, I.CALL_SPLIT_ROUNDED, Tone.INFO, CONFLICTS)
    rows = [_count_row(*each, do, look) for each in (late, back, lost) if each[1]]
    return [group([*rows, _chances(do, look)], look.row_indent)]


def _chances(do: Do, look: Look) -> ft.Control:
    """Whom a sale may come of is worked out when it is asked for: the day itself is there at once."""

    async def show() -> None:
        await do.go(CHANCES)

    title, below = look.says("chances.title"), look.says("chances.short")
    return row(title, below, lead=I.TRENDING_UP_ROUNDED, tail=chevron(), on_tap=show)


def _count_row(key: str, count: int, sign: ft.IconData, tone: Tone, place: Place, do: Do, look: Look) -> ft.Control:
    async def open_it() -> None:
        await (do.home(place) if place == REMINDERS else do.go(place))

    tail = ft.Row([words(str(count), Role.STRONG, tone), chevron()], tight=True, spacing=M)
    return row(look.says(key), lead=sign, tone=tone, tail=tail, on_tap=open_it)


def _later(stops: Sequence[Promise], total: int, do: Do, look: Look) -> list[ft.Control]:
    if not stops:
        return []
    width = TIME_EMS * size_of(Role.BODY, look.scale)
    rows = [_stop_row(each, width, do, look) for each in stops]
    return [quiet(look.says("today.later", count=total), Role.LABEL), group(rows, MARGIN + width + M)]


def _stop_row(stop: Promise, width: float, do: Do, look: Look) -> ft.Control:
    async def open_customer() -> None:
        await do.go(Place("customer", stop.customer_id))

    async def more() -> None:
        await do.go(Place("quick", stop.customer_id))

    at = ft.Container(quiet(clock_words(stop.at) or "–", Role.BODY), width=width)
    menu = sign_button(I.MORE_HORIZ_ROUNDED, look.says("today.more_outcomes_of", name=stop.customer), more)
    below = "·".join(filter(None, (promise_words(stop, look), stop.address)))
    return row(stop.customer, below, lead=at, tail=menu, on_tap=open_customer)


def long_day(day: date, look: Look) -> str:
    """The day as a head has it: 11月21日 周六."""
    if look.lang == "zh":
        return f"{day.month}月{day.day}日 周{'一二三四五六日'[day.weekday()]}"
    return f"{day:%a} {day.day} {MONTHS[day.month - 1]}"
