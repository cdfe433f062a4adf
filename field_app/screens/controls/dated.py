"""Fields that are a day: typed in any usual form, or picked from a calendar in the person's language."""

from dataclasses import replace
from datetime import date, datetime

import flet as ft

from field_app.forms import Answer, Draft
from field_app.screens.controls.captions import caption
from field_app.screens.controls.typed import text_box
from field_app.screens.parts.button import sign_button
from field_app.screens.parts.field import Caption, field_box
from field_app.screens.parts.words import Do
from field_app.screens.surroundings import Surroundings
from field_app.theme.colours import Tone
from visit_core.picklists import Language

FORMAT = "yyyy-mm-dd"
LOCALES: dict[Language, ft.Locale] = {"zh": ft.Locale("zh", "CN"), "en": ft.Locale("en", "GB")}


@ft.component
def date_control(draft: Draft, answer: Answer, around: Surroundings) -> ft.Control:
    """A text field with a calendar at its end."""
    is_open, set_open = ft.use_state(False)
    ft.use_dialog(_calendar(draft, answer, around, lambda: set_open(False)) if is_open else None)
    box = text_box(draft, answer)
    box.value = day_shown(answer.raw)
    box.keyboard_type = ft.KeyboardType.DATETIME
    box.hint_text = draft.moment().today.isoformat()
    label = around.look.says("form.pick_day")
    calendar = sign_button(ft.Icons.CALENDAR_TODAY_OUTLINED, label, lambda: set_open(True), tone=Tone.PRIMARY)
    said = caption(draft, answer, around, help_text=around.look.says("form.day_help"))
    return field_box(_with_format(said, around.look.lang) if answer.spec.control == "date" else said, box, end=calendar)


def _with_format(said: Caption, lang: Language) -> Caption:
    """The label says how a day is written, if it does not yet."""
    blank = "" if lang == "zh" else " "
    return said if FORMAT in said.label else replace(said, label=f"{said.label}{blank}({FORMAT})")


def day_shown(raw: object) -> str:
    """What was typed, to the letter; an instant as day and minute where the person is."""
    text = "" if raw is None else str(raw)
    if not (text.endswith("Z") and "T" in text):
        return text
    return datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone().strftime("%Y-%m-%d %H:%M")


def day_of(picked: date | datetime) -> str:
    """The day a calendar gave. It may give midnight as an instant of another zone: the day before, in China."""
    if isinstance(picked, datetime):
        return (picked.astimezone() if picked.tzinfo else picked).date().isoformat()
    return picked.isoformat()


def _calendar(draft: Draft, answer: Answer, around: Surroundings, close: Do) -> ft.DatePicker:
    def pick(event: ft.Event[ft.DatePicker]) -> None:
        if event.control.value is not None:
            draft.change(answer.spec.name, day_of(event.control.value))
        close()

    today = draft.moment().today
    return ft.DatePicker(
        value=_known_day(answer, draft) or today,
        first_date=date(1900, 1, 1),
        last_date=today if getattr(answer.spec.shape, "past", False) else date(2199, 12, 31),
        current_date=today,
        locale=LOCALES[around.look.lang],
        on_change=pick,
        on_dismiss=close,
    )


def _known_day(answer: Answer, draft: Draft) -> date | None:
    if answer.wrong is not None or not answer.is_filled:
        return None
    read = answer.spec.read(answer.raw, draft.moment())
    return date.fromisoformat(day_shown(read)[:10])
