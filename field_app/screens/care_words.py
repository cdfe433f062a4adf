"""What customers of a grade are to have, in words."""

from collections.abc import Mapping
from datetime import date

from field_app.list_views import ListView
from field_app.screens.days import day_words
from field_app.screens.look import Look
from visit_core.rules.care import Care


def care_lines(care: Care, look: Look) -> list[str]:
    """A line each: how often a visit, what reward, what care."""
    reward = [look.says("care.reward", reward=care.reward)] if care.reward else []
    way = [look.says("care.way", care=care.care)] if care.care else []
    return [look.says("care.every", days=care.days), *reward, *way]


def care_line(care: Care, look: Look) -> str:
    """The same in one line, as the head of a group has it; nothing where nobody has said anything."""
    said = [look.says("care.every", days=care.days), *filter(None, (care.reward, care.care))]
    return "·".join(said) if care.is_set else ""


def group_care(view: ListView, group: str, care: Mapping[str, Care], look: Look) -> str:
    """What the customers of a group are to have, where they are grouped by grade."""
    return care_line(care[group], look) if view.group == "grade" and group in care else ""


def next_visit_words(due: date, today: date, look: Look) -> str:
    """When the next visit is due, or for how long it has been."""
    if due < today:
        return look.says("care.late", days=(today - due).days)
    return (
        look.says("care.today") if due == today else look.says("care.next", day=day_words(due.isoformat(), look, today))
    )
