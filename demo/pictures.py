"""`python -m demo.pictures --out DIR [NAME …]`: one picture of each screen, in each size, brightness and language."""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser

from demo.apps import OpenApp, open_apps
from demo.processes import Device
from demo.seeded import seed
from demo.stage import Stage, stage_in
from field_app.preferences import Preferences, keep_preferences
from tests.journeys.browser import Tab, chromium
from visit_core.explain import LANGUAGES, sentence
from visit_core.picklists import Language

SIZES = (((390, 844), (360, 740)), ((1280, 800),))
"""By device: what differs only in size is one window that is made smaller."""

BRIGHTNESSES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


@dataclass(frozen=True, slots=True)
class Picture:
    """One screen: whose, and at which address."""

    name: str
    who: str  # rep or supervisor
    address: str


def pictures(stage: Stage) -> tuple[Picture, ...]:
    """All screens of the seeded story."""
    customer, visit = stage.found["customers"][0]["id"], stage.found["visit"]
    return (
        Picture("today", "rep", "today"),
        Picture("visit", "rep", f"visit/{stage.found['draft']}"),
        Picture("new-visit", "rep", "new_visit"),
        Picture("quick", "rep", f"quick/{customer}"),
        Picture("reminders", "rep", "reminders"),
        Picture("customers", "rep", "customers"),
        Picture("customer", "rep", f"customer/{customer}"),
        Picture("visit-page", "rep", f"visit_page/{visit}"),
        Picture("returned", "rep", "returned"),
        Picture("sync", "rep", "sync"),
        Picture("conflict", "rep", f"conflict/{stage.found['conflict']}"),
        Picture("mine", "rep", "mine"),
        Picture("tables", "rep", "tables"),
        Picture("table-in", "rep", "table_in"),
        Picture("table-out", "rep", "table_out"),
        Picture("review", "supervisor", "review"),
        Picture("review-one", "supervisor", f"review_one/{stage.found['other_visit']}"),
        Picture("conflicts", "supervisor", "conflicts"),
        Picture("devices", "supervisor", "devices"),
    )


def main() -> int:
    """Take them all, or those that are named."""
    parser = argparse.ArgumentParser(prog="dev.py screens", description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("names", nargs="*", metavar="NAME")
    asked = parser.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="visits-") as folder, stage_in(Path(folder), None) as stage:
        seed(stage)
        wanted = [one for one in pictures(stage) if not asked.names or one.name in asked.names]
        taken = sum(_take_all(stage, lang, wanted, asked.out) for lang in LANGUAGES)
    print(f"{taken} pictures in {asked.out}")
    return 0


def _take_all(stage: Stage, lang: Language, wanted: list[Picture], out: Path) -> int:
    for device in (stage.rep, stage.supervisor):
        keep_preferences(device.home, Preferences(lang=lang, has_read_notice=True))
    with open_apps((stage.rep, stage.supervisor), stage.folder / "apps.log") as apps, chromium() as browser:
        return sum(1 for one in wanted for _ in _take(one, lang, _app_of(one, stage, apps), browser, out))


def _app_of(one: Picture, stage: Stage, apps: list[OpenApp]) -> OpenApp:
    device: Device = stage.rep if one.who == "rep" else stage.supervisor
    return next(app for app in apps if app.device is device)


def _take(one: Picture, lang: Language, app: OpenApp, browser: Browser, out: Path) -> Iterator[Path]:
    """The screen is opened once for each device, and there made smaller and turned from light to dark."""
    for sizes in SIZES:
        (width, height), *_ = sizes
        tab = Tab.opened(browser, app.address, width=width, height=height, path=one.address).wait().read_aloud()
        _enter(tab, app.pin, lang)
        for (width, height), brightness in product(sizes, BRIGHTNESSES):
            tab.page.set_viewport_size({"width": width, "height": height})
            tab.page.emulate_media(color_scheme=brightness)
            path = out / f"{one.name}-{width}x{height}-{brightness}-{lang}.png"
            tab.picture(path)
            yield path
        tab.close()


def _enter(tab: Tab, pin: str, lang: Language) -> None:
    tab.page.get_by_role("textbox").first.fill(pin)
    tab.page.get_by_role("button", name=sentence("unlock.go", lang)).click()
    tab.page.get_by_role("textbox", name="PIN").wait_for(state="detached")


if __name__ == "__main__":
    sys.exit(main())
