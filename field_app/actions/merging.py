"""Two customers who are one: merged by ordinary changes that stand or fall together, and parted again within a month.

What hangs on the other is not touched: whoever reads it is led to the one that is left.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from pydantic import JsonValue

from field_app.actions.comparing import Picks, differences, joined, key_of, members, mergeable
from field_app.actions.declared import specs_here
from field_app.actions.edits import checked, correction, creation
from field_app.drawing import View
from field_app.local_store import Edit, LocalStore
from field_app.survivors import CUSTOMER, MERGE
from visit_core.errors import NotAllowed, NotFound, NotValid
from visit_core.fields import Fields, FieldSpec
from visit_core.kinds.customer import Customer
from visit_core.kinds.customer_merge import CustomerMerge
from visit_core.registers import spread
from visit_core.rules.parting import UNDO_DAYS, may_be_parted
from visit_core.stamp import instant


def merge(store: LocalStore, kept: str, other: str, picks: Picks | None = None) -> str:
    """Let the other lead to the one that is kept; give the id of what was said.

    `picks` say by field which value stands; of the others the later one that says something. NotValid where the two
    are one already, NotFound where this device has not both, NotAllowed for all but supervisors.
    """
    refuse_others(store)
    one, two = _both(store, kept, other)
    taken = _taken(store, one, two, picks or {})
    picked = correction(store, one, taken)
    leads = checked(store, Edit("set", CUSTOMER, two.id, {"merged_into": one.id}))
    seen = _seen(store, one, two, {**one.fields, **taken})
    said = creation(store, MERGE, {"customer_id": one.id, "other_id": two.id, "state": "merged", "seen": seen})
    noted = _noted(store, "merge", two.id, list(taken))
    store.keep(leads, *([picked] if picked.registers else []), said, noted)
    return said.id


def say_apart(store: LocalStore, one: str, other: str) -> str:
    """They only look alike: nobody is asked again. Gives the id of what was said."""
    refuse_others(store)
    first, second = _both(store, one, other)
    said = creation(store, MERGE, {"customer_id": first.id, "other_id": second.id, "state": "apart"})
    store.keep(said)
    return said.id


def undo(store: LocalStore, merge_id: str) -> None:
    """Part them again: the values that the merge took go back, but for what somebody has changed since.

    NotFound for no such merge; NotValid where it was undone before, or too long ago.
    """
    refuse_others(store)
    said = store.view(MERGE, merge_id.lower())
    if said is None:
        raise NotFound("not_found", field="id")
    if said.fields.get("state") == "undone":
        raise NotValid("merge_undone", field="id")
    if not may_be_undone(store, said.fields):
        raise NotValid("merge_too_old", field="id", days=UNDO_DAYS)
    undone = {"state": "undone", "undone_at": instant(store.now_ms()), "undone_by": store.me.person}
    parted = [*_parted(store, said.fields)]
    noted = [_noted(store, "restore", str(said.fields.get("other_id")), [])] if parted else []
    store.keep(*parted, correction(store, said, undone), *noted)


def may_be_undone(store: LocalStore, said: Fields) -> bool:
    """Whether what was said of two is young enough to be taken back, and was not yet."""
    at = datetime.fromisoformat(str(said.get("decided_at"))).timestamp() * 1000
    return said.get("state") in ("merged", "apart") and may_be_parted(round(at), store.now_ms())


def refuse_others(store: LocalStore) -> None:
    """NotAllowed for whoever may not say that two customers are one."""
    if store.me.role not in CustomerMerge.written_by:
        raise NotAllowed(role=store.me.role, kind=MERGE)


def _both(store: LocalStore, one: str, other: str) -> tuple[View, View]:
    found = [store.view(CUSTOMER, each.lower()) for each in (one, other)]
    first, second = (view if view and not view.is_deleted else None for view in found)
    if first is None or second is None:
        raise NotFound("not_found", field="id")
    if first.id == second.id:
        raise NotValid("same_customer", field="id")
    return first, second


def _taken(store: LocalStore, kept: View, other: View, picks: Picks) -> dict[str, JsonValue]:
    """What the one that is kept gets from the other."""
    known = differences(store, kept, other)
    unknown = picks.keys() - {name for each in known for name in each.fields}
    if unknown:
        raise NotValid("no_difference", field=min(unknown))
    taken: dict[str, JsonValue] = {}
    for each in known:
        pick = next((picks[name] for name in each.fields if name in picks), each.usual)
        if pick == "other":
            taken |= dict(zip(each.fields, each.other, strict=True))
    if taken.get("referrer_id") in (kept.id, other.id):
        del taken["referrer_id"]  # nobody sent themselves
    return taken | joined(store, kept, other)


def _seen(store: LocalStore, kept: View, other: View, now: Fields) -> list[JsonValue]:
    """Both sides as they are at this moment, for all in which either says something."""
    told: list[JsonValue] = []
    for name in mergeable(specs_here(store, Customer)):
        sides: dict[str, JsonValue] = {
            "kept": kept.fields.get(name),
            "other": other.fields.get(name),
            "now": now.get(name),
        }
        if any(value not in (None, "", []) for value in sides.values()):
            told.append(seen_entry(name, **sides))
    return told


def seen_entry(field: str, *, kept: JsonValue, other: JsonValue, now: JsonValue) -> dict[str, JsonValue]:
    """What one field said on both sides, and what stood after; the same field has the same id everywhere."""
    id = hashlib.sha256(field.encode()).hexdigest()[:32]
    return {"id": id, "field": field, "kept": kept, "other": other, "now": now}


def seen_in(said: Fields) -> list[dict[str, JsonValue]]:
    """Both sides of every field as they were when that was said."""
    return [each for each in members(said.get("seen")) if isinstance(each, dict)]


def _parted(store: LocalStore, said: Fields) -> Iterator[Edit]:
    """What undoes a merge; nothing of one that another merge has overruled, or that said no."""
    if said.get("state") != "merged":
        return
    kept, other = (store.itself(CUSTOMER, str(said.get(name))) for name in ("customer_id", "other_id"))
    if other and other.fields.get("merged_into") == said.get("customer_id"):
        yield checked(store, Edit("set", CUSTOMER, other.id, {"merged_into": None}))
    back = _back(store, kept, said) if kept else {}
    if kept and back:
        yield checked(store, Edit("set", CUSTOMER, kept.id, spread(CUSTOMER, kept.fields, back)))


def _back(store: LocalStore, kept: View, said: Fields) -> dict[str, JsonValue]:
    """The values that the merge replaced, where what it put there still stands; members it added go out again."""
    specs, back = specs_here(store, Customer), dict[str, JsonValue]()
    for each in seen_in(said):
        name, now = str(each["field"]), kept.fields.get(str(each["field"]))
        if each["kept"] == each["now"] or name not in specs:
            continue
        if specs[name].has_members:
            brought = _keys(specs[name], each["now"]) - _keys(specs[name], each["kept"])
            back[name] = [one for one in members(now) if key_of(specs[name], one) not in brought]
        elif now == each["now"]:
            back[name] = each["kept"]
    return back


def _keys(spec: FieldSpec, value: JsonValue) -> set[str]:
    return {key_of(spec, one) for one in members(value)}


def _noted(store: LocalStore, action: str, customer: str, fields: list[str]) -> Edit:
    said: dict[str, JsonValue] = {"action": action, "entity": CUSTOMER, "entity_id": customer, "records": 2}
    if fields:
        said["fields_changed"] = [*fields]
    return replace(creation(store, "audit_event", said), by_rule=True)
