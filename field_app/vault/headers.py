"""A copy of the log's header: without its salt and file id, damage to 136 bytes would cost the whole store."""

from pathlib import Path

from field_app.vault.files import replace_file
from field_app.vault.frames import HEADER_BYTES, Header, open_header
from field_app.vault.place import Place
from visit_core.errors import Corrupt, Failed


def keep_header(place: Place) -> None:
    """Keep a copy of the log's header, if it is not kept yet."""
    sealed = head_of(place.log)
    if head_of(_copy(place)) != sealed:
        replace_file(_copy(place), sealed, place.disk)


def header_or_copy(place: Place, data_key: bytes) -> Header:
    """The log's own header, or the copy of it where that is damaged; Corrupt if both are."""
    try:
        return open_header(head_of(place.log), data_key)
    except Corrupt:
        return open_header(head_of(_copy(place)), data_key)


def opens_header(path: Path, data_key: bytes) -> bool:
    """Whether the log at `path` is sealed under that key."""
    try:
        open_header(head_of(path), data_key)
    except Corrupt:
        return False
    return True


def head_of(path: Path) -> bytes:
    """The bytes where a log's header stands; none if there is no file."""
    try:
        with path.open("rb") as file:
            return file.read(HEADER_BYTES)
    except FileNotFoundError:
        return b""
    except OSError as refusal:
        raise Failed(step="read", errno=refusal.errno or 0) from refusal


def _copy(place: Place) -> Path:
    return place.folder / "data.header"
