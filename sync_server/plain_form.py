"""A push in the plain form is read at once: every member that we know and no other, each of its own type.

That is how apps of this release write. What deviates, a member of a newer release or a blank, is read change by change
(`intake`), to the same end.
"""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BaseModel, JsonValue, TypeAdapter
from pydantic_core import SchemaValidator, to_json
from pydantic_core import core_schema as cs

from sync_server.sent import Push, Sent, print_of
from visit_core.change import MAX_FIELDS, SCHEMA_V, Change, ClockEvidence, Register
from visit_core.protocol import MAX_CHANGES, SyncRequest

_BLANKS = (b"\n", b"\t", b"\r", b'" ')
_CLOCK = len(ClockEvidence.model_fields)

Told = Mapping[str, Any]


def read_plainly(body: bytes) -> Push | None:
    """What a device sent; None unless all of it is in the plain form and no name stands twice in one object."""
    if _is_odd(body):
        return None
    try:
        message: dict[str, Any] = _MESSAGE.validate_json(body, strict=True)
        names = len(message)
        changes = [_sent(told) for told in message.pop("changes", ())]
        names += sum(map(_names_in, changes)) + sum(map(_names_within, message.values()))
        return Push(SyncRequest.model_validate(message), changes) if names == _names_written(body) else None
    except (ValueError, RecursionError):
        return None


def _form_of(model: type[BaseModel], **others: cs.CoreSchema) -> cs.CoreSchema:
    """The members of a model by name, in its order; those it leaves out are not there."""
    members = {
        name: cs.typed_dict_field(
            others.get(name) or _schema(Annotated[field.annotation, name, *field.metadata]),
            required=field.is_required(),
        )
        for name, field in model.model_fields.items()
    }
    return cs.typed_dict_schema(members)


def _schema(type_: Any) -> cs.CoreSchema:
    schema: cs.CoreSchema = TypeAdapter(type_).core_schema
    return schema


_FIELDS = cs.dict_schema(_schema(Register), cs.any_schema(), max_length=MAX_FIELDS)
_CHANGE = _form_of(Change, clock=_form_of(ClockEvidence), fields=_FIELDS)
_CHANGES = cs.typed_dict_field(cs.list_schema(_CHANGE, max_length=MAX_CHANGES), required=False)
_MESSAGE = SchemaValidator(cs.typed_dict_schema({"changes": _CHANGES}, extra_behavior="allow"))


def _is_odd(body: bytes) -> bool:
    """Blanks between a name and its colon, a backslash that is meant: names cannot be counted then."""
    return any(blank in body for blank in _BLANKS) or (b"\\" in body and b"\\\\" in body)


def _names_written(body: bytes) -> int:
    """How many names there are in a body without anything odd."""
    return body.count(b'":') - (body.count(b'\\":') if b"\\" in body else 0)


def _names_in(sent: Sent) -> int:
    """How many names were understood; those that we do not know are not counted, nor what stands twice."""
    return len(sent.told or ()) + _CLOCK + sent.words.count('":') - sent.words.count('\\":')


def _names_within(value: JsonValue) -> int:
    if isinstance(value, dict):
        return len(value) + sum(map(_names_within, value.values()))
    return sum(map(_names_within, value)) if isinstance(value, list) else 0


def _sent(told: Told) -> Sent:
    """As `well_formed` makes it of the same change, without one."""
    fields, key = told.get("fields", {}), (told["kind"], told["id"])
    words = to_json(fields, inf_nan_mode="null").decode()
    said = _said(told, words)
    return Sent(told["n"], print_of(said.encode()), said, key, fields, tx=told.get("tx"), told=told, words=words)


def _said(told: Told, words: str) -> str:
    """The JSON of `said_in`: what was matched by a pattern, or is a number, needs no care."""
    clock, scope, base, tx = told["clock"], told.get("scope"), told.get("base", 0), told.get("tx")
    schema_v = told.get("schema_v", SCHEMA_V)
    parts = (
        f'{{"n":{told["n"]},"op":"{told["op"]}","kind":"{told["kind"]}","id":"{told["id"]}"',
        f',"scope":"{scope}"' if scope is not None else "",
        f',"fields":{words}' if words != "{}" else "",
        f',"at":"{told["at"]}","clock":{{"wall_ms":{clock["wall_ms"]},"mono_ms":{clock["mono_ms"]}',
        f',"boot":"{clock["boot"]}"}}',
        f',"base":{base}' if base else "",
        f',"tx":{tx}' if tx is not None else "",
        f',"schema_v":{schema_v}' if schema_v != SCHEMA_V else "",
        f',"by":"{told["by"]}"}}',
    )
    return "".join(parts)
