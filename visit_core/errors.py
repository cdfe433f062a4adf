"""Everything we raise on purpose, as one tree.

VisitError
├── NotValid            a form, a file or a message breaks a rule; `field` says where
│   ├── NotFound        no such record
│   ├── TooLarge        a message is over its limit
│   └── OutOfRange      of something that is here, bytes were asked for that it does not have
├── NotAllowed          this person may not do that
├── StoreError          the store on this device
│   ├── NotEnrolled     there is no store here yet
│   ├── AlreadyEnrolled there is one already
│   ├── WrongKey        the PIN does not open it
│   ├── TooSoon         too many wrong PINs; `wait_s` says how long
│   ├── Corrupt         damaged; a copy can be salvaged
│   ├── Rollback        older than what this device has already seen
│   ├── Locked          open in another process
│   ├── OutOfTouch      the device has not met its server for too long: a sync opens it
│   ├── NoRoom          the disk is full
│   ├── NotHere         the bytes of a photograph are not on this device
│   └── Failed          the disk refused a write; nothing was acknowledged
└── SyncError           between device and server
    ├── Unreachable     no connection, or no sensible answer
    ├── NotSignedIn     the token is missing or unknown
    ├── DeviceRevoked   the server no longer takes changes from this device
    ├── CodeRefused     the enrolment code is wrong, used or too old
    ├── TooManyTries    slow down; `wait_s` says how long
    ├── Busy            the server has too much to do; `wait_s` says when to come again
    ├── ClonedDevice    two devices push under one name
    ├── WrongEpoch      the central store was restored; start from its new epoch
    ├── OffsetMoved     a blob is further, or less far, than the chunk that came: go on from `offset`
    ├── NotTrusted      the server's certificate is not the one of the invite
    ├── ProtocolTooOld  this app must be updated first
    └── ProtocolTooNew  the server must be updated first

`facts` are ids, counts and codes, never names, phones or notes: they go into logs. The person reads the
sentence under the text key `error.<code>` (see `explain`). Class, code and HTTP status are tied together
here and nowhere else: the server sends `{"code", "facts"}`, the app maps the code back to the class (`error_codes`).
"""

from typing import ClassVar, Self

Fact = str | int


class VisitError(Exception):
    """Anything we raise on purpose: a code for the wire, facts for the log, a sentence for the person."""

    code: ClassVar[str] = "unexpected"
    status: ClassVar[int] = 500

    def __init__(self, **facts: Fact) -> None:
        super().__init__(" ".join([self.code, *(f"{key}={value}" for key, value in facts.items())]))
        self.facts = facts


class NotValid(VisitError):
    """A value breaks a rule. `why` is the rule's code (`mobile`, `required`), `field` where it stands."""

    code = "not_valid"
    status = 422

    def __init__(self, why: str, *, field: str | None = None, **facts: Fact) -> None:
        super().__init__(why=why, **({"field": field} if field else {}), **facts)
        self.why = why
        self.field = field
        self.about = facts
        self.label: tuple[str, str] | None = None  # what people call the field, zh and en
        self.words: tuple[str, str] | None = None  # an organisation's own sentence, zh and en

    def at(self, field: str, **facts: Fact) -> "NotValid":
        """The same refusal, with the field it is about."""
        told = type(self)(self.why, field=field, **{**self.about, **facts})
        told.label, told.words = self.label, self.words
        return told

    def called(self, zh: str, en: str) -> Self:
        """The same refusal, with what people call its field; that goes neither into logs nor over the wire."""
        self.label = (zh, en)
        return self

    def in_words(self, zh: str, en: str) -> Self:
        """The same refusal in an organisation's own words."""
        self.words = (zh, en)
        return self


class NotFound(NotValid):
    """There is no such record here."""

    code = "not_found"
    status = 404


class TooLarge(NotValid):
    """A message or file is over its limit."""

    code = "too_large"
    status = 413


class OutOfRange(NotValid):
    """There are `size` bytes, and none where somebody asked for some."""

    code = "out_of_range"
    status = 416


class NotAllowed(VisitError):
    """This person may not do that."""

    code = "not_allowed"
    status = 403


class StoreError(VisitError):
    """The store on this device cannot do what was asked."""

    code = "store"


class NotEnrolled(StoreError):
    """There is no store here yet: enrol first."""

    code = "not_enrolled"


class AlreadyEnrolled(StoreError):
    """This home already belongs to a person."""

    code = "already_enrolled"


class WrongKey(StoreError):
    """The PIN or passphrase does not open the store. Nothing was changed."""

    code = "wrong_key"


class TooSoon(StoreError):
    """Too many wrong PINs in a row: wait `wait_s` seconds."""

    code = "too_soon"


class Corrupt(StoreError):
    """The store's bytes are not what was written. It is refused whole, never half-loaded."""

    code = "corrupt"


class Rollback(StoreError):
    """The store is older than what this device has already seen."""

    code = "rollback"


class Locked(StoreError):
    """The store is open in another process."""

    code = "locked"


class OutOfTouch(StoreError):
    """The device has not met its server for `days` days and more: a sync opens it again. Nothing is lost."""

    code = "out_of_touch"


class NoRoom(StoreError):
    """The disk is full. What was saved before is safe; this save is not."""

    code = "no_room"


class NotHere(StoreError):
    """The bytes of this photograph are not kept on this device."""

    code = "not_here"


class Failed(StoreError):
    """The disk refused a write. Nothing was acknowledged; open the store again."""

    code = "failed"


class SyncError(VisitError):
    """Something between device and server; nothing on the device is lost."""

    code = "sync"


class Unreachable(SyncError):
    """No connection, or an answer that is not our server's. Try again later."""

    code = "unreachable"
    status = 503


class NotSignedIn(SyncError):
    """The token is missing or unknown."""

    code = "not_signed_in"
    status = 401


class DeviceRevoked(SyncError):
    """The server no longer takes changes from this device; its unsent work can still be rescued."""

    code = "device_revoked"
    status = 410


class CodeRefused(SyncError):
    """The enrolment code is wrong, used or too old; one answer for all three."""

    code = "code_refused"
    status = 403


class TooManyTries(SyncError):
    """Slow down: `wait_s` seconds."""

    code = "too_many_tries"
    status = 429


class Busy(SyncError):
    """The server has more to do than it can: come again in `wait_s` seconds."""

    code = "busy"
    status = 503


class ClonedDevice(SyncError):
    """Change `n` of this device is known with other content: a copy of the device pushes too."""

    code = "cloned_device"
    status = 409


class WrongEpoch(SyncError):
    """The central store has begun a new life since; `epoch` names it."""

    code = "wrong_epoch"
    status = 409


class OffsetMoved(SyncError):
    """The server has a blob up to `offset`; the chunk that came begins elsewhere. Nothing of it was taken."""

    code = "blob_offset"
    status = 409


class NotTrusted(SyncError):
    """The server's certificate is not the one that the invite names."""

    code = "not_trusted"


class ProtocolTooOld(SyncError):
    """The server speaks a newer protocol: update the app. Unsent work stays."""

    code = "protocol_too_old"
    status = 426


class ProtocolTooNew(SyncError):
    """The app speaks a newer protocol than the server: the server must be updated. Unsent work stays."""

    code = "protocol_too_new"
    status = 400
