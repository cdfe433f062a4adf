"""The outcomes of a visit as tiles, each with its sign: the frequent ones always in the same place."""

import flet as ft

from field_app.screens.look import Look
from field_app.screens.parts.choice import Option
from visit_core.picklists import OUTCOME

I = ft.Icons  # noqa: E741 -- signs are named often

SIGNS: dict[str, tuple[ft.IconData, ft.IconData]] = {
    "sold": (I.HANDSHAKE_OUTLINED, I.HANDSHAKE_ROUNDED),
    "interested": (I.THUMB_UP_OUTLINED, I.THUMB_UP_ROUNDED),
    "follow_up": (I.EVENT_REPEAT_OUTLINED, I.EVENT_REPEAT_ROUNDED),
    "info_left": (I.DESCRIPTION_OUTLINED, I.DESCRIPTION_ROUNDED),
    "service_done": (I.BUILD_OUTLINED, I.BUILD_ROUNDED),
    "rescheduled": (I.EVENT_OUTLINED, I.EVENT_ROUNDED),
    "not_home": (I.DOOR_FRONT_DOOR_OUTLINED, I.DOOR_FRONT_DOOR_ROUNDED),
    "refused": (I.DO_NOT_DISTURB_ON_OUTLINED, I.DO_NOT_DISTURB_ON_ROUNDED),
    "moved": (I.LOCAL_SHIPPING_OUTLINED, I.LOCAL_SHIPPING_ROUNDED),
    "invalid": (I.WRONG_LOCATION_OUTLINED, I.WRONG_LOCATION_ROUNDED),
}
OFTEN = ("sold", "interested", "follow_up", "info_left", "service_done", "rescheduled", "not_home", "refused")


def outcome_options(look: Look, *, all_of_them: bool) -> list[Option]:
    """The frequent outcomes and 更多, or all."""
    codes = tuple(SIGNS) if all_of_them else OFTEN
    options = [Option(code, OUTCOME.label(code, look.lang), *SIGNS[code]) for code in codes]
    return options if all_of_them else [*options, Option("more", look.says("visit.more"), I.MORE_HORIZ_ROUNDED)]
