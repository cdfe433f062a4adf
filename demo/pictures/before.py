"""Somebody before a screen whose picture is to be taken: taps, types and scrolls by the words of their language."""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from re import compile as pattern
from re import escape
from typing import Literal

from playwright.sync_api import Error, FloatRect, Locator, ViewportSize

from demo.stage import Stage
from tests.journeys.browser import Tab
from visit_core.explain import sentence
from visit_core.fields import fields_of
from visit_core.kinds import kind_named
from visit_core.picklists import Language

SCREENFUL, SCREENFULS = 500, 40
SMALLEST: ViewportSize = {"width": 360, "height": 740}
ROW, FOOT = 64, 8  # pixels of what is to be tapped, and above the edge of the window
BAR, HIGHEST_BAR = 100, 200  # and above a bar there; its buttons stand one above the other where words are large
TURNS_UNDER = 64  # pixels at the right: of the arrow, and of a name that it cuts
# Whether something else that can be tapped lies over the point where one would tap: a bar at the foot, mostly.
COVERED = """each => {
  const box = each.getBoundingClientRect()
  const at = each.getRootNode().elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height, 128) / 2)
  const over = at && at.closest('[flt-tappable]')
  return Boolean(over) && over != each && !over.contains(each) && !each.contains(over)
}"""
SETTLED_MS, AT_REST_MS, SOON_MS, LONG_PRESS_MS = 400, 100, 1_500, 900


