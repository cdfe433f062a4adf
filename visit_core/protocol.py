"""The wire: one request, `POST /v1/sync`, carries a push and a pull; how a device joins is in `joining`.

Both sides read and write these classes and nothing else. Unknown members are ignored, so that an older side
can talk to a newer one; members not used yet are absent.
"""

from itertools import pairwise
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue, StringConstraints, field_validator

from visit_core.change import Change, ClockEvidence, KindName
from visit_core.errors import ProtocolTooNew, ProtocolTooOld
from visit_core.ids import DeviceText, Hex32, Scope
from visit_core.stamp import StampText
from visit_core.words import NESTED, is_deeper

PROTOCOL = 1
OLDEST_PROTOCOL = 1
"""What a server of this release still understands."""

MAX_CHANGES = 500
MAX_BODY_BYTES = 1_000_000
MAX_ROWS = 1000
MAX_ASKED = 5000
MOST_DEPTH_READ = 64
"""How deep a value of a row may be nested; a server of this release keeps none beyond 16."""
NOT_TOGETHER = "not_together"
"""Why a change was refused in which nothing is wrong: another of the same `tx` was."""

SealText = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]
Bookmark = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,16}\.[0-9a-f]{0,8}\.[0-9a-f]{16}$")]
"""How far a device was told that the numbers go and by which commit, under the server's seal; given back as it is."""
Status = Literal["applied", "merged", "duplicate", "rejected"]
ClockStatus = Literal["ok", "corrected", "untrusted", "clamped"]
Role = Literal["rep", "supervisor", "marketing", "admin", "auditor"]


class ErrorInfo(BaseModel):
    """Why a change, or something in it, was refused: `code` and `field` pick the person's sentence, `facts` fill it."""

    code: str
    field: str | None = None
    facts: dict[str, str | int] = {}


class FieldStamp(BaseModel):
    """Whose value stands, since when."""

    at: StampText
    seq: int
    by: Hex32


class ChangeResult(BaseModel):
    """What became of one change: its effective stamp, its number, and where another's value stands.

    With `error` it was rejected, or, if it was not, something was left out of it.
    """

    n: int
    status: Status
    stamp: StampText | None = None
    seq: int | None = None
    lost: dict[str, FieldStamp] = {}
    conflict: Hex32 | None = None
    error: ErrorInfo | None = None
    seal: SealText | None = None


class Here(BaseModel):
    """A change that came once: about which record, and what became of it."""

    kind: str
    id: str
    result: ChangeResult


class Resent(BaseModel):
    """What the server had made of change `n` before a restore lost it, under the server's own seal.

    `was_n` is the number that the change had then, where its device has had to count anew since.
    """

    model_config = ConfigDict(frozen=True)

    n: int
    was_n: int | None = Field(default=None, ge=1, le=2**53)
    stamp: StampText
    seq: int
    seal: SealText


class ClockVerdict(BaseModel):
    """How far the device's wall clock is ahead of the server's, in ms (server minus device)."""

    offset_ms: int
    status: ClockStatus


class FeedRow(BaseModel):
    """One record as it stands in one scope, or that it left the scope."""

    scope: Scope
    seq: int
    op: Literal["put", "remove", "purge"]
    kind: KindName
    id: Hex32
    fields: dict[str, JsonValue] | None = None
    base_stamp: StampText | None = None
    stamps: dict[str, StampText] | None = None

    @field_validator("fields")
    @classmethod
    def _is_not_too_deep(cls, fields: dict[str, JsonValue] | None) -> dict[str, JsonValue] | None:
        """A store, a form and a workbook walk through values; one without a bottom would stop them all."""
        if any(is_deeper(value, MOST_DEPTH_READ) for value in (fields or {}).values() if type(value) in NESTED):
            raise ValueError("too_deep")
        return fields


