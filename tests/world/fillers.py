"""Values of a given length in the place of those that a report does not tell."""

from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, date, datetime

from pydantic import JsonValue

from field_app.actions.reporting import Measured
from visit_core.change import Registers
from visit_core.errors import NotValid
from visit_core.fields import FieldSpec, fields_of
from visit_core.kinds import known
from visit_core.shapes import Moment, OneOf, SetOf, Shape

LETTERS = "abcdefghijklmnopqrstuvwxyz"
AT = datetime(2026, 11, 1, tzinfo=UTC)
NOW = Moment(int(AT.timestamp() * 1000), date(2026, 11, 1))
DAY_AND_TIME, DAY, HOUR = "2020-09-13T12:26:40.000Z", "2020-09-13", "12:26"
ONLY_THE_SERVER: Registers = {"created_by": "me"}


def filled(kind: str, fields: Sequence[Measured], *, seed: int, is_refused: bool = False) -> Registers:
    """Registers with such values, valid where one can be found; what had been refused is refused again."""
    made: Registers = {}
    for measured in fields:
        name, value = _register(kind, measured, seed, made)
        made[name] = value
    return {**made, **ONLY_THE_SERVER} if is_refused else made


def _register(kind: str, measured: Measured, seed: int, made: Collection[str]) -> tuple[str, JsonValue]:
    name, _, member = measured.name.partition(".")
    spec = _spec(kind, name)
    if member:
        possible = _members(spec.shape if spec else None, int(member.removeprefix("#") or 0))
        called = (f"{_ours(name)}.{one}" for one in possible)
        return next(one for one in called if one not in made), _value(None, measured, seed)
    return _ours(name), _value(spec, measured, seed)


def _ours(name: str) -> str:
    """What the report does not name is a field of a newer app."""
    return name.replace("#", "zz_")


def _spec(kind: str, name: str) -> FieldSpec | None:
    ours = known(kind)
    return fields_of(ours).get(name) if ours else None


def _members(shape: Shape | None, number: int) -> Iterator[str]:
    """What the member of that number may be called, the likeliest first: no two of a change may fall together."""
    within = shape.member if isinstance(shape, SetOf) else None
    if isinstance(within, OneOf):
        codes = [choice.code for choice in within.picklist.choices]
        yield from (codes[(number + at) % len(codes)] for at in range(len(codes)))
    yield f"m{number}"


def _value(spec: FieldSpec | None, measured: Measured, seed: int) -> JsonValue:
    possible = list(_possible(spec, measured, seed))
    if spec is None:
        return possible[-1]
    valid = [value for value in possible if _is_read(spec, value)]
    return (valid or possible[-1:])[0]


def _is_read(spec: FieldSpec, value: JsonValue) -> bool:
    try:
        return spec.read(value, NOW) == value
    except NotValid:
        return False


def _possible(spec: FieldSpec | None, measured: Measured, seed: int) -> Iterator[JsonValue]:
    """The likeliest first; the last one has the length in any case."""
    match measured.sort:
        case "nothing":
            yield None
        case "yes_no":
            yield True
        case "number":
            yield from _numbers(measured.length)
        case "text":
            yield from _texts(spec, measured.length, seed)
        case "list":
            yield ["x" * max(0, measured.length - 4)] if measured.length > 3 else []


def _numbers(digits: int) -> Iterator[JsonValue]:
    for head in ("1", "12", "112", "-1", "-12", "-112"):
        if digits > len(head) + 1:
            yield float(f"{head}.{'2' * (digits - len(head) - 1)}")
    yield int("1" * max(1, min(digits, 15)))


def _texts(spec: FieldSpec | None, length: int, seed: int) -> Iterator[JsonValue]:
    if spec and isinstance(spec.shape, OneOf):
        yield from (choice.code for choice in spec.shape.picklist.choices if len(choice.code) == length)
    yield from (text for text in (DAY_AND_TIME, DAY, HOUR) if len(text) == length)
    yield "+8613800000000"[:length]
    yield "ab" * (length // 2)
    yield "".join(LETTERS[(seed + at) % len(LETTERS)] for at in range(length))
