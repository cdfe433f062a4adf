"""`python -m bench.ui.alone FOLDER`: one cold start of the app on a filled device and a few deeds, told as JSON.

Nothing is drawn by a client, nothing waits for one; everything else is the app as it runs on a phone: its windows, its
store on its own thread with a real disk, a key derived in full.
"""

import asyncio
import json
import os
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

import flet as ft

from bench.store.alone import memory_mb
from bench.ui.device import PIN, device_in
from bench.ui.made_up import address_of, company_of, customer_id, mobile_of, name_of
from bench.ui.steps import Longest, every_step_timed
from bench.ui.window import Window, opened
from field_app.actions.visiting import to_save
from field_app.app import App
from field_app.lasting import keep_all_so_far
from field_app.places import CUSTOMERS, TODAY, Place
from visit_core.errors import VisitError

WHO = 123  # the customer who is looked for, called on and written down
SEARCHES = {
    "name": name_of(WHO),
    "pinyin": "zhangwei",
    "initials": "zw",
    "one letter": "z",
    "last four digits": mobile_of(WHO)[-4:],
    "digits in the middle": mobile_of(WHO)[6:11],
    "address": address_of(WHO)[:8],
    "company": company_of(3)[:4],
    "tag": "转介绍",
    "nobody": "这里没有的人",
}

Told = dict[str, Any]


class Day:
    """One window on one device, and what each deed at it took."""

    def __init__(self, app: App, window: Window) -> None:
        self.app, self._window = app, window
        self.told: Told = {}

    async def lives(self) -> None:
        """In, to the customers, through the searches, to one of them, a visit, and to the day again."""
        app, who = self.app, customer_id(WHO)
        await self._does("unlock", partial(app.device.unlock, PIN))
        await self._does("the day", app.come_in)
        await self._does("customers", partial(app.home, CUSTOMERS))
        for what, typed in SEARCHES.items():
            await self._does(f"search: {what}", partial(self._window.types, typed))
            await self._does("a list page", partial(self._window.types, ""))
        await self._does("open a customer", partial(app.go, Place("customer", who)))
        await self._does("back to the list", app.back)
        await self._does("begin a visit", partial(app.begin, "visit", {"customer_id": who}))
        await self._does("save a visit", self._save)
        await self._does("customers after a save", partial(app.home, CUSTOMERS))
        await self._does("the day after a save", partial(app.home, TODAY))

    async def _does(self, what: str, deed: Callable[[], Awaitable[object]]) -> None:
        self.told[what] = asdict(await self._window.does(deed))

    async def _save(self) -> None:
        form = self.app.state.models[self.app.state.place]
        given = to_save(form, {**form.given, "outcome": "interested"}, self.app.moment().now_ms)
        saved = await self.app.save(form.draft, given)
        if isinstance(saved, VisitError):
            raise saved


async def a_day(folder: Path, longest: Longest) -> Told:
    """What the deeds took, and the memory at the end of them."""
    device = device_in(folder)
    apps: list[App] = []

    def show(page: ft.Page) -> None:
        apps.append(App(device, page))
        apps[-1].show()

    window = await opened(show, longest)
    day = Day(apps[0], window)
    await day.lives()
    await device.close()
    return day.told


def main(words: list[str]) -> None:
    """Live the day, tell it on stdout, and be gone."""
    keep_all_so_far()
    told: Told = {"load_ms": time.process_time() * 1000, "loaded_mb": memory_mb()}
    longest = Longest()
    with every_step_timed(longest):
        told["deeds"] = asyncio.run(a_day(Path(words[0]), longest))
    told["memory_mb"] = memory_mb() - told["loaded_mb"]
    print(json.dumps(told), flush=True)
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1:])
