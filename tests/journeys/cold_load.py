"""One load of the app by a browser that has kept nothing, and what it must not do."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from playwright.sync_api import Browser

from field_app.web.overlay import FONT_FILE_BY_WEIGHT
from tests.journeys.browser import Tab

PAGE = "visit-zh-100"
# Flutter tells the window when it has drawn its first frame.
NOTE_FIRST_FRAME = "addEventListener('flutter-first-frame', () => { window.firstFrameMs ??= performance.now() })"
FIRST_FRAME = "window.firstFrameMs"
FONTS_CAME = """Object.fromEntries(performance.getEntriesByType('resource').filter(one => one.responseStatus === 200)
    .map(one => [one.name.split('/').pop(), one.responseEnd]))"""


@dataclass(frozen=True, slots=True)
class ColdLoad:
    """When things came, in ms since the load began, and who was asked."""

    first_frame_ms: float
    font_ms: Mapping[str, float]  # by file: when the last byte of it had come
    outside: tuple[str, ...]  # addresses beyond this machine that answered
    missing: tuple[str, ...]  # files of ours that are not there, as a browser asks for where a font lacks a character
    picture: bytes

    def broken(self) -> Iterator[str]:
        """What this load did that no load may."""
        for name in FONT_FILE_BY_WEIGHT.values():
            if name not in self.font_ms:
                yield f"{name} was not loaded"
            elif self.font_ms[name] > self.first_frame_ms:
                yield f"{name} came after the first frame"
        yield from (f"{address} was reached" for address in self.outside)
        yield from (f"{address} is missing" for address in self.missing)


def cold_load(browser: Browser, address: str) -> ColdLoad:
    """Load a page of the gallery as somebody with an empty cache does, and wait until nothing moves."""
    tab = Tab.opened(browser, address, path=PAGE, script=NOTE_FIRST_FRAME)
    try:
        picture = tab.drawn().picture()
        came = {str(name): float(ms) for name, ms in tab.page.evaluate(FONTS_CAME).items()}
        fonts = {name: came[name] for name in FONT_FILE_BY_WEIGHT.values() if name in came}
        first = float(tab.page.evaluate(FIRST_FRAME))
        return ColdLoad(first, fonts, tuple(tab.finished), tuple(tab.missing), picture)
    finally:
        tab.close()
