"""A colleague's rescue file is taken in: the person picks it, the server counts what came of it."""

from collections.abc import Mapping
from functools import partial

import flet as ft

from field_app.actions.rescuing import take_in
from field_app.screens.doing import Do
from field_app.screens.look import Look
from field_app.screens.parts.button import tonal
from field_app.screens.parts.row import fact
from field_app.screens.parts.surface import card
from field_app.screens.parts.words import heading, quiet, words
from field_app.theme.colours import Tone
from field_app.theme.measures import M
from visit_core.errors import VisitError
from visit_core.rescues import RescueTaken

NOTHING: RescueTaken | None = None
ALWAYS, PHOTOS = ("taken", "known"), ("photos", "photos_known")
LEFT = ("refused", "missing", "clashing", "photos_refused", "photos_missing", "damaged")


@ft.component
def rescue_card(name_by_device: Mapping[str, str], do: Do, look: Look) -> ft.Control:
    """The button, and below it what came of the last file."""
    told, tell = ft.use_state(NOTHING)
    is_busy, set_busy = ft.use_state(False)

    async def pick() -> None:
        picked = await do.outside.pick_file()
        if picked is None:
            return
        set_busy(True)
        taken = await do.reach(partial(take_in, content=picked.content))
        set_busy(False)
        tell(None if isinstance(taken, VisitError) else taken)

    label = look.says("rescue.handing_in" if is_busy else "rescue.hand_in")
    button = tonal(label, None if is_busy else pick, sign=ft.Icons.UPLOAD_FILE_OUTLINED)
    came = _came(told, name_by_device, look) if told else []
    lines = [heading(look.says("rescue.file_title")), quiet(look.says("rescue.hand_in_below")), *came, button]
    return card(ft.Column(lines, spacing=M, horizontal_alignment=ft.CrossAxisAlignment.STRETCH))


def _came(told: RescueTaken, name_by_device: Mapping[str, str], look: Look) -> list[ft.Control]:
    """Taken and known always, the rest only where there is any, with what to do about it."""
    counts = told.model_dump(exclude={"device"})
    left = [each for each in LEFT if counts[each]]
    name = name_by_device.get(told.device, told.device)
    lines: list[ft.Control] = [words(look.says("rescue.done", name=name), tone=Tone.INK)]
    shown = [*ALWAYS, *(each for each in PHOTOS if counts[each])]
    lines += [fact(look.says(f"rescue.{each}"), str(counts[each])) for each in shown]
    lines += [fact(look.says(f"rescue.{each}"), str(counts[each]), Tone.DANGER) for each in left]
    if told.missing or told.clashing or told.photos_missing or told.damaged:
        lines.append(quiet(look.says("rescue.stays")))
    return lines
