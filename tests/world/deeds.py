"""What people do in the simulated world. Every value is new, but for a few that two people may well choose alike."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random

from pydantic import JsonValue

from field_app.actions import conflicts
from field_app.local_store import Edit, LocalStore
from tests.world.phone import Phone
from visit_core.change import Registers
from visit_core.errors import VisitError
from visit_core.rules.reviewing import judged, reopened
from visit_core.stamp import instant

COLOURS = ("red", "green", "blue")
TAGS = ("vip", "dog", "late")
LAST: Mapping[str, tuple[str, ...]] = {
    "customer": ("name", "remark", "position", "zz_newer"),
    "visit": ("content", "contact_person", "need_summary"),
}


@dataclass(slots=True)
class Chance:
    """Where every id, value and choice of a run comes from."""

    lots: Random
    drawn: int = 0

    def hex32(self) -> str:
        """32 hex digits."""
        return f"{self.lots.getrandbits(128):032x}"

    def record_id(self, now_ms: int) -> str:
        """An id in the form of `visit_core.ids.new_id`."""
        return f"{now_ms & (1 << 48) - 1:012x}7{self.lots.getrandbits(12):03x}8{self.lots.getrandbits(60):015x}"

    def word(self) -> str:
        """A value that nobody else sets; now and then one that others set, too."""
        self.drawn += 1
        return self.lots.choice(COLOURS) if self.lots.random() < 0.25 else f"w{self.drawn}"


Deed = Callable[[Phone, Chance], list[Edit]]


def create(phone: Phone, chance: Chance) -> list[Edit]:
    """A new customer."""
    fields: Registers = {"name": chance.word(), "owner_id": phone.store.me.person}
    return [Edit("create", "customer", chance.record_id(phone.store.now_ms()), fields)]


def edit(phone: Phone, chance: Chance) -> list[Edit]:
    """One record corrected: a plain field or two, a member of a set, or a group as a whole."""
    record = _any(phone.store, chance)
    if record is None:
        return []
    kind, id = record
    fields: Registers = {name: chance.word() for name in chance.lots.sample(LAST[kind], chance.lots.choice((1, 1, 2)))}
    if kind == "customer" and chance.lots.random() < 0.3:
        fields = {f"tags.{chance.lots.choice(TAGS)}": chance.lots.choice((1, 2, None))}
    if kind == "customer" and chance.lots.random() < 0.2:
        fields = grade(phone.store, chance)
    if kind == "visit" and chance.lots.random() < 0.25:
        fields = {"check_out_at": instant(phone.store.now_ms() - chance.lots.randrange(3_600_000))}
    return [Edit("set", kind, id, fields)]


def both(one: Phone, other: Phone, chance: Chance) -> list[Edit]:
    """The same field of the same record, set on two phones."""
    record = _any(one.store, chance)
    if record is None or one is other or other.store.view(*record) is None:
        return []
    name = chance.lots.choice(LAST[record[0]])
    return [Edit("set", *record, {name: chance.word()}) for _ in range(2)]


def grade(store: LocalStore, chance: Chance) -> Registers:
    """The group of fields that say how somebody was graded by hand."""
    reason, letter = chance.lots.randrange(160_000_000), "ABC"[chance.lots.randrange(2, 90) % 3]
    today = instant(store.now_ms())[:10]
    return {"grade_manual": letter, "grade_reason": f"理由{reason}", "grade_manual_on": today}


def visit(phone: Phone, chance: Chance) -> list[Edit]:
    """A call at a customer's door."""
    customer = _any(phone.store, chance, "customer")
    if customer is None:
        return create(phone, chance)
    fields: Registers = {
        "customer_id": customer[1],
        "check_in_at": instant(phone.store.now_ms() - 600_000),
        "content": chance.word(),
        "status": "done",
        "owner_id": phone.store.me.person,
        "review_state": "pending",
        "review_round": 1,
        "reviewed_by": None,
        "reviewed_at": None,
    }
    return [Edit("create", "visit", chance.record_id(phone.store.now_ms()), fields)]


def contact(phone: Phone, chance: Chance) -> list[Edit]:
    """A word about a customer that is told once."""
    customer = _any(phone.store, chance, "customer")
    fields: Registers = {"channel": "phone", "content": chance.word(), "contact_at": instant(phone.store.now_ms())[:10]}
    made = chance.record_id(phone.store.now_ms())
    return [Edit("create", "contact_record", made, {"customer_id": customer[1], **fields})] if customer else []


