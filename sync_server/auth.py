"""Who is asking, and whether they may: one question, answered no unless the table says yes."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from typing import Literal

from sync_server.kept import Bearer
from sync_server.store import CentralStore
from visit_core.errors import DeviceRevoked, NotAllowed, NotSignedIn
from visit_core.ids import form_scope, lead_scope, team_scope, user_scope

Action = Literal[
    "sync", "change", "read_conflicts", "read_quarantine", "read_record", "read_past",
    "read_devices", "revoke_device", "reassign", "read_server", "rescue", "settle_conflict",
    "tell_behaviour",
    "read_duplicates",
    "send_blob", "read_blob",
]  # fmt: skip

POLICY: dict[Action, frozenset[str]] = {
    "sync": frozenset({"rep", "supervisor", "admin"}),
    "change": frozenset({"rep", "supervisor", "admin"}),
    "read_conflicts": frozenset({"supervisor", "admin"}),
    "read_quarantine": frozenset({"supervisor", "admin"}),
    "read_record": frozenset({"supervisor"}),
    "read_past": frozenset({"rep", "supervisor", "admin"}),
    "read_devices": frozenset({"supervisor", "admin"}),
    "revoke_device": frozenset({"supervisor", "admin"}),
    "reassign": frozenset({"supervisor", "admin"}),
    "read_server": frozenset({"admin"}),
    "settle_conflict": frozenset({"supervisor"}),
    "tell_behaviour": frozenset({"supervisor"}),
    "read_duplicates": frozenset({"supervisor", "admin"}),
    "rescue": frozenset({"supervisor", "admin"}),
    "send_blob": frozenset({"rep", "supervisor"}),
    "read_blob": frozenset({"rep", "supervisor"}),
}
"""Which roles may do what, inside their own team. What is not here is denied."""

EVERY_TEAM: frozenset[Action] = frozenset({"read_devices", "revoke_device", "reassign", "rescue"})
"""What an admin may do for the whole organisation."""

_FIRST = "abcdefghijkmnpqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Principal:
    """Who stands behind a request: one person on one device of one team."""

    team: str
    person: str
    device: str
    role: str

    @property
    def scopes(self) -> tuple[str, ...]:
        """The sets of records this person may see, by role alone."""
        own, forms = user_scope(self.person), form_scope(self.team)
        match self.role:
            case "rep":
                return team_scope(self.team), forms, own
            case "supervisor":
                return team_scope(self.team), lead_scope(self.team), forms, own
            case "admin":
                return forms, own
        return ()


def authorize(principal: Principal, action: Action, team: str) -> None:
    """NotAllowed unless the policy lets this role do that in that team."""
    is_near = principal.team == team or (principal.role == "admin" and action in EVERY_TEAM)
    if not is_near or principal.role not in POLICY.get(action, frozenset()):
        raise NotAllowed(action=action, role=principal.role)


def signed_in(store: CentralStore, token: str) -> Principal:
    """Whose token that is at this moment; NotSignedIn for an unknown one, DeviceRevoked for a revoked one."""
    digest = hash_of(token)
    bearer = store.bearer(digest)
    if bearer is None or not hmac.compare_digest(bearer.token_hash, digest):
        raise NotSignedIn()
    if bearer.standing == "revoked":
        raise DeviceRevoked(device=bearer.device)
    return principal_of(bearer)


def principal_of(bearer: Bearer) -> Principal:
    """The person and device behind a token."""
    return Principal(bearer.team, bearer.person, bearer.device, bearer.role)


def new_token() -> str:
    """A fresh secret of 256 bits."""
    return secrets.token_urlsafe(32)


def new_code() -> str:
    """A fresh one-time code of 128 bits; never one that a command line would take for an option."""
    return secrets.choice(_FIRST) + secrets.token_urlsafe(16)


def hash_of(secret: str) -> str:
    """What is kept of a secret. It is random and long, so a plain hash is enough."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
