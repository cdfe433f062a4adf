"""A push as it came: the request without its changes, and each change with what is kept of it."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import JsonValue
from pydantic_core import to_json

from sync_server.kept import Key, Logged
from visit_core.change import Change, ClockEvidence, fingerprint, said_in
from visit_core.errors import NotValid
from visit_core.protocol import SyncRequest

_PRINT = 40  # hex digits; earlier releases kept 64, of the same content in the order of its names


@dataclass(slots=True)
class Sent:
    """One change as it came. `flaw` says why it cannot even be read; then `change` is None."""

    n: int
    hash: str
    said: str  # JSON, as it is kept
    key: Key | None = None  # which record it is about; None where it cannot be read
    fields: Mapping[str, JsonValue] = field(default_factory=dict)  # what it sets, as it came
    read: Change | None = None
    flaw: NotValid | None = None
    tx: int | None = None  # which neighbours it is taken together with
    told: Mapping[str, Any] | None = None  # the members of a change in the plain form, each of its own type
    words: str = ""  # its fields as JSON then

    @property
    def change(self) -> Change | None:
        """The change. Most are merged by what is `told` and never asked for it."""
        if self.read is None and self.told is not None:
            clock = ClockEvidence.model_construct(**self.told["clock"])
            self.read = Change.model_construct(**{**self.told, "clock": clock})
        return self.read

    def prints(self) -> Iterator[str]:
        """What may stand for it in the log and under a seal: its hash, and the one that earlier releases took."""
        yield self.hash
        if self.change:
            yield fingerprint(said_in(self.change))

    def numbered(self, n: int) -> "Sent":
        """The same change, had it come under that number."""
        return well_formed(self.change.model_copy(update={"n": n})) if self.change else self

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


def print_of(said: bytes) -> str:
    """What stands for a change of those words."""
    return hashlib.sha256(said).hexdigest()[:_PRINT]


def well_formed(change: Change) -> Sent:
    """A change that could be read."""
    said = to_json(said_in(change), inf_nan_mode="null")
    key = (change.kind, change.id)
    return Sent(change.n, print_of(said), said.decode(), key, change.fields, change, tx=change.tx)
