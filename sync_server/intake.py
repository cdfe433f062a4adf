"""From the bytes of a request to changes: nearly always at once, else one by one, so that a bad change stands alone.

A name that stands twice in one object is refused: with the change it stands in, or, outside of any, with the whole.
"""

import hashlib
import json
import math
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from sync_server.plain_form import read_plainly
from sync_server.sent import Push, Sent, well_formed
from visit_core.change import Change
from visit_core.errors import NotValid, TooLarge
from visit_core.protocol import MAX_CHANGES, SyncRequest

MAX_N = 2**53
Message = TypeVar("Message", bound=BaseModel)
_LONGEST_WHOLE = 400


def read_message(kind: type[Message], body: bytes) -> Message:
    """A small message; NotValid when it is none."""
    try:
        return kind.model_validate_json(body)
    except ValidationError as refused:
        raise _named(refused) from None


def read_push(body: bytes) -> Push:
    """What a device sent; NotValid when there is no sense in it as a whole."""
    return read_plainly(body) or _read_apart(body)


class _Twice(dict[str, Any]):
    """An object in which a name stands twice."""


def _object(members: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(members)
    return made if len(made) == len(members) else _Twice(made)


def _stands_twice(value: Any) -> bool:
    if isinstance(value, _Twice):
        return True
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return any(map(_stands_twice, inner))


def _read_apart(body: bytes) -> Push:
    try:
        message = json.loads(body, parse_int=_whole, object_pairs_hook=_object)
        listed = message.pop("changes", []) if isinstance(message, dict) else []
        if _stands_twice(message):
            raise NotValid("duplicate_key")
        request = SyncRequest.model_validate(message)
    except ValidationError as refused:
        raise _named(refused) from None
    except RecursionError:
        raise NotValid("too_deep") from None
    except ValueError:
        raise NotValid("json") from None
    if not isinstance(listed, list):
        raise NotValid("list", field="changes")
    if len(listed) > MAX_CHANGES:
        raise TooLarge("too_large", limit=MAX_CHANGES)
    return Push(request, [_one(raw, place) for place, raw in enumerate(listed)])


def _one(raw: Any, place: int) -> Sent:
    n = raw.get("n") if isinstance(raw, dict) else None
    if not isinstance(n, int) or isinstance(n, bool) or not 1 <= n <= MAX_N:
        raise NotValid("number", field=f"changes.{place}.n")
    try:
        if _stands_twice(raw):
            return _malformed(raw, n, NotValid("duplicate_key"))
        return well_formed(Change.model_validate(raw))
    except ValidationError as refused:
        return _malformed(raw, n, _named(refused))
    except RecursionError:
        return _malformed(raw, n, NotValid("too_deep"))
    except ValueError:
        return _malformed(raw, n, NotValid("json"))


def _malformed(raw: dict[str, Any], n: int, flaw: NotValid) -> Sent:
    try:
        said = json.dumps(raw, sort_keys=True)
    except RecursionError:
        raise NotValid("too_deep") from None
    tx = raw.get("tx")
    known_tx = tx if isinstance(tx, int) and not isinstance(tx, bool) else None
    return Sent(n, hashlib.sha256(said.encode("ascii")).hexdigest(), said, flaw=flaw, tx=known_tx)


def _named(refused: ValidationError) -> NotValid:
    """The first thing wrong, by its place. What stood there is not repeated: it may be about a person."""
    first = refused.errors(include_input=False, include_url=False, include_context=False)[0]
    if first["type"] == "recursion_depth_exceeded":
        return NotValid("too_deep")
    place = [str(part) for part in first["loc"] if isinstance(part, int) or part.isidentifier()]
    return NotValid("shape", field=".".join(place)[:80] or None, rule=first["type"])


def _whole(digits: str) -> int | float:
    return int(digits) if len(digits) < _LONGEST_WHOLE else math.inf
