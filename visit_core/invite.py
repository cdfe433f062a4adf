"""One pasteable string that lets a device find the server, trust it and enrol: address, CA fingerprint, code.

visit1-eyJhIjoi…      base64url of JSON, followed by four bytes of its SHA-256 so that a cut paste is noticed
"""

import base64
import hashlib
import json
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from visit_core.errors import NotValid

_PREFIX = "visit1-"
_CHECK_BYTES = 4
_FINGERPRINT = re.compile(r"[0-9a-f]{64}")
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


@dataclass(frozen=True, slots=True)
class Invite:
    """Where the server is, whose certificates to trust (SHA-256 of the CA's DER, hex), and the one-time code."""

    address: str
    ca: str | None  # None only for plain http on loopback
    code: str


def make_invite(invite: Invite) -> str:
    """The string to paste; NotValid if no device would take it."""
    _check(invite)
    said = json.dumps({"a": invite.address, "ca": invite.ca, "c": invite.code}, separators=(",", ":")).encode()
    return _PREFIX + base64.urlsafe_b64encode(said + _checksum(said)).decode().rstrip("=")


def parse_invite(text: str) -> Invite:
    """What a pasted invite says; blanks and line breaks that came along are ignored. NotValid if it is not whole."""
    packed = re.sub(r"\s", "", text)
    if not packed.startswith(_PREFIX):
        raise NotValid("invite", field="invite")
    invite = _unpack(packed.removeprefix(_PREFIX))
    _check(invite)
    return invite


def is_loopback(host: str) -> bool:
    """Whether that host is this very machine."""
    return host in _LOOPBACK


def _unpack(packed: str) -> Invite:
    try:
        both = base64.b64decode(packed + "=" * (-len(packed) % 4), altchars=b"-_", validate=True)
        said, check = both[:-_CHECK_BYTES], both[-_CHECK_BYTES:]
        parts = json.loads(said)
        invite = Invite(parts["a"], parts["ca"], parts["c"])
    except (ValueError, KeyError, TypeError, RecursionError):
        raise NotValid("invite", field="invite") from None
    if check != _checksum(said):
        raise NotValid("invite", field="invite")
    return invite


def _check(invite: Invite) -> None:
    """Plain http only on loopback; everywhere else the certificate authority must be named."""
    if not all(isinstance(part, str) and part for part in (invite.address, invite.code)):
        raise NotValid("invite", field="invite")
    try:
        address = urlsplit(invite.address)
        host = address.hostname or ""
    except ValueError:
        raise NotValid("invite", field="invite") from None
    is_plain = address.scheme == "http" and is_loopback(host) and invite.ca is None
    is_pinned = address.scheme == "https" and isinstance(invite.ca, str) and _FINGERPRINT.fullmatch(invite.ca)
    if not host or not (is_plain or is_pinned):
        raise NotValid("invite", field="invite")


def _checksum(said: bytes) -> bytes:
    return hashlib.sha256(said).digest()[:_CHECK_BYTES]
