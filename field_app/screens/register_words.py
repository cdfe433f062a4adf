"""A value as a person reads it, and the field it stands in: for everything that is shown and not typed."""

from datetime import date

from pydantic import JsonValue

from field_app.screens.days import moment_words
from field_app.screens.division_words import division_name
from field_app.screens.look import Look
from visit_core.explain import field_label
from visit_core.fields import FieldSpec, fields_of, parted
from visit_core.kinds import known
from visit_core.merge import DELETED
from visit_core.prices import price_words
from visit_core.shapes import Day, Division, LabelledLines, OneOf, SetOf, Shape, When
from visit_core.shapes.lines import line_text


def value_words(spec: FieldSpec | None, value: JsonValue, look: Look, today: date) -> str:
    """A field's value in words; what no declaration knows stands for itself."""
    if value in (None, "", []):
        return look.says("value.none")
    if isinstance(value, bool):
        return look.says("value.yes" if value else "value.no")
    shape, text = spec.shape if spec else None, str(value)
    if isinstance(value, list):
        return look.says("value.comma").join(_member_words(shape, member, look) for member in value)
    if isinstance(shape, OneOf):
        return shape.picklist.label(text, look.lang)
    if isinstance(shape, When | Day):
        return moment_words(text, look, today)
    if isinstance(shape, Division):
        return division_name(text, look)
    return price_words(text) if spec and spec.control == "money" else text


def _member_words(shape: Shape | None, member: JsonValue, look: Look) -> str:
    if isinstance(member, dict) and isinstance(shape, LabelledLines):
        return line_text(member)
    each = shape.member if isinstance(shape, SetOf) else None
    return each.picklist.label(str(member), look.lang) if isinstance(each, OneOf) else str(member)


def register_label(kind: str, register: str, look: Look, own: FieldSpec | None = None) -> str:
    """What people call a register: 联系电话; 标签·vip for one member of a set. `own` is an organisation's own field."""
    if register == DELETED:
        return look.says("value.deletion")
    name, member = parted(register)
    label = own.asked.label(look.lang) if own else field_label(kind, name, look.lang)
    return f"{label}·{member}" if member and name != "review_notes" else label


def register_words(
    kind: str, register: str, value: JsonValue, look: Look, today: date, *, own: FieldSpec | None = None
) -> str:
    """What stands in a register: a value, whether a member is in, what was edited while another deleted."""
    if register == DELETED:
        return _deletion(kind, value, look, today)
    name, member = parted(register)
    spec = own or _spec(kind, name)
    if isinstance(value, dict):
        return str(value.get("comment") or value.get("value") or look.says("value.none"))
    if member and spec is not None and spec.has_members:
        return look.says("value.in" if value not in (None, False) else "value.out")
    return value_words(spec, value, look, today)


def _deletion(kind: str, value: JsonValue, look: Look, today: date) -> str:
    if isinstance(value, dict):
        return look.says("value.semicolon").join(_edited(kind, name, new, look, today) for name, new in value.items())
    return look.says("value.deleted" if value is True else "value.not_deleted")


def _edited(kind: str, register: str, value: JsonValue, look: Look, today: date) -> str:
    label, said = register_label(kind, register, look), register_words(kind, register, value, look, today)
    return look.says("value.edited", label=label, value=said)


def _spec(kind: str, name: str) -> FieldSpec | None:
    declared = known(kind)
    return fields_of(declared).get(name) if declared else None
