"""The labels that people write lines under, as an admin sees them: how often, and one tap to make a field of one."""

from collections import Counter
from dataclasses import dataclass

from field_app.actions import records
from field_app.actions.extra_lines import USE
from field_app.actions.own_field_form import key_for
from field_app.actions.own_fields import KIND, in_order, last_place, only_admins
from field_app.local_store import LocalStore
from visit_core.columns import folded
from visit_core.kinds import FILLED_IN


@dataclass(frozen=True, slots=True)
class Label:
    """One label in the records of one kind."""

    entity: str
    label: str
    records: int
    data_type: str  # what all its values look like; text where they differ
    is_field: bool  # there is a field of that name by now


def load(store: LocalStore, _about: str) -> tuple[Label, ...]:
    """All labels, the most frequent first; NotAllowed for who is no admin."""
    only_admins(store, KIND)
    found = [label for entity in FILLED_IN for label in _of_kind(store, entity)]
    return tuple(sorted(found, key=lambda each: (each.is_field, -each.records, each.label)))


def promote(store: LocalStore, entity: str, label: str) -> str:
    """Make a field of a label, as the last of its form; give its id."""
    found = next(each for each in _of_kind(store, entity) if folded(each.label) == folded(label))
    taken = {str(view.fields.get("key")) for view in in_order(store, entity)}
    told = {"entity": entity, "key": key_for(label, taken), "label_zh": label, "data_type": found.data_type}
    return records.add(store, KIND, {**told, "order": last_place(store, entity)})


def _of_kind(store: LocalStore, entity: str) -> list[Label]:
    records_by_label: dict[str, set[str]] = {}
    spelt: dict[str, Counter[str]] = {}
    looks: dict[str, set[str]] = {}
    for view in store.find(USE, {"entity": entity}):
        label = str(view.fields.get("word"))
        records_by_label.setdefault(folded(label), set()).add(str(view.fields.get("record")))
        spelt.setdefault(folded(label), Counter())[label] += 1
        looks.setdefault(folded(label), set()).add(str(view.fields.get("looks_like") or "text"))
    fields = {folded(str(view.fields.get("label_zh"))) for view in in_order(store, entity)}
    return [
        Label(entity, spelt[one].most_common(1)[0][0], len(found), _one_type(looks[one]), one in fields)
        for one, found in records_by_label.items()
    ]


def _one_type(looks: set[str]) -> str:
    if looks == {"integer", "decimal"}:
        return "decimal"
    return looks.pop() if len(looks) == 1 else "text"
