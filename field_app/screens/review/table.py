"""The queue at a desk: dense rows under a head, exceptions on top with their reason."""

from collections.abc import Sequence

import flet as ft

from field_app.actions.review_queue import Group, ToJudge
from field_app.screens.look import Look
from field_app.screens.parts.button import plain
from field_app.screens.parts.words import one_line, quiet, words
from field_app.screens.review.course import Course
from field_app.screens.review.queue import group_words, grouped
from field_app.screens.review.reading import outcome_words, place_words, reason_words, time_words
from field_app.theme.colours import Tone
from field_app.theme.measures import DENSE_ROW, XS, L, M, S
from field_app.theme.styles import CLEAR
from field_app.theme.type import Role

REP, TIME, OUTCOME, PLACE = 64, 104, 96, 92  # widths of columns at 100 %
TICK = 40
MARK = 3  # the bar at the left of the chosen row; every row has it, so that nothing moves
WIDE_UNTIL = 1.2  # at larger text the columns become a second line


def table_head(look: Look) -> ft.Control:
    """What the columns hold; nothing where there are no columns."""
    if look.scale > WIDE_UNTIL:
        return ft.Container()
    first = quiet(look.says("review.column.customer"), grows=True)
    named = (("rep", REP), ("time", TIME), ("outcome", OUTCOME), ("place", PLACE))
    rest = [_column(quiet(look.says(f"review.column.{name}")), width, look) for name, width in named]
    line = ft.Row([ft.Container(width=TICK), first, *rest], spacing=S)
    return ft.Container(line, padding=ft.Padding(MARK + M, XS, L, XS))


def table_rows(course: Course, visits: Sequence[ToJudge]) -> list[ft.Control]:
    """Heads and rows in the order they are read; `visits` are those drawn by now."""
    lines: list[ft.Control] = []
    for group, members in grouped(visits):
        total = sum(visit.group == group for visit in course.visible)
        lines.append(_group_head(course, group, total))
        lines += [_row(course, visit) for visit in members]
    return lines


def row_height(look: Look) -> float:
    """Two lines of words, and never less than a mouse wants."""
    return max(DENSE_ROW, 40 * look.scale + 4)


def _group_head(course: Course, group: Group, total: int) -> ft.Control:
    look = course.look
    name = words(group_words(group, look), Role.LABEL)
    count = quiet(look.says("review.count", count=total), grows=True)
    clean = [visit.id for visit in course.queue.of("clean")]
    tick = [plain(look.says("review.tick_all"), lambda: course.desk.tick(*clean))] if group == "clean" else []
    line = ft.Row([name, count, *tick], spacing=S)
    return ft.Container(line, height=max(48, 32 * look.scale), padding=ft.Padding(L, 0, S, 0), bgcolor=Tone.FILL)


def _row(course: Course, visit: ToJudge) -> ft.Control:
    is_chosen, look = visit == course.visit, course.look

    def choose() -> None:
        course.desk.read(visit.id)

    line = ft.Row([_tick(course, visit), *_cells(visit, look)], spacing=S)
    left = ft.BorderSide(MARK, Tone.PRIMARY if is_chosen else CLEAR)
    ground = ft.Container(line, height=row_height(look), padding=ft.Padding(M, 0, L, 0))
    ground.border = ft.Border.only(left=left, bottom=ft.BorderSide(1, Tone.LINE))
    ground.bgcolor = Tone.TINT if is_chosen else None
    # No stop of Tab: the arrows go through the queue, and Tab to what can be done with it.
    tapped = ft.GestureDetector(ground, mouse_cursor=ft.MouseCursor.CLICK, on_tap=choose)
    return ft.Semantics(button=True, container=True, selected=is_chosen, content=tapped, key=visit.id)


def _tick(course: Course, visit: ToJudge) -> ft.Control:
    """Only what is clean can be approved with others; what has a reason is read by itself."""
    if visit.group != "clean":
        return ft.Container(width=TICK)
    label = course.look.says("review.tick", name=visit.customer)
    box = ft.Checkbox(value=visit.id in course.desk.ticked, semantics_label=label)
    box.active_color, box.check_color, box.border_side = Tone.PRIMARY, Tone.ON_PRIMARY, ft.BorderSide(2, Tone.RIM)
    box.on_change = lambda: course.desk.tick(visit.id)
    return ft.Container(box, width=TICK)


def _cells(visit: ToJudge, look: Look) -> list[ft.Control]:
    name = one_line(visit.customer, Role.LABEL, grows=False)
    if look.scale > WIDE_UNTIL:
        said = (visit.rep, time_words(visit, look), outcome_words(visit, look))
        below = reason_words(visit, look)[:1] or ["·".join(part for part in said if part)]
        return [_two_lines(name, below[0], is_reason=bool(visit.reasons))]
    reason = reason_words(visit, look)[:1] or [visit.address]
    first = _two_lines(name, reason[0], is_reason=bool(visit.reasons))
    rep = one_line(visit.rep, Role.SECOND, grows=False)
    outcome = one_line(outcome_words(visit, look), Role.SECOND, grows=False)
    time, place = words(time_words(visit, look), Role.SECOND), quiet(place_words(visit, look))
    columns = ((rep, REP), (time, TIME), (outcome, OUTCOME), (place, PLACE))
    return [first, *(_column(cell, width, look) for cell, width in columns)]


def _two_lines(name: ft.Control, below: str, *, is_reason: bool) -> ft.Column:
    second = [one_line(below, Role.SECOND, Tone.ATTENTION if is_reason else Tone.INK2, grows=False)] if below else []
    return ft.Column([name, *second], spacing=0, tight=True, expand=True)


def _column(cell: ft.Control, width: float, look: Look) -> ft.Container:
    return ft.Container(cell, width=width * look.scale)
