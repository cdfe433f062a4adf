"""我的: whose device this is, what waits for that person, and how the app is to look."""

from collections.abc import Awaitable, Callable
from importlib.metadata import PackageNotFoundError, version

import flet as ft

from field_app.actions.mine import Mine
from field_app.actions.this_device import Status
from field_app.preferences import Preferences
from field_app.screens.bug_report import bug_report
from field_app.screens.leaving import leaving
from field_app.screens.look import Look
from field_app.screens.middle import middle
from field_app.screens.mine_work import work
from field_app.screens.parts.button import tonal
from field_app.screens.parts.choice import Option, columns_of, grid
from field_app.screens.parts.header import page_header
from field_app.screens.parts.row import fact
from field_app.screens.parts.surface import card, narrow, page_body
from field_app.screens.parts.words import heading, quiet
from field_app.screens.steering import Steering
from field_app.theme.measures import L, M, S
from visit_core.picklists import ROLE
from visit_core.version import VERSION

SCALES = ("1.0", "1.25", "1.5", "2.0")
LOCK_MINUTES = ("1", "5", "15")


@ft.component
def mine_screen(model: Mine, do: Steering, look: Look) -> ft.Control:
    """Person and work first, then how it looks, then the device."""
    liked = do.state.preferences
    lock = tonal(look.says("mine.lock"), do.entrance.lock, sign=ft.Icons.LOCK_OUTLINE_ROUNDED)
    leave = leaving(model, do, look)
    below = look.says("mine.below", role=ROLE.label(model.status.role, look.lang), team=model.team)
    device, report = _device(model.status, look), bug_report(model.status.device, do, look)
    parts = (work(model, do, look), lock, _looks(liked, do, look), device, report, leave)
    body = page_body(*(narrow(part) for part in parts))
    return ft.Column([middle(page_header(model.status.name, below), look, grows=False), body], spacing=0, expand=True)


def _looks(liked: Preferences, do: Steering, look: Look) -> ft.Control:
    choices = (
        (look.says("mine.language"), "lang", {"zh": "中文", "en": "English"}),
        (look.says("mine.theme"), "brightness", {n: look.says(f"mine.theme.{n}") for n in ("system", "light", "dark")}),
        (look.says("mine.text"), "scale", {n: f"{float(n):.0%}" for n in SCALES}),
        (
            look.says("mine.lock_after"),
            "lock_after_min",
            {n: look.says("mine.minutes", count=n) for n in LOCK_MINUTES},
        ),
    )
    blocks = [_choice(label, field, labels, liked, do, look) for label, field, labels in choices]
    return card(ft.Column([heading(look.says("mine.look")), *blocks], spacing=L))


def _choice(label: str, field: str, labels: dict[str, str], liked: Preferences, do: Steering, look: Look) -> ft.Control:
    options = [Option(code, shown) for code, shown in labels.items()]
    chosen = next((code for code in labels if str(getattr(liked, field)) == code), None)
    columns = min(columns_of(options, look), len(options)) if len(options) != 4 else 2
    return ft.Column([quiet(label), grid(options, chosen, _setter(field, liked, do), columns=columns)], spacing=S)


def _setter(field: str, liked: Preferences, do: Steering) -> Callable[[str], Awaitable[None]]:
    async def choose(code: str) -> None:
        await do.prefer(Preferences.model_validate({**liked.model_dump(), field: code}))

    return choose


def _device(stands: Status, look: Look) -> ft.Control:
    facts = (
        ("mine.organisation", stands.organisation),
        ("mine.server", stands.server),
        ("mine.device_name", stands.device),
        ("mine.records", str(stands.records)),
        ("mine.version", _version()),
    )
    lines = [fact(look.says(key), value, is_stacked=look.is_large) for key, value in facts]
    return card(ft.Column([heading(look.says("mine.device")), *lines], spacing=M))


def _version() -> str:
    try:
        return version("field-visits")
    except PackageNotFoundError:  # a checkout that was not installed
        return VERSION
