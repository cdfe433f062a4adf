"""What a finger would miss: everything on a phone's screen that can be tapped, measured where it is drawn."""

from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Page

from field_app.theme.measures import TOUCH

SLACK = 0.6  # half a pixel is rounding
TAPPABLE = "flt-semantics[flt-tappable]"
# What a scrolled list or the window cuts is as large as what one sees of it: it is left out.
MEASURED = """all => all.map(each => {
  const box = each.getBoundingClientRect()
  let cut = box.top <= 0 || box.left < 0 || box.bottom >= innerHeight || box.right > innerWidth
  for (let over = each.parentElement; over && over.tagName == 'FLT-SEMANTICS'; over = over.parentElement) {
    const around = over.getBoundingClientRect(), style = getComputedStyle(over)
    if ([style.overflowX, style.overflowY].every(way => way == 'visible')) continue
    cut ||= box.top <= around.top + 1 || box.bottom >= around.bottom - 1
    cut ||= box.left <= around.left && around.left > 0 || box.right >= around.right && around.right < innerWidth
  }
  return {name: each.ariaLabel || each.innerText, width: box.width, height: box.height, cut}
})"""


def missed_by_a_finger(page: Page) -> Iterator[str]:
    """The name of each thing to tap that is smaller than a finger needs, and how large it is."""
    every: list[dict[str, Any]] = page.locator(TAPPABLE).evaluate_all(MEASURED)
    for each in every:
        if not each["cut"] and min(each["width"], each["height"]) < TOUCH - SLACK:
            name = " ".join(str(each["name"]).split())[:40]
            yield f"{name} {each['width']:.0f}x{each['height']:.0f}"
