"""From the bytes of a request to changes: read whole and fast, or one by one so that a bad change stands alone.

Each body is parsed once. A name that stands twice in one object is refused: with the change it stands in, or, outside
of any, with the whole. The fast way only counts names; where the count does not add up, the slow way looks.
"""

import hashlib
import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, JsonValue, ValidationError
from pydantic_core import to_json

from sync_server.kept import Logged
from visit_core.change import Change, ClockEvidence, fingerprint, said_in
from visit_core.errors import NotValid, TooLarge
from visit_core.protocol import MAX_CHANGES, SyncRequest

MAX_N = 2**53
Message = TypeVar("Message", bound=BaseModel)
_LONGEST_WHOLE = 400
_NESTED = frozenset({list, dict})
_CLOCK = len(ClockEvidence.model_fields)
_BLANKS = (b"\n", b"\t", b"\r", b'" ')
_BACKSLASH = b"\\"
_PRINT = 40  # hex digits; earlier releases kept 64, of the same content in the order of its names


@dataclass(frozen=True, slots=True)
class Sent:
    """One change as it came. `flaw` says why it cannot even be read; then `change` is None."""

    n: int
    hash: str
    said: str  # JSON, as it is kept
    change: Change | None = None
    flaw: NotValid | None = None
    tx: int | None = None  # which neighbours it is taken together with

    def prints(self) -> Iterator[str]:
        """What may stand for it in the log and under a seal: its hash, and the one that earlier releases took."""
        yield self.hash
        if self.change:
            yield fingerprint(said_in(self.change))

    def numbered(self, n: int) -> "Sent":
        """The same change, had it come under that number."""
        return _well_formed(self.change.model_copy(update={"n": n})) if self.change else self

    def is_same_as(self, kept: Logged) -> bool:
        """Whether it says what was kept under its number, in whatever order of names."""
        if kept.hash in self.prints():
            return True
        return self.change is not None and fingerprint(said_in(self.change)) == fingerprint(json.loads(kept.payload))


@dataclass(frozen=True, slots=True)
class Push:
    """A request without its changes, and the changes."""

    request: SyncRequest
    changes: Sequence[Sent]


def read_message(kind: type[Message], body: bytes) -> Message:
    """A small message; NotValid when it is none."""
    try:
        return kind.model_validate_json(body)
    except ValidationError as refused:
        raise _named(refused) from None


def read_push(body: bytes) -> Push:
    """What a device sent; NotValid when there is no sense in it as a whole."""
    try:
        request = SyncRequest.model_validate_json(body)
        if _is_odd(body) or _names_in(request) != _names_written(body):
            return _read_apart(body)
        changes = [_well_formed(change) for change in request.changes]
    except (ValueError, RecursionError):
        return _read_apart(body)
    return Push(request, changes)


def _is_odd(body: bytes) -> bool:
    """Blanks between a name and its colon, a backslash that is meant: names cannot be counted then."""
    return any(blank in body for blank in _BLANKS) or (_BACKSLASH in body and _BACKSLASH * 2 in body)


def _names_written(body: bytes) -> int:
    """How many names there are in a body without anything odd."""
    return body.count(b'":') - (body.count(b'\\":') if _BACKSLASH in body else 0)


def _names_in(request: SyncRequest) -> int:
    """How many names were understood; those that we do not know are not counted, nor what stands twice."""
    told = len(request.model_fields_set) + len(request.sent.model_fields_set)
    told += sum(len(resent.model_fields_set) for resent in request.resent or ())
    if request.pull:
        told += len(request.pull.model_fields_set) + len(request.pull.cursors)
    for change in request.changes:
        told += len(change.model_fields_set) + _CLOCK + len(change.fields)
        told += sum([_names_within(value) for value in change.fields.values() if type(value) in _NESTED])
    return told


def _names_within(value: JsonValue) -> int:
    if isinstance(value, dict):
        return len(value) + sum(map(_names_within, value.values()))
    return sum(map(_names_within, value)) if isinstance(value, list) else 0


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
        return _well_formed(Change.model_validate(raw))
    except ValidationError as refused:
        return _malformed(raw, n, _named(refused))
    except RecursionError:
        return _malformed(raw, n, NotValid("too_deep"))
    except ValueError:
        return _malformed(raw, n, NotValid("json"))


def _well_formed(change: Change) -> Sent:
    said = to_json(said_in(change), inf_nan_mode="null")
    return Sent(change.n, hashlib.sha256(said).hexdigest()[:_PRINT], said.decode(), change, tx=change.tx)


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