@dataclass(frozen=True, slots=True)
class Before:
    """A window, the language it speaks, and the story that it is part of."""

    tab: Tab
    lang: Language
    stage: Stage
    at_desk: bool
    is_large: bool = False  # so that the bar at the foot is twice as high

    @property
    def bar(self) -> int:
        """Pixels that a bar at the foot may take."""
        return HIGHEST_BAR if self.is_large else BAR

    def says(self, key: str, **facts: str | int) -> str:
        """The words under a key."""
        return sentence(key, self.lang, **facts)

    def taps(self, key: str, **facts: str | int) -> None:
        """Tap the button that a key names."""
        self.taps_on(self.says(key, **facts))

    def taps_on(self, label: str) -> None:
        """Tap the first button whose name begins so, after scrolling to where it is."""
        self._taps(self.finds(label))

    def taps_on_row(self, label: str) -> None:
        """The same for a row of a page, which may lie under the bar at its foot."""
        self._taps(self.finds(label, foot=self.bar))

    def taps_on_exactly(self, label: str) -> None:
        """Tap the last button of just that name: what asks stands below what tells."""
        self.finds(label)
        self._taps(self.tab.page.get_by_role("button", name=label, exact=True).last)

    def taps_on_part(self, words: str) -> None:
        """Tap the first button whose name has these words in it, after scrolling to where it is."""
        self._taps(self.finds(words, begins=False, foot=self.bar))

    def turns_to(self, key: str) -> None:
        """Another view of a page: where its name is out of sight, the line of names is moved there first."""
        name, more = self.says(key), self.tab.page.get_by_role("button", name=self.says("tabs.more"))
        tab = self.tab.page.get_by_role("button", name=name, exact=True).first
        tab.wait_for(state="attached")
        self._scrolled_to(more.first if more.count() else tab, foot=self.bar)
        width = (self.tab.page.viewport_size or SMALLEST)["width"]
        for _ in range(SCREENFULS):
            box = tab.bounding_box() if tab.count() else None
            if not more.count() or (box and box["x"] >= 0 and box["x"] + box["width"] < width - TURNS_UNDER):
                break
            self._taps(more.first)
        arrow = more.or_(self.tab.page.get_by_role("button", name=self.says("tabs.back")))
        self._taps(self._scrolled_to(tab, foot=self.bar), level_with=arrow.first if arrow.count() else tab)

    def goes_to(self, key: str) -> None:
        """One of the four places."""
        role: Literal["button", "tab"] = "button" if self.at_desk else "tab"
        self._taps(self.tab.page.get_by_role(role, name=self.says(key), exact=True).first)

    def chooses(self, label: str) -> None:
        """Tap the first chip whose words begin so."""
        page, words = self.tab.page, pattern(f"^{escape(label)}")
        found = page.get_by_label(words).or_(page.get_by_text(words)).first
        self._taps(self._scrolled_to(found, foot=self.bar))

    def taps_into(self, label: str) -> None:
        """Tap what stands under a label and opens a sheet or a menu."""
        name, page = pattern(f"^{escape(label)}"), self.tab.page
        found = page.get_by_label(name).or_(page.get_by_role("button", name=name)).first
        self._taps(self._scrolled_to(found, foot=self.bar))

    def labelled(self, kind: str, field: str) -> str:
        """How a field is called."""
        return fields_of(kind_named(kind))[field].asked.label(self.lang)

    def kind(self, name: str) -> str:
        """How a kind is called."""
        return kind_named(name).label(self.lang)

    def finds(self, label: str, *, begins: bool = True, foot: int = FOOT) -> Locator:
        """The first button whose name begins so, or has it in it."""
        name = pattern(f"{'^' if begins else ''}{escape(label)}")
        return self._scrolled_to(self.tab.page.get_by_role("button", name=name).first, foot=foot)

    def _scrolled_to(self, found: Locator, *, foot: int = FOOT) -> Locator:
        """What is far below is not drawn before one comes near, and what is to come not at once."""
        page = self.tab.page
        with suppress(Error):
            found.wait_for(state="attached", timeout=SOON_MS)
        size = page.viewport_size or SMALLEST
        page.mouse.move(size["width"] * (0.75 if self.at_desk else 0.5), size["height"] / 2)
        for _ in range(SCREENFULS):
            box = found.bounding_box() if found.count() else None
            within = box and box["y"] + min(box["height"], ROW) < size["height"] - foot
            if within and not found.evaluate(COVERED):
                return found
            is_far = box is None or box["y"] > size["height"] + SCREENFUL
            self.scrolls(1 if is_far else 0.3)
        return found

    def scrolls(self, screenfuls: float = 1) -> None:
        """Further down the page."""
        for step in (1.0,) * int(screenfuls) + (screenfuls % 1,):
            self.tab.page.mouse.wheel(0, SCREENFUL * step)
            self.tab.page.wait_for_timeout(SETTLED_MS)

    def types(self, label: str, words: str) -> None:
        """Write into the field that is named so."""
        box = self.tab.page.get_by_role("textbox", name=pattern(f"^{escape(label)}")).first
        box.click()
        self.settles()
        self.tab.page.keyboard.insert_text(words)
        self.settles()

    def presses_long(self, words: str) -> None:
        """Hold a finger on what is written there."""
        page = self.tab.page
        held = page.get_by_text(words).or_(page.get_by_label(words)).first
        box = self._scrolled_to(held, foot=self.bar).bounding_box()
        if box is None:
            raise Error(f"{words} is out of sight")
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        page.mouse.down()
        page.wait_for_timeout(LONG_PRESS_MS)
        page.mouse.up()
        self.settles()

    def reads(self, words: str) -> None:
        """Wait until it is on the screen."""
        page = self.tab.page
        page.get_by_text(words).or_(page.get_by_label(words)).first.wait_for(state="attached")

    def sees(self, words: str) -> bool:
        """Whether it is on the screen now."""
        page = self.tab.page
        return page.get_by_text(words).or_(page.get_by_label(words)).count() > 0

    def chooses_file(self, key: str, file: Path) -> None:
        """Tap what opens the browser's own file chooser, and choose a file there."""
        with self.tab.page.expect_file_chooser() as chooser:
            self._taps(self.finds(self.says(key)))
        chooser.value.set_files(file)
        self.settles()

    def _taps(self, what: Locator, *, level_with: Locator | None = None) -> None:
        """Where it is drawn: what is read aloud of it may lie under something that is read aloud, too.

        In a line that was moved, what is told of its parts may lag behind: `level_with` tells how far down they are.
        """
        what.wait_for(state="attached")
        box = self._at_rest(what)
        if box is None:
            raise Error(f"{what} is out of sight")
        level = (level_with.bounding_box() if level_with else None) or box
        height = min(level["height"], 2 * ROW)
        self.tab.page.mouse.click(box["x"] + box["width"] / 2, level["y"] + height / 2)
        self.settles()

    def _at_rest(self, what: Locator) -> FloatRect | None:
        """Where it is once it has moved no more for a moment: a busy machine slides slowly."""
        was, box = None, what.bounding_box()
        for _ in range(SCREENFULS):
            if box is None or box == was:
                break
            self.tab.page.wait_for_timeout(AT_REST_MS)
            was, box = box, what.bounding_box()
        return box

    def settles(self) -> None:
        """Give what was tapped its moment."""
        self.tab.page.wait_for_timeout(SETTLED_MS)
