"""The device was away from its server for too long: what is safe, and the two ways on."""

import flet as ft

from field_app.actions.validity import Validity
from field_app.screens.days import moment_words
from field_app.screens.entry import page
from field_app.screens.look import Look
from field_app.screens.parts.button import filled, plain, tonal
from field_app.screens.parts.notice import banner
from field_app.screens.parts.words import heading, words
from field_app.screens.rescue_way import keep_rescue
from field_app.screens.steering import Steering
from field_app.sync_loop import Meeting
from field_app.theme.colours import DANGER, INFO
from field_app.theme.type import Role
from visit_core.explain import explain
from visit_core.stamp import instant


@ft.observable
class Way:
    """What the person is at, and what came of it."""

    def __init__(self) -> None:
        self.is_syncing, self.is_making = False, False
        self.file, self.why = "", ""


@ft.component
def away_screen(told: Validity, meeting: Meeting, steer: Steering, look: Look) -> ft.Control:
    """A sync opens the app by itself; where there can be none, a file saves what waits."""
    way, _ = ft.use_state(Way())

    async def sync() -> None:
        way.is_syncing = True
        await steer.sync()
        way.is_syncing = False

    async def rescue() -> None:
        way.is_making = True
        way.file, way.why = await keep_rescue(steer, look)
        way.is_making = False

    met = moment_words(instant(told.met_ms), look, steer.moment().today)
    lines = [words(look.says("away.below", days=told.days, at=met), Role.BODY)]
    if told.waiting:
        lines.append(words(look.says("away.waiting", count=told.waiting), Role.BODY))
    if told.photos:
        lines.append(words(look.says("away.photos", count=told.photos), Role.BODY))
    is_busy = way.is_syncing or meeting.state == "syncing"
    syncs = filled(look.says("away.syncing" if is_busy else "away.sync"), None if is_busy else sync, grows=False)
    keeps = tonal(look.says("rescue.making" if way.is_making else "rescue.keep"), None if way.is_making else rescue)
    ways = [syncs, *([keeps] if told.waiting or told.photos else []), plain(look.says("away.out"), steer.entrance.lock)]
    return page(heading(look.says("away.title"), Role.TITLE, 1), *lines, *_what_came(way, meeting, look), *ways)


def _what_came(way: Way, meeting: Meeting, look: Look) -> list[ft.Control]:
    """Why the last sync failed, and where the rescue file is."""
    told: list[ft.Control] = []
    if meeting.why is not None:
        why = explain(meeting.why, look.lang)
        told.append(banner(look.says("away.not_synced"), why, ft.Icons.CLOUD_OFF_OUTLINED, DANGER))
    if way.file or way.why:
        said = look.says("rescue.kept", name=way.file) if way.file else way.why
        sign = ft.Icons.TASK_ALT_ROUNDED if way.file else ft.Icons.ERROR_OUTLINE
        told.append(banner(look.says("away.file"), said, sign, INFO if way.file else DANGER))
    return told
