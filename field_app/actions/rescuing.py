"""What only this device has, put into a file that only the organisation's server can open."""

import base64
import gzip
from pathlib import Path

from field_app.local_store import LocalStore
from field_app.remote import Remote
from field_app.vault.entrusted import Entrusted, seal_file
from visit_core.errors import NotFound
from visit_core.protocol import RescueFile, RescueTaken


def rescue_file(store: LocalStore, entrusted: Entrusted) -> bytes:
    """The file's content. From then on what is in it no longer keeps anybody from leaving this device."""
    told = store.for_rescue().model_dump_json(exclude_none=True).encode("utf-8")
    sealed = seal_file(entrusted.organisation_key, store.me.device, gzip.compress(told, mtime=0))
    file = RescueFile(device=store.me.device, sealed=base64.b64encode(sealed).decode("ascii"))
    return file.model_dump_json().encode("ascii")


def read_rescue_file(path: Path) -> RescueFile:
    """Somebody's rescue file; NotFound where there is none, NotValid for another kind of file."""
    try:
        content = path.read_bytes()
    except OSError as refusal:
        raise NotFound("file_unreadable", field="file") from refusal
    try:
        return RescueFile.model_validate_json(content)
    except ValueError:
        raise NotFound("no_rescue_file", field="file") from None


async def hand_in(remote: Remote, file: RescueFile) -> RescueTaken:
    """Have the server take in a colleague's rescue file: for supervisors and admins."""
    return await remote.tell("/v1/rescues", file, RescueTaken)
