"""What only this device has, in a file that only the organisation's server can open; and such a file handed in."""

import base64
import gzip
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from field_app.local_store import LocalStore
from field_app.remote import Remote
from field_app.rescued import Rescued
from field_app.sync import Run
from field_app.vault.entrusted import Entrusted, seal_file
from visit_core.errors import NotFound
from visit_core.protocol import SyncRequest
from visit_core.rescues import REQUESTS_IN_A_PIECE, Rescue, RescueFile, RescueTaken, added_up, pieces_of


@dataclass(frozen=True, slots=True)
class RescueMade:
    """A rescue file that nobody keeps yet."""

    content: bytes
    rescued: Rescued


def rescue_file(store: LocalStore, entrusted: Entrusted) -> RescueMade:
    """Make the file; only `has_kept` lets a person leave this device for it."""
    rescued = store.for_rescue()
    requests = rescued.requests
    parts = [requests[at : at + REQUESTS_IN_A_PIECE] for at in range(0, len(requests), REQUESTS_IN_A_PIECE)]
    pieces = [_piece(part, rescued.made_ms, store.me.device, entrusted.organisation_key) for part in parts or [()]]
    return RescueMade(b"\n".join(piece.model_dump_json().encode("ascii") for piece in pieces), rescued)


def has_kept(store: LocalStore, made: RescueMade) -> None:
    """The file lies where somebody has put it: what is in it no longer keeps anybody from leaving."""
    store.is_rescued(made.rescued)


def read_rescue_file(path: Path) -> list[RescueFile]:
    """The pieces of somebody's rescue file; NotFound where there is none, or another kind of file."""
    try:
        return pieces_of(path.read_bytes())
    except OSError as refusal:
        raise NotFound("file_unreadable", field="file") from refusal


async def take_in(_store: LocalStore, remote: Remote, _run: Run, *, content: bytes) -> RescueTaken:
    """The same for a file that was picked; NotFound for another kind of file."""
    return await hand_in(remote, pieces_of(content))


async def hand_in(remote: Remote, pieces: Sequence[RescueFile]) -> RescueTaken:
    """Have the server take in a colleague's rescue file: for supervisors and admins. Twice is harmless."""
    return added_up([await remote.tell("/v1/rescues", piece, RescueTaken) for piece in pieces])


def _piece(requests: Sequence[SyncRequest], made_ms: int, device: str, organisation_key: str) -> RescueFile:
    told = Rescue(made_ms=made_ms, requests=list(requests)).model_dump_json(exclude_none=True).encode("utf-8")
    sealed = seal_file(organisation_key, device, gzip.compress(told, mtime=0))
    return RescueFile(device=device, sealed=base64.b64encode(sealed).decode("ascii"))
