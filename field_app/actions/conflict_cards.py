"""Conflicts as cards: whose record, which field, three values, and which of them stands now."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pydantic import JsonValue

from field_app.actions.conflicts import beside, cases, lost_by_me, subject
from field_app.actions.declared import custom_here, specs_here
from field_app.actions.everybody import Names, names_in, readable
from field_app.drawing import View
from field_app.local_store import LocalStore
from visit_core.fields import FieldSpec, parted
from visit_core.kinds import known
from visit_core.merge import DELETED
from visit_core.overruled import Side
from visit_core.rules.reviewing import REVIEW_GROUP

SIDES: tuple[Side, ...] = ("base", "loser", "winner")


@dataclass(frozen=True, slots=True)
class SideRead:
    """One of the three values: whose it is, when and where it was given, and what may be done with it."""

    code: Side
    value: JsonValue
    by: str = ""
    is_mine: bool = False
    at: str = ""
    is_this_device: bool = False
    is_in_use: bool = False
    is_usable: bool = False  # may be made the one in use


@dataclass(frozen=True, slots=True)
class ConflictCard:
    """One conflict. `field` is the register, such as `mobile` or `tags.vip`."""

    id: str
    kind: str
    name: str
    field: str
    rule: str
    state: str
    at: str
    sides: tuple[SideRead, ...]
    own: FieldSpec | None = None  # the field, where it is one of the organisation's own
    others: tuple["ConflictCard", ...] = ()  # of fields that are set together with this one: one conflict for people

    @property
    def is_open(self) -> bool:
        """Whether nobody has looked at it yet."""
        return self.state == "open"

    @property
    def is_fixed(self) -> bool:
        """Whether the first value stands whatever anybody does."""
        return self.rule == "first"

    def side(self, code: str) -> SideRead:
        """One of its values."""
        return next(side for side in self.sides if side.code == code)


@dataclass(frozen=True, slots=True)
class Conflicts:
    """All conflicts this person may see: open ones first, the latest first."""

    cards: tuple[ConflictCard, ...]
    today: date
    is_home: bool  # one of the person's four places


@dataclass(frozen=True, slots=True)
class OneConflict:
    """One conflict; None where this device has none of that id."""

    card: ConflictCard | None
    today: date


def load(store: LocalStore, _about: str = "") -> Conflicts:
    """Every conflict here."""
    names = names_in(store)
    cards = _cards(store, store.find("conflict"), names)
    cards.sort(key=lambda card: card.at, reverse=True)
    cards.sort(key=lambda card: not card.is_open)
    return Conflicts(tuple(cards), store.moment().today, is_home=store.me.role == "supervisor")


def load_one(store: LocalStore, about: str) -> OneConflict:
    """The conflict `about`."""
    view = store.view("conflict", about)
    cards = _cards(store, beside(store, view), names_in(store)) if view else []
    return OneConflict(next(iter(cards), None), store.moment().today)


def lost_cards(store: LocalStore) -> tuple[ConflictCard, ...]:
    """The open conflicts in which this person's value was overruled, the latest first."""
    lost = lost_by_me(store)
    cards = _cards(store, lost, names_in(store) if lost else {})
    return tuple(sorted(cards, key=lambda card: (card.at, card.id), reverse=True))


def _cards(store: LocalStore, views: Iterable[View], names: Names) -> list[ConflictCard]:
    """One card for all conflicts that arose together, under the first field of the group."""
    return [_one(store, together, names) for together in cases(views)]


def _one(store: LocalStore, together: Sequence[View], names: Names) -> ConflictCard:
    first, *others = (_card(store, view, names) for view in together)
    if not others:
        return first
    sides = tuple(_as_a_whole(side, [card.side(side.code) for card in others]) for side in first.sides)
    state = next((card.state for card in (first, *others) if card.is_open), first.state)
    return replace(first, sides=sides, others=tuple(others), state=state)


