"""Pictures are taken: each person's app is served, opened at an address, and looked at light and dark."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, product
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Error

from demo.apps import OpenApp, open_apps
from demo.pictures.before import SMALLEST, Before
from demo.pictures.picture import Picture
from demo.pictures.touch import missed_by_a_finger
from demo.processes import Device
from demo.stage import Stage
from field_app.preferences import Preferences, keep_preferences
from field_app.screens.look import LARGE
from tests.journeys.browser import Tab, chromium
from visit_core.explain import sentence
from visit_core.picklists import Language

Size = tuple[int, int]
Brightness = Literal["light", "dark"]

SIZES: tuple[Size, ...] = ((390, 844), (360, 740), (1280, 800))
BRIGHTNESSES: tuple[Brightness, ...] = ("light", "dark")
NEWCOMER = "newcomer"
NARROWEST_DESK = 1024
STEP_MS = 20_000  # what is not there by then does not come


@dataclass(frozen=True, slots=True)
class Variants:
    """In which ways each picture is taken."""

    sizes: Sequence[Size]
    brightnesses: Sequence[Brightness]
    languages: Sequence[Language]
    scale: float = 1.0


@dataclass(slots=True)
class Taken:
    """How many there are now, which could not be taken, and what on them is too small for a finger."""

    pictures: int = 0
    missed: list[str] = field(default_factory=list)
    small: list[str] = field(default_factory=list)


def take(wanted: Sequence[Picture], stage: Stage, variants: Variants, out: Path) -> Taken:
    """Take them all."""
    out.mkdir(parents=True, exist_ok=True)
    everybody = devices_of(stage)
    taken = Taken()
    for lang in variants.languages:
        for device in everybody.values():
            liked = Preferences(lang=lang, scale=variants.scale, has_read_notice=device.name != NEWCOMER)
            keep_preferences(device.home, liked)
        needed = tuple(device for who, device in everybody.items() if who in {each.who for each in wanted})
        with open_apps(needed, stage.folder / "apps.log") as apps, chromium() as browser:
            for each in wanted:
                app = next(app for app in apps if app.device is everybody[each.who])
                try:
                    for tab in _taken(each, Sitting(app, browser, lang, stage, variants), out):
                        taken.pictures += 1
                        taken.small += _small(each, tab, lang)
                except (Error, AssertionError) as why:
                    taken.missed.append(f"{each.name}-{lang}: {str(why).splitlines()[0]}")
    return taken


def devices_of(stage: Stage) -> dict[str, Device]:
    """Whose app a picture may be of."""
    env = {"FIELD_APP_PIN": "", "FIELD_APP_SECRETS": str(stage.folder / "keystores" / NEWCOMER)}
    newcomer = Device(NEWCOMER, stage.folder / NEWCOMER, env)
    besides = {"admin": stage.found["admin"], "away": stage.found["away"], NEWCOMER: newcomer}
    return {"rep": stage.rep, "colleague": stage.colleague, "supervisor": stage.supervisor, **besides}


@dataclass(frozen=True, slots=True)
class Sitting:
    """One person's app, and the browser in which it is looked at."""

    app: OpenApp
    browser: Browser
    lang: Language
    stage: Stage
    variants: Variants


def _small(picture: Picture, tab: Tab, lang: Language) -> list[str]:
    """What a finger would miss; at a desk there is a mouse."""
    width = (tab.page.viewport_size or SMALLEST)["width"]
    missed = missed_by_a_finger(tab.page) if width < NARROWEST_DESK else ()
    return [f"{picture.name}-{lang} at {width}: {each}" for each in missed]


def _taken(picture: Picture, sitting: Sitting, out: Path) -> Iterator[Tab]:
    """The screen is opened once on a phone and once at a desk, and there made smaller and turned from light to dark."""
    for at_desk, sizes in groupby(sitting.variants.sizes, key=lambda size: size[0] >= NARROWEST_DESK):
        same = list(sizes)
        tab = _opened(picture, sitting, same[0])
        before = Before(tab, sitting.lang, sitting.stage, at_desk=at_desk, is_large=sitting.variants.scale > LARGE)
        try:
            picture.steps(before)
            tab.page.mouse.move(0, 0)  # or what lies under it is tinted and tells its name
            for size, brightness in product(same, sitting.variants.brightnesses):
                tab.page.set_viewport_size({"width": size[0], "height": size[1]})
                tab.page.emulate_media(color_scheme=brightness)
                to = out / _name_of(picture, size, brightness, sitting)
                to.write_bytes(tab.page.screenshot()) if picture.moves else tab.picture(to)
                yield tab
        finally:
            picture.after(before)
            tab.close()


def _opened(picture: Picture, sitting: Sitting, size: Size) -> Tab:
    """The app at the picture's address, with the PIN given where it is asked for."""
    path = picture.address(sitting.stage)
    is_dark = sitting.variants.brightnesses[0] == "dark"
    tab = Tab.opened(sitting.browser, sitting.app.address, width=size[0], height=size[1], dark=is_dark, path=path)
    tab.drawn().read_aloud()
    if picture.inside:
        _enter(tab, sitting.app.pin, sitting.lang)
    tab.page.set_default_timeout(STEP_MS)
    return tab


def _name_of(picture: Picture, size: Size, brightness: Brightness, sitting: Sitting) -> str:
    scale = f"-{sitting.variants.scale:.0%}" if sitting.variants.scale != 1 else ""
    return f"{picture.name}-{size[0]}x{size[1]}-{brightness}-{sitting.lang}{scale}.png"


def _enter(tab: Tab, pin: str, lang: Language) -> None:
    tab.page.get_by_role("textbox").first.fill(pin)
    tab.page.get_by_role("button", name=sentence("unlock.go", lang)).click()
    tab.page.get_by_role("textbox", name="PIN").wait_for(state="detached")