def asks_older(phone: Phone, chance: Chance) -> str:
    """A customer of whom somebody wants to see everything; empty for none."""
    customer = _any(phone.store, chance, "customer")
    return customer[1] if customer else ""


def together(phone: Phone, chance: Chance) -> list[Edit]:
    """A visit with a word about a customer, kept in one moment; now and then one of the two is wrong."""
    customer = _any(phone.store, chance, "customer")
    word: Registers = {"lat": 1.5} if chance.lots.random() < 0.4 else {"remark": chance.word()}
    return [*visit(phone, chance), *([Edit("set", *customer, word)] if customer else [])]


def merge(phone: Phone, chance: Chance) -> list[Edit]:
    """Of two customers one leads to the other; a rep's word on it is refused by the server, all of it."""
    found = phone.store.find("customer")[-4:]
    if len(found) < 2:
        return create(phone, chance)
    kept, other = chance.lots.sample(found, 2)
    said: Registers = {
        "customer_id": kept.id,
        "other_id": other.id,
        "state": "merged",
        "decided_at": instant(phone.store.now_ms()),
        "decided_by": phone.store.me.person,
    }
    made = Edit("create", "customer_merge", chance.record_id(phone.store.now_ms()), said)
    leads, picked = {"merged_into": kept.id}, {"remark": chance.word()}
    return [Edit("set", "customer", other.id, {**leads}), Edit("set", "customer", kept.id, {**picked}), made]


def part(phone: Phone, chance: Chance) -> list[Edit]:
    """A merge is undone."""
    said = phone.store.find("customer_merge", {"state": "merged"})
    if not said:
        return []
    undone = chance.lots.choice(said)
    parts = Edit("set", "customer", str(undone.fields.get("other_id")), {"merged_into": None})
    return [parts, Edit("set", "customer_merge", undone.id, {"state": "undone"})]


def delete(phone: Phone, chance: Chance) -> list[Edit]:
    """A record into the bin."""
    record = _any(phone.store, chance)
    return [Edit("delete", *record, {})] if record else []


def bring_back(phone: Phone, chance: Chance) -> list[Edit]:
    """A record out of the bin."""
    record = _any(phone.store, chance, deleted=True)
    return [Edit("restore", *record, {})] if record else []


def review(phone: Phone, chance: Chance) -> list[Edit]:
    """A verdict, or a rep hands in again; a rep's verdict is refused by the server."""
    record = _any(phone.store, chance, "visit")
    view = phone.store.view(*record) if record else None
    if record is None or view is None:
        return []
    now = instant(phone.store.now_ms())
    fields = judged(view.fields, chance.lots.choice(("approved", "returned")), by=phone.store.me.person, at=now)
    if chance.lots.random() < 0.3:
        fields = reopened(view.fields)
    return [Edit("set", *record, fields)]


def settle_conflict(phone: Phone, chance: Chance) -> None:
    """The other value is restored, or the conflict is only looked at."""
    views = phone.store.find("conflict", {"state": "open"})
    if not views:
        return
    act = chance.lots.choice((conflicts.restore_value, conflicts.see))
    try:
        act(phone.store, chance.lots.choice(views).id)
    except VisitError:
        return  # the record has gone, or is not this person's to change


def poison(phone: Phone, chance: Chance) -> list[Edit]:
    """What the server must refuse alone: half a group, no choice of the list, what only the server tells."""
    record = _any(phone.store, chance, "customer")
    bad: list[dict[str, JsonValue]] = [{"lat": 1.5}, {"gender": "nonsense"}, {"created_by": "me"}]
    return [Edit("set", *record, chance.lots.choice(bad))] if record else []


def unknown(phone: Phone, chance: Chance) -> list[Edit]:
    """What only a newer app knows."""
    return [Edit("create", "hologram", chance.record_id(phone.store.now_ms()), {"zz_depth": chance.word()})]


def _any(store: LocalStore, chance: Chance, kind: str = "", *, deleted: bool = False) -> tuple[str, str] | None:
    kinds = [kind] if kind else ["customer", "visit"]
    views = store.find(chance.lots.choice(kinds), deleted=deleted)
    found = [view for view in views if view.is_deleted == deleted]
    chosen = chance.lots.choice(found[-3:]) if found else None
    return (chosen.kind, chosen.id) if chosen else None
