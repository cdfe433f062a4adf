"""People at their own apps in a browser: they tap, type and read as a person does, found by what is read aloud."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Self

from playwright.sync_api import Browser, Locator, TimeoutError, expect

from demo import people
from demo.acts import opening
from demo.apps import OpenApp, open_apps
from demo.processes import Answer, Device
from demo.stage import Stage, stage_in
from field_app.preferences import Preferences, keep_preferences
from tests.journeys.browser import Tab

Size = tuple[int, int]
PHONE, DESK = (390, 844), (1280, 800)
SOON_MS, LEFT_MS, SETTLED_MS = 20_000, 10_000, 300
TAPS = 2
SCREENFUL, SCREENFULS = 500, 20
OPENING = (
    opening.a_server_of_its_own_serves_on_loopback,
    opening.two_reps_and_a_supervisor_enrol_by_invite,
    opening.customers_are_imported_and_everybody_has_them,
)
# Flutter moves one real field under whatever has its cursor; what is read aloud of a field does not bear its words.
CURSOR_IS_IN = """box => {
    const cursor = document.activeElement.getBoundingClientRect()
    const x = cursor.x + cursor.width / 2, y = cursor.y + cursor.height / 2
    return box.x <= x && x <= box.x + box.width && box.y <= y && y <= box.y + box.height
}"""
FIELD_HOLDS = "words => document.activeElement.value === words"


@contextmanager
def a_day_begins(folder: Path) -> Iterator[Stage]:
    """A server process, three enrolled people who have read the notice, and customers on every device."""
    with stage_in(folder, None) as stage:
        for step in OPENING:
            step(stage)
        for device in stage.devices:
            keep_preferences(device.home, Preferences(has_read_notice=True))
        yield stage


def customer_named(stage: Stage, name: str) -> str:
    """The id of an imported customer."""
    return str(next(one["id"] for one in stage.found["customers"] if one["name"] == name))


def promises_to_call(device: Device, customer: str) -> None:
    """A customer is to be called on today."""
    device.run("add", "followup", f"customer_id={customer}", "title=回访", f"due_date={date.today().isoformat()}")


def visits_at(device: Device, customer: str) -> list[Answer]:
    """All visits of a customer that a device has."""
    return [one for one in device.run("list", "visit")["records"] if one["customer_id"] == customer]


def server_holds(stage: Stage, kind: str, record: str) -> Answer:
    """A record as the central store has it."""
    held: Answer = stage.server.run("get", kind, record)["record"]
    return held


@dataclass
class Person:
    """Somebody before an app. What was tapped is counted, what was typed is kept."""

    device: Device
    tab: Tab
    at_desk: bool = False
    taps: int = 0
    typed: list[str] = field(default_factory=list)

    def unlocks(self) -> Self:
        """Give the PIN, which the cursor already waits for."""
        box = self._box("PIN")
        self._writes("PIN", people.PINS[self.device.name])
        self._called("解锁").click()
        box.wait_for(state="detached")
        return self

    def locks(self) -> None:
        """Close the store; it is free for others then."""
        self.goes_to("我的")
        self.scrolls_to("立即锁定")
        self.taps_on("立即锁定")
        self._box("PIN").wait_for()

    def loads_anew(self) -> Self:
        """Load the page again, as somebody does who thinks that it hangs."""
        self.tab.page.reload()
        self.tab.drawn().read_aloud()
        return self

    def goes_to(self, place: str) -> None:
        """One of the places: below on a phone, at the left of a desk."""
        if self.at_desk:
            self.taps_on(place)
            return
        self.taps_on(place, "tab")
        expect(self._chosen(place)).to_be_attached(timeout=SOON_MS)

    def opens_sync(self) -> None:
        """The sync centre, by way of 我的."""
        self.goes_to("我的")
        self.taps_on("同步中心", exact=False)

    def syncs(self) -> None:
        """Meet the server by hand, see that it has everything, and leave."""
        self.opens_sync()
        self.taps_on("立即同步")
        self.reads("全部已发送，服务器已确认")
        self.goes_back()

    def goes_back(self) -> None:
        """Leave a screen, which its address follows; on a phone wait until it has moved away, too.

        A tap on what still moves is heard by nobody, as on a phone: then a person taps again.
        """
        was = self.tab.page.url
        for _ in range(TAPS):
            self.taps_on("返回")
            self.tab.page.mouse.move(1, 300)  # what it rests on shows its name twice, and is not found by it any more
            if self._has_left(was):
                break
        if not self.at_desk:
            self.tab.page.wait_for_timeout(SETTLED_MS)

    def _has_left(self, address: str) -> bool:
        try:
            self.tab.page.wait_for_url(lambda now: now != address, timeout=LEFT_MS)
        except TimeoutError:
            return False
        return True

    def goes_back_in_the_browser(self) -> None:
        """The browser's own Back."""
        self.tab.page.go_back()

    def taps_on(self, label: str, role: str = "button", *, exact: bool = True) -> None:
        """Tap what is called so."""
        self._called(label, role, exact=exact).click()
        self.taps += 1

    def chooses(self, label: str, file: Path) -> None:
        """Tap what opens the browser's own file chooser, and choose a file in it."""
        with self.tab.page.expect_file_chooser() as chooser:
            self.taps_on(label)
        chooser.value.set_files(file)

    def takes_along(self, label: str, folder: Path) -> Path:
        """Tap what gives a file, and keep what the browser downloads."""
        with self.tab.page.expect_download() as download:
            self.taps_on(label)
        kept = folder / download.value.suggested_filename
        download.value.save_as(kept)
        return kept

    def presses(self, key: str) -> None:
        """Press a key on the desk."""
        self.tab.page.keyboard.press(key)

    def types(self, label: str, words: str) -> None:
        """Go into a field and write in the place of what stands there."""
        box = self._box(label)
        box.click()
        self.types_at_cursor_in(label, words)

    def types_at_cursor_in(self, label: str, words: str) -> None:
        """Write where the cursor is by itself, once it is there."""
        self._writes(label, words)
        self.typed.append(words)

    def reads(self, *words: str) -> None:
        """Wait until each of these is on the screen."""
        page = self.tab.page
        for each in words:
            expect(page.get_by_text(each).or_(page.get_by_label(each)).first).to_be_attached(timeout=SOON_MS)

    def _writes(self, label: str, words: str) -> None:
        page = self.tab.page
        page.wait_for_function(CURSOR_IS_IN, arg=self._box(label).bounding_box())
        page.keyboard.press("Control+a")
        page.keyboard.insert_text(words)
        page.wait_for_function(FIELD_HOLDS, arg=words)

    def scrolls_to(self, label: str) -> None:
        """What is far below is not drawn before one comes near."""
        page, (width, height) = self.tab.page, DESK if self.at_desk else PHONE
        page.mouse.move(width / 2, height / 2)
        for _ in range(SCREENFULS):
            if self._called(label).count():
                return
            page.mouse.wheel(0, SCREENFUL)
            page.wait_for_timeout(SETTLED_MS)

    def _called(self, label: str, role: str = "button", *, exact: bool = True) -> Locator:
        return self.tab.page.get_by_role(role, name=label, exact=exact).first  # type: ignore[arg-type]

    def _chosen(self, place: str) -> Locator:
        return self.tab.page.get_by_role("tab", name=place, exact=True, selected=True).first

    def _box(self, label: str) -> Locator:
        return self.tab.page.get_by_role("textbox", name=label).first


@contextmanager
def at_their_apps(stage: Stage, browser: Browser, *who: tuple[Device, Size]) -> Iterator[list[Person]]:
    """Each unlocks an app process of their own. In the end the processes are gone, and nothing outside was reached."""
    with open_apps(tuple(device for device, _ in who), stage.folder / "apps.log") as apps:
        there = [_before(app, browser, size) for app, (_, size) in zip(apps, who, strict=True)]
        yield there
        assert [(one.tab.finished, one.tab.missing) for one in there] == [([], [])] * len(there)
        for one in there:
            one.tab.close()


def _before(app: OpenApp, browser: Browser, size: Size) -> Person:
    tab = Tab.opened(browser, app.address, width=size[0], height=size[1])
    return Person(app.device, tab.drawn().read_aloud(), at_desk=size == DESK).unlocks()
