"""An organisation's own fields: a `custom_field` record becomes a field like any other, called `custom.<key>`.

Forms, lists, tables, search and the checks of both sides take it as they take a declared one. A field out of use
is asked for no more; what stands in it stays, is shown and goes out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pydantic import JsonValue

from visit_core.errors import NotValid
from visit_core.fields import (
    CUSTOM,
    EVERY,
    NEVER,
    SECTIONS,
    Asked,
    Condition,
    Fields,
    FieldSpec,
    Mask,
    Specs,
    Usual,
    Writer,
)
from visit_core.picklists import SECTION, Choice, Picklist
from visit_core.shapes import (
    Amount,
    AnyPhone,
    Control,
    Day,
    Email,
    Line,
    Moment,
    OneOf,
    Passage,
    Pattern,
    SetOf,
    Shape,
    When,
    Whole,
    YesNo,
)

MOST_WHOLE = 10**12
MOST_AMOUNT = "999999999999.99"
_START = f"{CUSTOM}."
USUAL_BY_RULE: Mapping[str, Usual] = {"today": "today", "me": "me", "last_used": "last"}


@dataclass(frozen=True, slots=True)
class Worded:
    """A pattern of the organisation's own, refused in the organisation's own words."""

    pattern: Pattern
    zh: str
    en: str

    @property
    def control(self) -> Control:
        return self.pattern.control

    def read(self, value: JsonValue, moment: Moment) -> JsonValue:
        try:
            return self.pattern.read(value, moment)
        except NotValid as refused:
            raise refused.in_words(self.zh, self.en) from None


def custom_specs(kind_name: str, definitions: Iterable[Fields]) -> Specs:
    """The organisation's own fields of a kind by name, in the order it gave them.

    A definition that this version cannot read is left out: its values are kept as they are.
    """
    mine = (one for one in definitions if one.get("entity") == kind_name)
    made = sorted(((one.get("order") or 0, spec) for one in mine if (spec := _spec(one))), key=_place)
    return {spec.name: spec for _, spec in made}


def is_custom(name: str) -> bool:
    """Whether a field is an organisation's own."""
    return name.startswith(_START)


def flat(given: Fields) -> dict[str, JsonValue]:
    """Fields with `custom: {key: value}` taken apart into `custom.key`."""
    parts = given.get(CUSTOM)
    if not isinstance(parts, dict):
        return dict(given)
    return {**{name: value for name, value in given.items() if name != CUSTOM}, **_prefixed(parts)}


def together(fields: Fields) -> dict[str, JsonValue]:
    """Fields with every `custom.key` put under `custom`."""
    own = {name.removeprefix(_START): value for name, value in fields.items() if is_custom(name)}
    return {**{name: value for name, value in fields.items() if not is_custom(name)}, CUSTOM: own}


def _prefixed(parts: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    return {f"{CUSTOM}.{key}": value for key, value in parts.items()}


def _place(made: tuple[JsonValue, FieldSpec]) -> tuple[float, str]:
    order, spec = made
    return (float(order) if isinstance(order, int) else 0.0), spec.name


def _spec(told: Fields) -> FieldSpec | None:
    key, shape = told.get("key"), _shape(told)
    if not key or shape is None:
        return None
    return FieldSpec(f"{CUSTOM}.{key}", _asked(told), shape, told.get("default") or None)


def _asked(told: Fields) -> Asked:
    said = {name: str(told.get(name) or "") for name in ("label_zh", "label_en", "help_zh", "help_en", "default_rule")}
    level = told.get("required_level") if told.get("active") is not False else "none"
    return Asked(
        said["label_zh"] or str(told["key"]),
        said["label_en"] or said["label_zh"] or str(told["key"]),
        SECTIONS.get(SECTION.code_of(str(told.get("section"))) or "", "remarks"),
        must=EVERY if level == "must" else NEVER,
        soft=EVERY if level == "soft" else NEVER,
        control=None if told.get("active") is not False else "hidden",
        help_zh=said["help_zh"],
        help_en=said["help_en"] or said["help_zh"],
        masked=MASKS.get(str(told.get("data_type"))) or ("secret" if told.get("sensitive") is True else None),
        writer=_writer(told.get("lock_roles")),
        usual=USUAL_BY_RULE.get(said["default_rule"]),
        sensitive=told.get("sensitive") is True,
        shown_if=_condition(told.get("visible_if")),
    )


def _writer(roles: JsonValue) -> Writer:
    if not isinstance(roles, list) or not roles or "rep" in roles:
        return "anyone"
    return "supervisor" if "supervisor" in roles else "server"


def _condition(told: JsonValue) -> Condition | None:
    if not isinstance(told, dict) or not told.get("field"):
        return None
    return Condition(str(told["field"]), str(told.get("op") or "filled"), str(told.get("value") or ""))


def _shape(told: Fields) -> Shape | None:
    limits = told.get("validation")
    bounds = limits if isinstance(limits, dict) else {}
    data_type = str(told.get("data_type"))
    if data_type == "text" and bounds.get("regex"):
        words = str(bounds.get("msg_zh") or ""), str(bounds.get("msg_en") or bounds.get("msg_zh") or "")
        return Worded(Pattern(str(bounds["regex"]), "pattern"), *words)
    if data_type in ("choice", "choices"):
        chosen = OneOf(_picklist(told), chips=data_type == "choice")
        return chosen if data_type == "choice" else SetOf(chosen)
    return _number(data_type, bounds) or PLAIN.get(data_type)


MASKS: Mapping[str, Mask] = {"phone": "phone", "email": "email"}
"""Types of value that stand masked until somebody asks for them."""

PLAIN: Mapping[str, Shape] = {
    "text": Line(200),
    "multiline": Passage(2000),
    "date": Day(),
    "datetime": When(),
    "yes_no": YesNo(),
    "phone": AnyPhone(),
    "email": Email(),
    "rating": Whole(1, 5, control="stars"),
}


def _number(data_type: str, bounds: Fields) -> Shape | None:
    least, most = _bound(bounds, "min"), _bound(bounds, "max")
    match data_type:
        case "integer":
            return Whole(int(float(least or -MOST_WHOLE)), int(float(most or MOST_WHOLE)))
        case "decimal":
            return Amount(most or MOST_AMOUNT, places=6, least=least or f"-{MOST_AMOUNT}")
        case "money":
            return Amount(most or MOST_AMOUNT, money=True, least=least or "0")
    return None


def _bound(bounds: Fields, name: str) -> str | None:
    """A limit as it was written; one that is no number limits nothing."""
    text = str(bounds.get(name) or "")
    try:
        float(text)
    except ValueError:
        return None
    return text


def _picklist(told: Fields) -> Picklist:
    options = [one for one in _listed(told.get("options")) if one.get("code")]
    in_use, retired = ([one for one in options if (one.get("active") is not False) == is_in] for is_in in (True, False))
    return Picklist(str(told["key"]), tuple(map(_choice, in_use)), retired=tuple(map(_choice, retired)))


def _listed(value: JsonValue) -> list[dict[str, JsonValue]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _choice(option: Fields) -> Choice:
    code = str(option["code"])
    zh = str(option.get("zh") or code)
    return Choice(code, zh, str(option.get("en") or zh))
