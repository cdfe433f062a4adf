"""What the types of fields are called and which sign each has."""

from collections.abc import Mapping

import flet as ft

from field_app.screens.look import Look
from field_app.screens.parts.choice import Option
from visit_core.kinds.custom_field import DATA_TYPE

SIGNS: Mapping[str, ft.IconData] = {
    "text": ft.Icons.SHORT_TEXT_ROUNDED,
    "multiline": ft.Icons.NOTES_ROUNDED,
    "integer": ft.Icons.PIN_OUTLINED,
    "decimal": ft.Icons.NUMBERS_ROUNDED,
    "money": ft.Icons.CURRENCY_YEN_ROUNDED,
    "date": ft.Icons.CALENDAR_TODAY_OUTLINED,
    "datetime": ft.Icons.SCHEDULE_ROUNDED,
    "choice": ft.Icons.RADIO_BUTTON_CHECKED_ROUNDED,
    "choices": ft.Icons.CHECKLIST_ROUNDED,
    "yes_no": ft.Icons.TOGGLE_ON_OUTLINED,
    "phone": ft.Icons.PHONE_OUTLINED,
    "email": ft.Icons.ALTERNATE_EMAIL_ROUNDED,
    "rating": ft.Icons.STAR_OUTLINE_ROUNDED,
}


def type_sign(data_type: str) -> ft.IconData:
    """The sign of a type; of one that only a newer version knows, a question mark."""
    return SIGNS.get(data_type, ft.Icons.HELP_OUTLINE_ROUNDED)


def type_options(look: Look) -> list[Option]:
    """All types in the person's language."""
    return [Option(each.code, each.label(look.lang), SIGNS[each.code]) for each in DATA_TYPE.choices]
