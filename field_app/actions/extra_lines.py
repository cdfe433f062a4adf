"""Lines under labels of one's own: counted for the admin, label by label, who sees no customer and no value."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from pydantic import JsonValue

from field_app.actions.edits import checked, correction, creation
from field_app.drawing import View
from field_app.local_store import Edit, LocalStore
from visit_core.fields import parted
from visit_core.shapes.lines import LABEL, VALUE

FIELD = "extra_lines"
USE = "label_use"
SUGGESTED = 8
LOOKS = (
    ("integer", r"[-+]?[0-9]{1,9}"),
    ("decimal", r"[-+]?[0-9]{1,9}\.[0-9]{1,6}"),
    ("phone", r"1[3-9][0-9]{9}"),
    ("email", r"[^@\s]+@[^@\s]+\.[^@\s]+"),
    ("date", r"[12][0-9]{3}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}日?"),
    ("yes_no", r"是|否|yes|no"),
)


def with_label_uses(store: LocalStore, edits: Iterable[Edit]) -> list[Edit]:
    """The edits of one commit, and what they change in the count of labels."""
    given = list(edits)
    return [*given, *(use for edit in given for use in _uses(store, edit))]


def looks_like(value: str) -> str:
    """The type of field that such a value could stand in; text if no other."""
    return next((data_type for data_type, form in LOOKS if re.fullmatch(form, value.strip().lower())), "text")


def labels_often(store: LocalStore, entity: str) -> list[str]:
    """The labels that people use most in records of a kind."""
    uses = Counter(str(view.fields.get("word")) for view in store.find(USE, {"entity": entity}))
    return [label for label, _ in uses.most_common(SUGGESTED)]


def lines_of(value: JsonValue) -> dict[str, str]:
    """What the lines of a record say, by their labels."""
    lines = [line for line in value if isinstance(line, dict)] if isinstance(value, list) else []
    return {str(line.get(LABEL)): str(line.get(VALUE)) for line in lines}


def _uses(store: LocalStore, edit: Edit) -> Iterator[Edit]:
    for register, line in edit.registers.items():
        name, label = parted(register)
        if name != FIELD or not label:
            continue
        counted = store.find(USE, {"record": edit.id, "word": label})
        if isinstance(line, dict):
            yield from _in_use(store, edit, counted, {"word": label, "looks_like": looks_like(str(line.get(VALUE)))})
        else:
            yield from (checked(store, Edit("delete", USE, view.id, {}, by_rule=True)) for view in counted)


def _in_use(store: LocalStore, edit: Edit, counted: list[View], told: dict[str, JsonValue]) -> Iterator[Edit]:
    if not counted:
        yield replace(creation(store, USE, {"entity": edit.kind, "record": edit.id, **told}), by_rule=True)
    for view in counted:
        again = correction(store, view, told)
        if again.registers:
            yield replace(again, by_rule=True)
