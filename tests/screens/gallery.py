"""Every part at one glance, to be looked at: `python -m tests.screens.gallery --port N`, or `--out DIR` for pictures.

Not a screen of the product: the words are made up, and nothing happens on a tap but what a part does by itself.
The address says what is shown: `/today-zh-100`, `/form-en-200`.
"""

import argparse
from datetime import date
from pathlib import Path

import flet as ft

from field_app.forms import Draft
from field_app.screens.form import form
from field_app.screens.look import Look
from field_app.screens.parts.bars import bottom_bar
from field_app.screens.parts.button import filled, tonal
from field_app.screens.parts.header import top_bar
from field_app.screens.parts.surface import narrow, page_body
from field_app.screens.parts.words import quiet
from field_app.screens.surroundings import Surroundings
from field_app.theme.material import dress
from tests.screens.exhibits import Show, both, conflict, nothing, notices, today, visit
from visit_core.fields import Fields
from visit_core.kinds import kind_named
from visit_core.shapes import Moment


def a_draft(kind: str) -> Draft:
    """A form half filled in, one mistake already left behind."""
    given: Fields = {
        "name": "张小伟",
        "mobile": "+8613800000000",
        "interests": ["智能手表", "耳机"],
        "purchase_intention": "yes",
    }
    moment = Moment(1_795_000_000_000, date(2026, 11, 21))
    draft = Draft(kind_named(kind), given if kind == "customer" else {}, lambda: moment, nothing)
    if kind == "customer":
        draft.change("mobile", "1380013")
        draft.leave("mobile")
    return draft


@ft.component
def whole_form(kind: str, look: Look) -> ft.Control:
    draft, _ = ft.use_state(a_draft(kind))
    suggested = {"interests": ["智能手表", "手环"], "topics": ["售后", "报价"]}
    around = Surroundings(look, lambda kind, record_id: "李姐", nothing, suggested=suggested)
    return narrow(form(draft, around))


def new_customer(look: Look) -> list[ft.Control]:
    """A form from the declaration of customers."""
    return _form_page("customer", look)


def new_visit(look: Look) -> list[ft.Control]:
    """A form from the declaration of visits: faces, grids, sets."""
    return _form_page("visit", look)


def _form_page(kind: str, look: Look) -> list[ft.Control]:
    bar = top_bar(
        both(look, "新客户", "New customer"),
        both(look, "关闭", "Close"),
        nothing,
        closes=True,
        tail=quiet(both(look, "草稿已存在本机", "Draft kept here")),
    )
    save = bottom_bar(
        tonal(both(look, "只保存", "Save only"), nothing),
        filled(both(look, "保存并开始拜访", "Save and start a visit"), nothing),
        stacked=look.is_large,
    )
    return [bar, page_body(whole_form(kind, look)), save]


SHOWS: dict[str, Show] = {
    "today": today,
    "visit": visit,
    "notices": notices,
    "conflict": conflict,
    "customer": new_customer,
    "record": new_visit,
}


@ft.component
def exhibit(name: str, look: Look) -> ft.Control:
    return ft.SafeArea(ft.Column(SHOWS[name](look), spacing=0, expand=True), expand=True)


def main(page: ft.Page) -> None:
    """Show what the address names."""
    name, lang, percent = ([*page.route.strip("/").split("-"), "zh", "100"])[:3]
    look = Look("en" if lang == "en" else "zh", page.width or 390, int(percent) / 100)
    dress(page, look.scale)
    page.padding = 0
    page.title = "拜访"
    page.render(exhibit, name or "today", look)


def take_pictures(out: Path, names: list[str]) -> None:
    """One PNG for each part, size, brightness, language and factor."""
    from tests.journeys.browser import Tab, chromium, serving

    out.mkdir(parents=True, exist_ok=True)
    with serving("tests.screens.gallery") as address, chromium() as browser:
        for name in names or SHOWS:
            for lang, percent, dark, width, height in VARIANTS:
                tab = Tab.opened(
                    browser, address, width=width, height=height, dark=dark, path=f"{name}-{lang}-{percent}"
                )
                tab.drawn().picture(out / f"{name}-{width}-{'dark' if dark else 'light'}-{lang}-{percent}.png")
                tab.close()


VARIANTS = (
    ("zh", 100, False, 390, 844),
    ("zh", 100, True, 390, 844),
    ("en", 100, False, 390, 844),
    ("zh", 200, False, 390, 844),
    ("en", 200, False, 390, 844),
    ("zh", 100, False, 1280, 800),
)


if __name__ == "__main__":
    asked = argparse.ArgumentParser()
    asked.add_argument("--port", type=int, default=0)
    asked.add_argument("--out", type=Path)
    asked.add_argument("names", nargs="*")
    given = asked.parse_args()
    if given.out:
        take_pictures(given.out, given.names)
    else:
        from field_app.web.server import serve

        serve(main, given.port, lambda address: print(address, flush=True))