class PullRequest(BaseModel):
    """From where this device goes on reading, per scope."""

    epoch: Hex32 | None = None
    scopes_v: int = 0
    cursors: dict[Scope, int] = {}
    walk_head: int | None = None  # the head at the first page of a walk from the start that is under way
    bookmark: Bookmark | None = None  # that of the last page
    limit: int = Field(default=MAX_ROWS, ge=1, le=MAX_ROWS)
    max_bytes: int = Field(default=MAX_BODY_BYTES, ge=10_000)
    schema_v: int = 1


class PullResponse(BaseModel):
    """A page of the feed. `scopes` is given when `scopes_v` changed: drop the others, start new ones at 0.

    With `resync` it is no page: read everything from the start, then forget what did not come.
    """

    epoch: Hex32
    scopes_v: int
    scopes: list[Scope] | None = None
    rows: list[FeedRow] = []
    cursors: dict[Scope, int] = {}
    more: bool = False
    head: int = 0
    bookmark: Bookmark | None = None
    resync: bool | None = None
    window_from: str = ""  # an instant: what is done and was last touched before it stays on the server


class OlderResponse(BaseModel):
    """What is done of one customer, however old: the rows that a device's window left out, and those it has."""

    epoch: Hex32
    rows: list[FeedRow] = []


class SyncRequest(BaseModel):
    """Unsent changes, oldest first, and how far this device has read."""

    protocol: int = PROTOCOL
    device: DeviceText
    epoch: Hex32 | None = None
    sent: ClockEvidence
    changes: Annotated[list[Change], Field(max_length=MAX_CHANGES)] = []
    resent: Annotated[list[Resent], Field(max_length=MAX_CHANGES)] | None = None
    pull: PullRequest | None = None
    asks: Annotated[list[StampText], Field(max_length=MAX_ASKED)] | None = None  # changes that may be there already
    brief: bool = False  # results may leave out numbers that follow from the result before, see `SyncResponse`


class SyncResponse(BaseModel):
    """A result per change, in order, and a page of the feed. `expect_n` is the first number not yet here.

    To who asks for a brief answer, a result without `n` is about the number after that of the result before; one that
    was applied and is without `seq` has the number after that of the result before.
    """

    epoch: Hex32
    expect_n: int
    results: list[ChangeResult] = []
    server_ms: int
    clock: ClockVerdict
    safe_n: int = 0
    backoff_s: float = 0
    offline_days: int | None = None  # so long a device may be used without meeting the server; 0 for no limit
    max_batch: int = MAX_CHANGES
    pull: PullResponse | None = None
    here: dict[StampText, Here] | None = None  # those of the changes asked for that are there

    @field_validator("results", mode="before")
    @classmethod
    def _in_full(cls, results: Any) -> Any:
        """What a brief answer leaves out is filled in."""
        if isinstance(results, list) and all(isinstance(told, dict) for told in results):
            for before, told in pairwise(results):
                for name in ("n", "seq") if told.get("status") == "applied" else ("n",):
                    if name not in told and isinstance(before.get(name), int):
                        told[name] = before[name] + 1
        return results


class SettleRequest(BaseModel):
    """Which of a conflict's three values is to stand."""

    stands: Literal["winner", "loser", "base"]


class FieldStep(BaseModel):
    """One value that somebody put into one register: whose, when it truly was, and on which device."""

    name: str  # of the register: `mobile`, `tags.vip`
    value: JsonValue
    by: Hex32
    at: str
    device: str
    device_name: str = ""  # what the device calls itself
    is_overruled: bool = False  # another value stood at once


class FieldPast(BaseModel):
    """Every value of one field of one record, the latest first."""

    steps: list[FieldStep] = []


class ReassignRequest(BaseModel):
    """Who is to have what a leaver had in hand."""

    to: Hex32


class ErrorAnswer(BaseModel):
    """Every refused request: the code of a class in `errors`, and its facts."""

    code: str
    facts: dict[str, str | int] = {}


def check_protocol(spoken: int) -> None:
    """ProtocolTooOld or ProtocolTooNew unless a server of this release understands it."""
    if spoken < OLDEST_PROTOCOL:
        raise ProtocolTooOld(oldest=OLDEST_PROTOCOL)
    if spoken > PROTOCOL:
        raise ProtocolTooNew(newest=PROTOCOL)
