"""Which customers a view shows, in which groups, and which of them stand out. Pure."""

from collections.abc import Iterable, Sequence
from datetime import date

from field_app.actions.customer_list import CustomerRow
from field_app.actions.customer_order import Order, in_order
from field_app.actions.promises import local_day
from field_app.actions.standings import Standing, Standings
from field_app.list_views import ListView, Mark, StandsOut
from visit_core.divisions import line_to
from visit_core.picklists import GRADE, LIFECYCLE_STAGE

ALL = ListView(code="all")
BUILT_IN: tuple[ListView, ...] = (
    ALL,
    ListView(code="my_key", grades=("A",), marks=("mine",)),
    ListView(code="unseen", unseen_days=7, column="last"),
    ListView(code="overdue", marks=("overdue",)),
    ListView(code="incomplete", marks=("incomplete",), column="complete"),
    ListView(code="never", marks=("never",)),
    ListView(code="do_not_visit", marks=("do_not_visit",)),
    ListView(code="unsent", marks=("unsent",)),
)
"""The views that come with the app, each with its words under `customers.only.CODE`."""

LONG_AGO = (7, 30)  # days: seen this week, this month, before
_STAGES = [choice.code for choice in LIFECYCLE_STAGE.choices]
_GRADES = [choice.code for choice in GRADE.choices]


def shown_in(view: ListView, rows: Iterable[CustomerRow], told: Standings, today: date) -> Sequence[CustomerRow]:
    """Those whom a view shows, group by group and in its order."""
    passed = [row for row in rows if passes(view, row, told.of(row.id), today)]
    ordered = in_order(passed, Order(view.column, view.is_falling))
    if not view.group:
        return ordered
    return tuple(sorted(ordered, key=lambda row: _place(view, group_of(view, row, told.of(row.id), today))))


def passes(view: ListView, row: CustomerRow, standing: Standing, today: date) -> bool:
    """Whether a view shows a customer."""
    return (
        _one_of(view.grades, standing.grade)
        and _one_of(view.stages, row.stage)
        and _one_of(view.intentions, standing.intention)
        and (not view.regions or bool(set(view.regions) & {row.region, *line_to(row.region).values()}))
        and (not view.tags or bool(set(view.tags) & set(row.tags)))
        and (not view.unseen_days or not _was_seen(row, view.unseen_days, today))
        and all(_holds(mark, row, standing) for mark in view.marks)
    )


def group_of(view: ListView, row: CustomerRow, standing: Standing, today: date) -> str:
    """The code of the group in which a customer stands; empty for those of whom nothing is said."""
    match view.group:
        case "grade":
            return standing.grade
        case "stage":
            return row.stage
        case "tag":
            return row.tags[0] if row.tags else ""
        case "seen":
            day = local_day(row.last_visit)
            if day is None:
                return ""
            return next((str(days) for days in LONG_AGO if (today - day).days < days), "before")
    return ""


def standing_out(row: CustomerRow, told: Standings, today: date) -> StandsOut | None:
    """The first rule with a colour that fits a customer."""
    standing = told.of(row.id)
    return next((rule for rule in told.rules if rule.colour and _fits(rule, row, standing, today)), None)


def _fits(rule: StandsOut, row: CustomerRow, standing: Standing, today: date) -> bool:
    match rule.when:
        case "overdue":
            return standing.overdue is not None
        case "key":
            return standing.grade == "A"
        case "incomplete":
            return row.is_incomplete
    return not _was_seen(row, rule.days, today)


def _one_of(wanted: Sequence[str], said: str) -> bool:
    return not wanted or said in wanted


def _was_seen(row: CustomerRow, days: int, today: date) -> bool:
    day = local_day(row.last_visit)
    return day is not None and (today - day).days < days


def _holds(mark: Mark, row: CustomerRow, standing: Standing) -> bool:
    holding = {
        "mine": standing.is_mine,
        "overdue": standing.overdue is not None,
        "incomplete": row.is_incomplete,
        "never": not row.last_visit,
        "do_not_visit": row.do_not_visit,
        "unsent": row.sync_state == "queued",
    }
    return holding[mark]


def _place(view: ListView, group: str) -> tuple[bool, int, str]:
    """Groups stand in the order of their list, tags in that of their letters; who has none comes last."""
    orders = {"grade": _GRADES, "stage": _STAGES, "seen": [*map(str, LONG_AGO), "before"]}
    order = orders.get(view.group, [])
    return not group, order.index(group) if group in order else len(order), group
