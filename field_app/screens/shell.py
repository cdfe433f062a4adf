"""The frame of the app: which screen, over which, with what under the thumb."""

from collections.abc import Mapping

import flet as ft

from field_app.places import Place, homes_of
from field_app.screens.away import away_screen
from field_app.screens.beginning import beginning
from field_app.screens.damaged import damage_notice, mended_notice
from field_app.screens.desk_frame import beside_rail
from field_app.screens.entering import enrol_screen, notice_screen, unlock_screen
from field_app.screens.look import Look
from field_app.screens.lost_notice import lost_notice
from field_app.screens.parts import bars
from field_app.screens.parts.notice import undo_toast
from field_app.screens.parts.toast import toast as toast_of
from field_app.screens.rail import rail, rail_width
from field_app.screens.register import BY_NAME
from field_app.screens.steering import Steering
from field_app.state import AppState, Toast
from field_app.theme.colours import Tone
from field_app.theme.measures import BOTTOM_BAR, MARGIN, STACKED_BAR, S

TOAST_WIDTH = 400  # at a desk
SIGNS: Mapping[str, tuple[ft.IconData, ft.IconData]] = {
    "today": (ft.Icons.WB_SUNNY_OUTLINED, ft.Icons.WB_SUNNY_ROUNDED),
    "customers": (ft.Icons.PEOPLE_ALT_OUTLINED, ft.Icons.PEOPLE_ALT_ROUNDED),
    "reminders": (ft.Icons.NOTIFICATIONS_NONE_ROUNDED, ft.Icons.NOTIFICATIONS_ROUNDED),
    "mine": (ft.Icons.PERSON_OUTLINE_ROUNDED, ft.Icons.PERSON_ROUNDED),
    "review": (ft.Icons.FACT_CHECK_OUTLINED, ft.Icons.FACT_CHECK_ROUNDED),
    "fields": (ft.Icons.DASHBOARD_CUSTOMIZE_OUTLINED, ft.Icons.DASHBOARD_CUSTOMIZE_ROUNDED),
    "forms": (ft.Icons.DESCRIPTION_OUTLINED, ft.Icons.DESCRIPTION_ROUNDED),
    "labels": (ft.Icons.LABEL_OUTLINE_ROUNDED, ft.Icons.LABEL_ROUNDED),
    "conflicts": (ft.Icons.CALL_SPLIT_ROUNDED, ft.Icons.CALL_SPLIT_ROUNDED),
}


@ft.component
def shell(state: AppState, steer: Steering) -> list[ft.View]:
    """The views of one window, the lowest first: a person's way back is the stack itself."""
    ft.use_state(state)
    match state.stage:
        case "notice":
            return [_view("/notice", notice_screen(look_of(state), steer))]
        case "enrol":
            return [_view("/enrol", enrol_screen(look_of(state), steer))]
        case "unlock":
            return [_view("/unlock", unlock_screen(look_of(state), steer))]
        case "away" if state.away:
            return [_view("/away", away_screen(state.away, state.meeting, steer, look_of(state)))]
    if look_of(state).is_desk:
        return [_view("/desk", _desk(state, steer))]
    return [_view(str(place), _framed(state, steer, place)) for place in state.stack]


def look_of(state: AppState) -> Look:
    """For whom and how wide things are drawn."""
    return Look(state.preferences.lang, state.width, state.preferences.scale, state.own_tables)


def _view(route: str, content: ft.Control) -> ft.View:
    safe = ft.SafeArea(content, expand=True)
    return ft.View(route=route, controls=[safe], padding=0, spacing=0, bgcolor=Tone.PAGE)


def _desk(state: AppState, steer: Steering) -> ft.Control:
    """All screens beside the places, and what passes over them."""
    beside = rail(state, steer, look_of(state), homes_of(state.role), SIGNS)
    whole = beside_rail(beside, [_drawn(state, steer, place) for place in state.stack])
    return _with_notices(whole, _at_desk(state, steer))


def _framed(state: AppState, steer: Steering, place: Place) -> ft.Control:
    """A phone's screen with the places under it, and what passes over it."""
    drawn, homes = _drawn(state, steer, place), homes_of(state.role)
    if place not in homes:
        foot = STACKED_BAR if look_of(state).is_large else BOTTOM_BAR
        return _with_notices(drawn, _on_phone(state, steer, MARGIN + foot))
    whole = ft.Column([drawn, _bar(state, steer, homes)], spacing=0, expand=True)
    return _with_notices(whole, _on_phone(state, steer, S + BOTTOM_BAR))


def _drawn(state: AppState, steer: Steering, place: Place) -> ft.Control:
    drawn = BY_NAME[place.screen].draw(state.models[place], steer, look_of(state))
    return ft.Container(drawn, expand=True, key=str(place))


def _bar(state: AppState, steer: Steering, homes: tuple[Place, ...]) -> ft.Control:
    look = look_of(state)
    places = [bars.Place(look.says(f"nav.{home.screen}"), *SIGNS[home.screen]) for home in homes]

    async def go(number: int) -> None:
        await steer.home(homes[number])

    label, begin = beginning(state.role, steer, look)
    return bars.navigation(places, label, homes.index(state.stack[0]), go, begin)


def _with_notices(content: ft.Control, notices: list[ft.Control]) -> ft.Control:
    return ft.Stack([ft.Container(content, left=0, right=0, top=0, bottom=0), *notices], expand=True)


def _on_phone(state: AppState, steer: Steering, lift: float) -> list[ft.Control]:
    """As wide as the page, over the bar at its foot."""
    told = _notices(state, steer)
    return [ft.Container(told, left=MARGIN, right=MARGIN, bottom=lift)] if told else []


def _at_desk(state: AppState, steer: Steering) -> list[ft.Control]:
    """Over the list, beside the rail: it hides neither the record at the right nor the buttons under it."""
    look, told = look_of(state), _notices(state, steer)
    left, width = rail_width(look) + MARGIN, min(TOAST_WIDTH * look.scale, look.width - rail_width(look) - 2 * MARGIN)
    return [ft.Container(told, left=left, width=width, bottom=MARGIN + BOTTOM_BAR)] if told else []


def _notices(state: AppState, steer: Steering) -> ft.Control | None:
    """Damage, what a salvage brought back, what a sync overruled, and at the foot what was just done."""
    look = look_of(state)
    told = [damage_notice(steer, look)] if state.damage else []
    told += [mended_notice(state.mended, steer, look)] if state.mended else []
    told += [lost_notice(state.lost, steer, look)] if state.lost else []
    if state.toast:
        told.append(_toast(state.toast, look, steer))
    return ft.Column(told, spacing=S, tight=True, horizontal_alignment=ft.CrossAxisAlignment.STRETCH) if told else None


def _toast(toast: Toast, look: Look, steer: Steering) -> ft.Control:
    if toast.saved is None:
        return toast_of(toast.said)
    return undo_toast(toast.said, look.says("app.undo"), steer.take_back)
