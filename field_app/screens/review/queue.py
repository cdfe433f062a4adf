"""The queue as a list: how much waits, the filter, the groups."""

from collections.abc import Iterator, Sequence

import flet as ft

from field_app.actions.review_queue import ORDER, Group, ReviewQueue, ToJudge
from field_app.screens.look import Look
from field_app.screens.parts.choice import Option, chips
from field_app.screens.parts.tag import Count, counts
from field_app.screens.review.judging import Desk, shown
from field_app.theme.colours import Tone

FILTERS = ("all", "pending", "question")


def tallies(queue: ReviewQueue, look: Look) -> ft.Control:
    """How many need eyes, how many are clean, how many were asked about."""
    tones: dict[Group, Tone] = {"exception": Tone.ATTENTION, "clean": Tone.INK, "question": Tone.INFO}
    return counts([Count(len(queue.of(group)), group_words(group, look), tones[group]) for group in ORDER], look)


def filters(queue: ReviewQueue, desk: Desk, look: Look) -> ft.Control:
    """全部 41 · 待审 38 · 有疑问 3."""
    options = [Option(which, look.says(f"review.only.{which}", count=len(shown(queue, which)))) for which in FILTERS]
    return chips(options, [desk.only], desk.look_at_only)


def group_words(group: Group, look: Look) -> str:
    """What a group of the queue is called."""
    return look.says(f"review.group.{group}")


def grouped(visits: Sequence[ToJudge]) -> Iterator[tuple[Group, list[ToJudge]]]:
    """The groups that have any visits, in the order they are read."""
    for group in ORDER:
        members = [visit for visit in visits if visit.group == group]
        if members:
            yield group, members