def _as_a_whole(side: SideRead, others: Sequence[SideRead]) -> SideRead:
    """It stands if all of it does; it can be used if some of it does not and some may."""
    whole = (side, *others)
    stands = all(each.is_in_use for each in whole)
    return replace(side, is_in_use=stands, is_usable=not stands and any(each.is_usable for each in whole))


def _card(store: LocalStore, conflict: View, names: Names) -> ConflictCard:
    told = conflict.fields
    record = subject(store, conflict)
    return ConflictCard(
        id=conflict.id,
        kind=str(told.get("record_kind")),
        name=_name_of(record, names),
        field=str(told.get("field")),
        rule=str(told.get("rule")),
        state=str(told.get("state")),
        at=max(str(told.get("winner_at") or ""), str(told.get("loser_at") or "")),
        sides=_sides(store, told, record, names),
        own=custom_here(store, str(told.get("record_kind"))).get(parted(str(told.get("field")))[0]),
    )


def _name_of(record: View | None, names: Names) -> str:
    """As people call it: by its customer, a follow-up of nobody by what it says."""
    if record is None:
        return ""
    told = record.fields
    return names.get(str(told.get("customer_id"))) or str(told.get("name") or told.get("title") or "")


def _sides(store: LocalStore, told: Mapping[str, JsonValue], record: View | None, names: Names) -> tuple[SideRead, ...]:
    """The value before, then this person's own, then the other's; the loser's first where neither is one's own."""
    stands = _in_use(told, record)
    shown = _shown(store, told, names)
    sides = [_side(store, told, code, shown[code], stands, names) for code in SIDES]
    return tuple(sorted(sides, key=lambda side: (side.code != "base", not side.is_mine)))


def _side(
    store: LocalStore, told: Mapping[str, JsonValue], code: Side, value: JsonValue, stands: str, names: Names
) -> SideRead:
    by, device = str(told.get(f"{code}_by") or ""), told.get(f"{code}_device")
    return SideRead(
        code=code,
        value=value,
        by=names.get(by, ""),
        is_mine=by == store.me.person,
        at=str(told.get(f"{code}_at") or ""),
        is_this_device=device == store.me.device,
        is_in_use=code == stands,
        is_usable=code != stands and (code != "base" or value is not None) and _may_be_changed(store, told),
    )


def _may_be_changed(store: LocalStore, told: Mapping[str, JsonValue]) -> bool:
    """What is written once cannot be, and a verdict only by a supervisor."""
    return told.get("rule") != "first" and (told.get("field") not in REVIEW_GROUP or store.me.role == "supervisor")


def _in_use(told: Mapping[str, JsonValue], record: View | None) -> str:
    """Which value the record holds now; none of them if it was changed once more."""
    if record is None:
        return ""
    order = ("loser", "winner", "base") if told.get("state") == "restored" else ("winner", "loser", "base")
    return next((code for code in order if _holds(record, str(told.get("field")), told.get(f"{code}_value"))), "")


def _holds(record: View, register: str, value: JsonValue) -> bool:
    if register == DELETED:
        return record.is_deleted == (value is True)
    name, member = parted(register)
    present = record.fields.get(name)
    if member and isinstance(present, list | None):
        return (member in (present or [])) == (value not in (None, False))
    return record.fields.get(register) == value


def _shown(store: LocalStore, told: Mapping[str, JsonValue], names: Names) -> dict[Side, JsonValue]:
    """The values without ids; telephones masked, unless masked they could not be told apart."""
    spec = _spec(store, str(told.get("record_kind")), str(told.get("field")))
    values: dict[Side, JsonValue] = {code: told.get(f"{code}_value") for code in SIDES}
    if spec is None:
        return values
    masked = {code: readable(spec, value, names) for code, value in values.items()}
    if len(set(map(str, masked.values()))) == len(set(map(str, values.values()))):
        return masked
    return {code: readable(spec, value, names, in_full=True) for code, value in values.items()}


def _spec(store: LocalStore, kind_name: str, register: str) -> FieldSpec | None:
    """The field of a register that holds a whole value, an organisation's own among them."""
    kind = known(kind_name)
    return specs_here(store, kind).get(register) if kind else None
