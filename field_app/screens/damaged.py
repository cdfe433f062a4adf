"""The store on this device is damaged or older than it should be: the one way on, and what came of it."""

import flet as ft

from field_app.actions.this_device import Mended
from field_app.screens.entry import Entry, attempt, go, page
from field_app.screens.look import Look
from field_app.screens.parts.button import plain
from field_app.screens.parts.notice import banner
from field_app.screens.parts.words import heading, words
from field_app.screens.steering import Steering
from field_app.theme.colours import DANGER, INFO
from field_app.theme.type import Role

DAMAGED = ("corrupt", "rollback")


def damaged_store(entry: Entry, steer: Steering, look: Look) -> ft.Control:
    """What happened, what is safe, and one button."""
    why = entry.why

    async def salvage() -> None:
        await attempt(entry, look, steer.entrance.salvage(entry.pin))
        entry.pin = ""
        if entry.why in DAMAGED:
            entry.refuse("nothing_readable", look.says("damaged.nothing"))

    return page(
        heading(look.says(f"damaged.{why}"), Role.TITLE, 1),
        words(look.says(f"damaged.{why}_below"), Role.BODY),
        go(entry, look.says("damaged.go"), look.says("app.moment"), salvage),
        plain(look.says("forgotten.back"), entry.start_again),
    )


def damage_notice(steer: Steering, look: Look) -> ft.Control:
    """Damage that was met inside the app stays told, for whatever was asked for is not shown."""
    out = plain(look.says("damaged.go"), steer.entrance.to_salvage)
    told = look.says("damaged.met"), look.says("damaged.met_below")
    return banner(*told, ft.Icons.HEALING_ROUNDED, DANGER, action=out)


def mended_notice(mended: Mended, steer: Steering, look: Look) -> ft.Control:
    """Stays until it has been read: it says whether anything is missing."""
    told = look.says("damaged.back_again", records=mended.records, waiting=mended.waiting)
    lost = look.says("damaged.lost", count=mended.lost_saves) if mended.lost_saves else ""
    close = plain(look.says("damaged.read"), steer.entrance.has_read_mended)
    said = look.says("damaged.mended"), "".join((told, lost))
    meaning = DANGER if mended.lost_saves else INFO
    return banner(*said, ft.Icons.HEALING_ROUNDED, meaning, action=close)
