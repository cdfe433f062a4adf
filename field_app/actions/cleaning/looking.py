"""数据清理: all customers of this device looked through, offline, by every check of the register."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from field_app.actions import standings
from field_app.actions.cleaning import BY_NAME, CHECKS
from field_app.actions.cleaning.finding import KIND, Check, Finding, Register
from field_app.actions.declared import layouts_here, specs_here
from field_app.actions.reverting import imports_here
from field_app.actions.twins import known_customers
from field_app.drawing import View
from field_app.local_store import LocalStore
from visit_core import phones
from visit_core.errors import NotAllowed, NotFound
from visit_core.fields import Specs
from visit_core.kinds.customer import Customer
from visit_core.masks import SHOWN_ON_REQUEST
from visit_core.rules.twins import By, keys

CLEANING = "clean:"
"""Before the name of the check in what is remembered of a cleaning that was done."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many customers a check finds, and how much of that has one certain form."""

    check: str
    customers: int
    fixable: int  # findings


@dataclass(frozen=True, slots=True)
class Done:
    """One cleaning that was done on this device."""

    id: str
    check: str
    at: str  # instant
    fields: int
    is_reverted: bool


@dataclass(frozen=True, slots=True)
class Cleaning:
    """What all checks find, and what was cleaned so far, the latest first."""

    customers: int
    counts: tuple[Count, ...]
    done: tuple[Done, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """One customer at whom something was found; the number is masked."""

    id: str
    name: str
    phone: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Cases:
    """All that one check finds, the oldest customer first, and what must be masked of it."""

    check: str
    cases: tuple[Case, ...]
    specs: Specs
    fixable: int  # findings
    masked: frozenset[str]  # fields


def load(store: LocalStore, _about: str = "") -> Cleaning:
    """How many each check finds; NotAllowed for who is no supervisor."""
    only_supervisors(store)
    views, register = store.find(KIND), register_of(store)
    counts = tuple(_count(check, views, register) for check in CHECKS)
    done = [_done(each) for each in imports_here(store, why=CLEANING)]
    return Cleaning(len(views), counts, tuple(sorted(done, key=lambda one: one.at, reverse=True)))


def load_one(store: LocalStore, about: str) -> Cases:
    """What the check of that name finds."""
    only_supervisors(store)
    register = register_of(store)
    cases = tuple(_case(view, findings) for view, findings in findings_of(store, about, register))
    fixable = sum(finding.is_fixable for case in cases for finding in case.findings)
    return Cases(about, cases, register.specs, fixable, masked_in(register.specs))


def findings_of(store: LocalStore, name: str, register: Register) -> Iterator[tuple[View, tuple[Finding, ...]]]:
    """Every customer at whom that check finds something; NotFound for a name that no check has."""
    if name not in BY_NAME:
        raise NotFound("not_found", field="check")
    for view in store.find(KIND):
        findings = tuple(BY_NAME[name].found(view.id, view.fields, register))
        if findings:
            yield view, findings


def only_supervisors(store: LocalStore) -> None:
    """Cleaning changes what others have written; an admin has no customers to clean."""
    if store.me.role != "supervisor":
        raise NotAllowed(role=store.me.role, kind="cleaning")


def masked_in(specs: Specs) -> frozenset[str]:
    """The fields of which nobody needs to read a value to see how it is written."""
    return frozenset(name for name, spec in specs.items() if spec.asked.masked in SHOWN_ON_REQUEST)


def register_of(store: LocalStore) -> Register:
    """What all customers have in common, as things are today."""
    layouts, told = layouts_here(store, Customer), standings.load(store)

    @cache
    def kept(kind: str) -> Collection[str]:
        return {view.id for view in store.find(kind)}

    return Register(
        moment=store.moment(),
        specs={name: spec for name, spec in specs_here(store, Customer).items() if spec.asked.writer != "server"},
        asked_of=layouts.of,
        grade_of=lambda id: told.of(id).grade,
        alike=_alike(store),
        kept=kept,
    )


def _alike(store: LocalStore) -> Mapping[str, tuple[By, str]]:
    """For each customer the first other one with a key in common."""
    alike: dict[str, tuple[By, str]] = {}
    first: dict[tuple[By, str], tuple[str, str]] = {}  # id and name
    for one in known_customers(store):
        for key in keys(one.trace):
            other, name = first.setdefault(key, (one.id, one.name))
            if other != one.id:
                alike.setdefault(one.id, (key[0], name))
                alike.setdefault(other, (key[0], one.name))
    return alike


def _count(check: Check, views: Collection[View], register: Register) -> Count:
    counted: Counter[str] = Counter()
    for view in views:
        findings = list(check.found(view.id, view.fields, register))
        counted["customers"] += bool(findings)
        counted["fixable"] += sum(finding.is_fixable for finding in findings)
    return Count(check.name, counted["customers"], counted["fixable"])


def _case(view: View, findings: tuple[Finding, ...]) -> Case:
    number = str(view.fields.get("mobile") or view.fields.get("landline") or "")
    return Case(view.id, str(view.fields.get("name") or ""), phones.masked(number) if number else "", findings)


def _done(made: Mapping[str, object]) -> Done:
    check = str(made["why"]).removeprefix(CLEANING)
    return Done(str(made["id"]), check, str(made["at"]), int(str(made["cells"])), bool(made["reverted"]))
