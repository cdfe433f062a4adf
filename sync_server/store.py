"""The port: what the server asks of a central store. The values that pass through it are in `kept`.

Every job of `write` and `read` is one transaction. `write` holds the team's head from its first statement to the
commit, so that numbers are given in the order of commits and a puller never skips one. A job may be run again
from its start when the database gave way: when it asks for that, when the connection died, when another machine
took over. What it draws by chance (ids, tokens) is therefore drawn before, so that the second try is the same.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Protocol, TypeVar

from sync_server.kept import (
    Bearer,
    Blob,
    BlobKey,
    Code,
    Device,
    DeviceMark,
    Event,
    FeedEntry,
    Head,
    Key,
    Logged,
    Marks,
    Pace,
    Person,
    RecoveryCode,
    StoredRecord,
    Team,
    Work,
)

T = TypeVar("T")


class Blobs(Protocol):
    """The bytes of one team's attachments. Only within `write` anything of them is changed."""

    def of(self, sha256: str) -> Sequence[Blob]:
        """Whatever is here under that fingerprint: nothing, or one for each number of bytes that was told."""

    def records(self, sha256: str) -> Sequence[StoredRecord]:
        """The records that tell of that fingerprint."""

    def chunk(self, key: BlobKey, at: int) -> tuple[int, bytes] | None:
        """The chunk that holds the byte at that place, and the place where it begins; None if that is not here."""

    def let_go(self) -> Sequence[str]:
        """Fingerprints of bytes that are here and that a deleted record tells of, whoever else does."""

    def tell_of(self, sha256: str, record: str) -> None:
        """A record has that fingerprint; twice is harmless."""

    def settle(self, key: BlobKey, whole_ms: int) -> None:
        """The fingerprint of all its bytes is right."""

    def drop(self, blob: Blob) -> None:
        """Keep it no longer, unless anything came since, or it was settled."""


class Reading(Protocol):
    """One team as it was at one moment."""

    @property
    def blobs(self) -> Blobs:
        """The bytes of its attachments."""

    def head(self) -> Head:
        """Where its numbering stood."""

    def feed_after(self, scope: str, seq: int, limit: int) -> Sequence[FeedEntry]:
        """What one scope was fed after `seq`, oldest first, at most `limit`."""

    def tag(self, seq: int) -> str | None:
        """What tells the commit that left `seq` as the head from any other; "" if none did, None if that is too old."""

    def floor(self) -> int:
        """Up to which number tombstones may be missing from the feed."""

    def last_seq_before(self, at_ms: int) -> int:
        """The last number that was given up to that moment; 0 if none was."""

    def records(self, keys: Collection[Key]) -> Mapping[Key, StoredRecord]:
        """Those of the named records that there are."""

    def records_of(self, kind: str, limit: int) -> Sequence[StoredRecord]:
        """The records of one kind that changed last, latest first."""

    def records_about(self, subjects: Collection[str], kinds: Collection[str]) -> Sequence[StoredRecord]:
        """The records of these kinds that hang on one of those records, oldest first: of customers what is done with
        them, of doors who lives there, of any record its conflicts."""

    def quarantine(self, limit: int) -> Sequence[Logged]:
        """The changes refused last, latest first."""

    def devices(self) -> Sequence[Device]:
        """Every device ever enrolled, revoked ones too."""

    def person(self, person_id: str) -> Person | None:
        """Somebody of this team."""

    def recovery_code(self, code_hash: str) -> RecoveryCode | None:
        """The recovery code with that hash, used or not."""

    def mark(self, name: str) -> DeviceMark:
        """How far that device's changes were taken; the zero mark for a new one."""

    def pace(self, name: str) -> Pace:
        """When that device was here and how far it is; the zero pace for a new one."""

    def paces(self) -> Mapping[str, Pace]:
        """The pace of every device that was ever here, by its name."""

    def known(self, name: str, first_n: int, last_n: int) -> Mapping[int, Logged]:
        """That device's changes with these numbers, as far as they were here."""

    def sent_as(self, name: str, stamps: Collection[str]) -> Mapping[str, Logged]:
        """That device's changes by the stamps it gave them, as far as they were here; the last of each."""

    def history(self, key: Key) -> Sequence[Logged]:
        """Everything that was merged into one record, in order."""

    def seal(self, said: str) -> str:
        """16 hex digits that only this store's key gives for that text."""


