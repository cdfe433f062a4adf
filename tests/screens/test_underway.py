"""Is a long step told as it goes on, from another thread, and can it be ended?"""

import asyncio
import threading

from field_app.actions.heeding import heeded
from field_app.screens.look import Look
from field_app.screens.tables.underway import Underway, underway_card
from visit_core.errors import NotValid


def test_the_steps_thread_tells_how_far_it_is_and_the_screen_draws_it(window):
    underway, half, goes_on, answers = Underway(), threading.Event(), threading.Event(), []

    def step(heed):
        for row in heeded(range(1, 201), heed):
            if row == 101:
                half.set()
                goes_on.wait(30)
        return "done"

    page = window(lambda: underway_card(underway, "正在导入", Look()))

    async def go():
        begin = asyncio.create_task(underway.run(lambda heed: asyncio.to_thread(step, heed)))
        await asyncio.to_thread(half.wait, 30)
        await asyncio.sleep(0)
        seen = underway.done, underway.of, underway.is_on
        goes_on.set()
        answers.append((await begin, seen, underway.is_on))

    page.runner.run(go())
    assert answers == [("done", (100, 200, True), False)]


def test_what_is_stopped_ends_at_its_next_row():
    underway, rows = Underway(), []

    async def step(heed):
        try:
            for row in heeded(range(1, 201), heed):
                rows.append(row)
                if row == 60:
                    underway.stop()
        except NotValid as refused:
            return refused.why
        return "done"

    assert asyncio.run(underway.run(step)) == "stopped"
    assert rows[-1] < 200
    assert not underway.is_on
