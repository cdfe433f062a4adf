"""Which customers a view shows, in which groups, and which of them stand out. Pure."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from field_app.actions.customer_list import CustomerRow
from field_app.actions.customer_order import Order, in_order
from field_app.actions.promises import local_day
from field_app.actions.standings import NONE, Standing, Standings
from field_app.list_views import Group, ListView, Mark, Rank, StandsOut
from visit_core.picklists import CUSTOMER_TYPE, GRADE, INDUSTRY, LIFECYCLE_STAGE, REGION
from visit_core.rules.regions import ABROAD, city_of, province_of, side_of

ALL = ListView(code="all")
BUILT_IN: tuple[ListView, ...] = (
    ALL,
    ListView(code="my_key", grades=("A",), marks=("mine",)),
    ListView(code="unseen", unseen_days=7, column="last"),
    ListView(code="overdue", marks=("overdue",)),
    ListView(code="due", marks=("due",)),
    ListView(code="incomplete", marks=("incomplete",), column="complete"),
    ListView(code="never", marks=("never",)),
    ListView(code="do_not_visit", marks=("do_not_visit",)),
    ListView(code="unsent", marks=("unsent",)),
    ListView(code="promising", marks=("promising",), rank="promise"),
    ListView(code="best", marks=("bought",), rank="worth"),
    ListView(code="lapsed", marks=("lapsed",), unseen_days=180, rank="worth"),
)
"""The views that come with the app, each with its words under `customers.only.CODE`."""

PROMISING = 40  # of a hundred: whoever is interested, or who has the means and some will
_A_DAY = timedelta(days=1)
LONG_AGO = (7, 30)  # days: seen this week, this month, before
_STAGES = [choice.code for choice in LIFECYCLE_STAGE.choices]
_GRADES = [choice.code for choice in GRADE.choices]
_TYPES = [choice.code for choice in CUSTOMER_TYPE.choices]
_INDUSTRIES = [choice.code for choice in INDUSTRY.choices]

_ORDERS: Mapping[Group, Sequence[str]] = {
    "grade": _GRADES,
    "stage": _STAGES,
    "type": _TYPES,
    "industry": _INDUSTRIES,
    "side": [choice.code for choice in REGION.choices],
    "seen": [*map(str, LONG_AGO), "before"],
}

Filter = Callable[[CustomerRow, Standing], bool]


def shown_in(view: ListView, rows: Sequence[CustomerRow], told: Standings, today: date) -> Sequence[CustomerRow]:
    """Those whom a view shows, group by group and in its order."""
    ordered = _ranked(view, in_order(_passed(view, rows, told, today), Order(view.column, view.is_falling)), told)
    if not view.group:
        return ordered
    return tuple(sorted(ordered, key=lambda row: _place(view, group_of(view, row, told.of(row.id), today))))


def _ranked(view: ListView, rows: Sequence[CustomerRow], told: Standings) -> Sequence[CustomerRow]:
    """Who promises or has brought most first; a column that somebody chose goes before."""
    if not view.rank or view.column:
        return rows
    return tuple(sorted(rows, key=lambda row: _RANKS[view.rank](told.of(row.id)), reverse=True))


_RANKS: Mapping[Rank, Callable[[Standing], int]] = {
    "": lambda _: 0,
    "promise": lambda standing: standing.promise,
    "worth": lambda standing: standing.worth,
}


def passes(view: ListView, row: CustomerRow, standing: Standing, today: date) -> bool:
    """Whether a view shows a customer."""
    return all(fits(row, standing) for fits in filters(view, today))


def _passed(view: ListView, rows: Sequence[CustomerRow], told: Standings, today: date) -> Sequence[CustomerRow]:
    for fits in filters(view, today):
        rows = [row for row in rows if fits(row, told.by_id.get(row.id, NONE))]
    return rows


def filters(view: ListView, today: date) -> Iterator[Filter]:
    """What a view asks of a customer; all of it must hold."""
    if view.stages:
        yield lambda row, _: row.stage in view.stages
    yield from (_is_one_of(part, said) for part, said in _of_standing(view) if said)
    if view.regions:
        yield lambda row, _: not {*view.regions}.isdisjoint(row.lives)
    if view.tags:
        yield lambda row, _: bool({*view.tags} & {*row.tags})
    if view.unseen_days:
        yield lambda row, _: not _was_seen(row, view.unseen_days, today)
    yield from (_HOLDS[mark] for mark in view.marks)


def _of_standing(view: ListView) -> Iterator[tuple[Callable[[Standing], str], tuple[str, ...]]]:
    """What is told by how a customer stands, and of which codes one must be told."""
    yield lambda standing: standing.grade, view.grades
    yield lambda standing: standing.intention, view.intentions
    yield lambda standing: standing.type, view.types
    yield lambda standing: standing.industry, view.industries


def _is_one_of(part: Callable[[Standing], str], codes: tuple[str, ...]) -> Filter:
    return lambda _, standing: part(standing) in codes


_HOLDS: Mapping[Mark, Filter] = {
    "mine": lambda _, standing: standing.is_mine,
    "overdue": lambda _, standing: standing.overdue is not None,
    "due": lambda row, standing: standing.is_due and not row.do_not_visit,
    "incomplete": lambda row, _: row.is_incomplete,
    "never": lambda row, _: not row.last_visit,
    "do_not_visit": lambda row, _: row.do_not_visit,
    "unsent": lambda row, _: row.sync_state == "queued",
    "promising": lambda _, standing: standing.promise >= PROMISING,
    "bought": lambda _, standing: standing.worth > 0,
    "lapsed": lambda _, standing: standing.is_lapsed,
}


def group_of(view: ListView, row: CustomerRow, standing: Standing, today: date) -> str:
    """The code of the group in which a customer stands; empty for those of whom nothing is said."""
    return _seen(row, today) if view.group == "seen" else _GROUPS[view.group](row, standing)


_GROUPS: Mapping[Group, Callable[[CustomerRow, Standing], str]] = {
    "": lambda *_: "",
    "grade": lambda _, standing: standing.grade,
    "stage": lambda row, _: row.stage,
    "type": lambda _, standing: standing.type,
    "industry": lambda _, standing: standing.industry,
    "side": lambda row, _: side_of(row.lives),
    "province": lambda row, _: province_of(row.lives),
    "city": lambda row, _: city_of(row.lives),
    "tag": lambda row, _: row.tags[0] if row.tags else "",
}


def _seen(row: CustomerRow, today: date) -> str:
    """In the last so many days, `before`, or never."""
    day = local_day(row.last_visit)
    if day is None:
        return ""
    return next((str(days) for days in LONG_AGO if (today - day).days < days), "before")


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


def _was_seen(row: CustomerRow, days: int, today: date) -> bool:
    """Whether somebody was there in so many days. Most visits are far from the last of these, as their letters tell."""
    since, seen = today - timedelta(days=days), row.last_visit[:10]
    if not seen or seen < (since - _A_DAY).isoformat():
        return False
    day = local_day(row.last_visit)
    return day is not None and day > since


def _place(view: ListView, group: str) -> tuple[bool, int, str]:
    """Groups stand in the order of their list, places in that of their codes with 境外 behind them, tags in that of
    their letters; who has none comes last."""
    order = _ORDERS.get(view.group, [])
    return not group, order.index(group) if group in order else len(order) + (group == ABROAD), group