class Ledger(Reading, Protocol):
    """One team's books, open for writing by this transaction alone."""

    def keep(self, work: Work) -> None:
        """Write all that a merge decided."""

    def keep_pace(self, pace: Pace) -> None:
        """A device was here."""

    def keep_backed_up(self, marks: Marks, made_ms: int, safe_before_ms: int) -> None:
        """A good backup of that moment holds each device up to its mark; what one made before holds is safe."""

    def forget_tags(self, before_ms: int) -> None:
        """Tags of earlier commits are no longer needed."""

    def collect(self, upto: int) -> int:
        """Take tombstones up to that number out of the feed; how many."""

    def add_person(self, somebody: Person) -> None:
        """Somebody new."""

    def add_code(self, code: Code) -> bool:
        """A fresh enrolment code; whether it was not here yet."""

    def use_code(self, code_hash: str, now_ms: int) -> Code | None:
        """Take a code that is neither used nor too old; None if there is none such."""

    def keep_recovery_code(self, code: RecoveryCode) -> None:
        """A recovery code, fresh or just used."""

    def add_device(self, enrolled: Device) -> None:
        """A device that has just enrolled."""

    def revoke(self, name: str) -> bool:
        """Take no more from that device, from now on; whether that is news."""

    def note(self, events: Iterable[Event], now_ms: int) -> None:
        """Lines for the audit log."""


class CentralStore(Protocol):
    """Where the organisation's records live. The finders look across teams; all else is inside one."""

    def write(self, team_id: str, job: Callable[[Ledger], T]) -> T:
        """Do the job in one write transaction; NotFound for an unknown team."""

    def read(self, team_id: str, job: Callable[[Reading], T]) -> T:
        """Do the job on one consistent snapshot."""

    def append(self, team_id: str, key: BlobKey, at: int, content: bytes, now_ms: int) -> Blob:
        """More bytes of an attachment, in a transaction of its own that holds up nobody's sync; how much is here then.

        OffsetMoved unless they begin where it ends, TooLarge if they go beyond its size.
        """

    def saw(self, team_id: str, pace: Pace) -> None:
        """A device was here and brought nothing: known at once, written with what is written next or after a minute.

        A server that dies before has not seen it; then tombstones are only kept a little longer than they need be.
        """

    def team_named(self, name: str) -> Team:
        """The team of that name; made if there is none."""

    def teams(self) -> Sequence[Team]:
        """Every team."""

    def bearer(self, token_hash: str) -> Bearer | None:
        """Whose token that is, revoked or not."""

    def code(self, code_hash: str) -> Code | None:
        """The enrolment code with that hash, used or not."""

    def team_of(self, *, person_id: str = "", device_name: str = "") -> str | None:
        """The team of a person or device."""

    def note(self, event: Event, now_ms: int) -> None:
        """A line for the audit log that belongs to no team."""

    def fact(self, name: str) -> str | None:
        """Something known about the store itself, such as when it was last backed up."""

    def know(self, name: str, value: str, *, instead_of: str | None) -> bool:
        """Note such a fact, unless another server has changed it meanwhile; tells whether it was noted."""

    def begin_life(self, event: Event, now_ms: int, *, instead_of: str, beyond: int) -> str:
        """Another epoch for every team instead of that one, with numbers beyond that one, and a line of why.

        Nothing if somebody has done so meanwhile. The epoch that there is now.
        """

    def flaws(self) -> Sequence[str]:
        """What is wrong with the store: codes, empty when it is whole."""

    def counts(self) -> Mapping[str, int]:
        """How many rows each table has."""

    def close(self) -> None:
        """Let go of the file or the server."""
