"""Fields that are a day, perhaps with a time: typed in any usual form, or picked from a calendar and a clock face."""

from dataclasses import replace
from datetime import date, datetime, time

import flet as ft

from field_app.forms import Answer, Draft
from field_app.screens.controls.captions import caption
from field_app.screens.controls.month import Span, month_sheet
from field_app.screens.controls.typed import text_box
from field_app.screens.parts.button import sign_button
from field_app.screens.parts.field import Caption, field_box
from field_app.screens.parts.words import Do
from field_app.screens.surroundings import Surroundings
from field_app.theme.colours import Tone
from field_app.theme.measures import TOUCH, XS
from visit_core.errors import NotValid
from visit_core.picklists import Language

FORMAT = "yyyy-mm-dd"
FIRST, LAST = date(1900, 1, 1), date(2199, 12, 31)
LOCALES: dict[Language, ft.Locale] = {"zh": ft.Locale("zh", "CN"), "en": ft.Locale("en", "GB")}


@ft.component
def date_control(draft: Draft, answer: Answer, around: Surroundings) -> ft.Control:
    """A text field with a calendar at its end."""
    opened, set_opened = ft.use_state("")
    ft.use_dialog(_picker(opened, draft, answer, around, lambda: set_opened("")))
    box = text_box(draft, answer)
    box.value = day_shown(answer.raw)
    box.keyboard_type = ft.KeyboardType.DATETIME
    box.hint_text = draft.moment().today.isoformat()
    label = around.look.says("form.pick_day")
    calendar = sign_button(ft.Icons.CALENDAR_TODAY_OUTLINED, label, lambda: set_opened("day"), tone=Tone.PRIMARY)
    said = caption(draft, answer, around, help_text=around.look.says("form.day_help"))
    if answer.spec.control == "date":
        return field_box(_with_format(said, around.look.lang), box, end=calendar)
    named = around.look.says("form.pick_time")
    face = sign_button(ft.Icons.SCHEDULE_ROUNDED, named, lambda: set_opened("time"), tone=Tone.PRIMARY)
    whole = field_box(said, box, end=ft.Row([calendar, face], spacing=0, tight=True))
    box.content_padding = ft.Padding(14, 14, 2 * TOUCH + XS, 14)
    return whole


def _picker(
    opened: str, draft: Draft, answer: Answer, around: Surroundings, close: Do
) -> ft.BottomSheet | ft.TimePicker | None:
    match opened:
        case "day":
            return _calendar(draft, answer, around, close)
        case "time":
            return _clock_face(draft, answer, around, close)
    return None


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


def _calendar(draft: Draft, answer: Answer, around: Surroundings, close: Do) -> ft.BottomSheet:
    def pick(day: date) -> None:
        at = _known_time(answer, draft)
        draft.change(answer.spec.name, f"{day.isoformat()} {at:%H:%M}" if at else day.isoformat())
        close()

    today = draft.moment().today
    last = today if getattr(answer.spec.shape, "past", False) else LAST
    return month_sheet(Span(FIRST, last, _known_day(answer, draft) or today, today), pick, close, around.look)


def _clock_face(draft: Draft, answer: Answer, around: Surroundings, close: Do) -> ft.TimePicker:
    """A time of the day that is said, or of today; in 24 hours, as times are written everywhere here."""

    def pick(event: ft.Event[ft.TimePicker]) -> None:
        picked = event.control.value
        if picked is not None:
            day = _known_day(answer, draft) or draft.moment().today
            draft.change(answer.spec.name, f"{day.isoformat()} {picked:%H:%M}")
        close()

    said = _known_time(answer, draft) or _now(draft)
    face = ft.TimePicker(value=said, locale=LOCALES[around.look.lang], on_change=pick, on_dismiss=close)
    face.hour_format = ft.TimePickerHourFormat.H24
    return face


def _now(draft: Draft) -> time:
    return datetime.fromtimestamp(draft.moment().now_ms / 1000).time().replace(second=0, microsecond=0)


def _known_time(answer: Answer, draft: Draft) -> time | None:
    """The time that is said; none of a day alone."""
    said = _said(answer, draft)
    return time.fromisoformat(said[11:]) if answer.spec.control == "when" and len(said) > 11 else None


def _known_day(answer: Answer, draft: Draft) -> date | None:
    said = _said(answer, draft)
    return date.fromisoformat(said[:10]) if said else None


def _said(answer: Answer, draft: Draft) -> str:
    """Day, perhaps with hour and minute, where the person is; empty while what is typed cannot be read."""
    if not answer.is_filled:
        return ""
    try:
        return day_shown(answer.spec.read(answer.raw, draft.moment()))
    except NotValid:
        return ""
