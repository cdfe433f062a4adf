"""Workbooks that left this device to come back: what each remembers of its base, and what was taken from it.

The base goes along inside the workbook, sealed under a key of this store: nobody else reads or makes one.
"""

import base64
import os
import zlib
from collections.abc import Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pydantic import BaseModel, ConfigDict

from field_app.vault.database import VaultDB
from field_app.vault.table import VaultTable
from visit_core.change import SCHEMA_V
from visit_core.errors import NotValid

FORMAT = "1"
_NONCE_BYTES = 12
_KEY, _KEY_BYTES = 1, 32


class BaseRow(BaseModel):
    """One record as the workbook showed it: the text of each cell, and up to where this device had read it."""

    model_config = ConfigDict(frozen=True)

    seen: int
    cells: tuple[str, ...]


class BookBase(BaseModel):
    """Everything a workbook showed when it was written."""

    model_config = ConfigDict(frozen=True)

    id: str
    kind: str
    device: str
    team: str
    stamp: str  # nothing that this device did up to then is newer than the workbook
    columns: dict[str, str]  # the field under each heading, in the order of the cells
    rows: dict[str, BaseRow]  # by record
    schema_v: int = SCHEMA_V


class Taken(BaseModel):
    """A cell that was taken in once: what it said then, and this device's stamp after it."""

    model_config = ConfigDict(frozen=True)

    text: str
    stamp: str


class LentBook(BaseModel):
    """What was taken from one workbook so far: cells by record and field, new rows by what they say."""

    model_config = ConfigDict(frozen=True)

    id: str
    cells: dict[str, dict[str, Taken]] = {}
    made: dict[str, str] = {}


class LentBooks:
    """The key of the bases, and what was taken: two tables of the store."""

    def __init__(self, db: VaultDB) -> None:
        self._db = db

    def sealed(self, base: BookBase) -> str:
        """The base as a workbook carries it, in plain letters and digits."""
        nonce = os.urandom(_NONCE_BYTES)
        said = zlib.compress(base.model_dump_json().encode())
        body = AESGCM(self._key()).encrypt(nonce, said, _head(base.device))
        return f"{FORMAT}.{base.device}.{base64.urlsafe_b64encode(nonce + body).decode()}"

    def opened(self, sealed: str, device: str, team: str) -> BookBase:
        """The base that a workbook carries; NotValid if it is another device's or team's, newer or not as written."""
        version, _, rest = sealed.partition(".")
        of_device, _, body = rest.partition(".")
        if version.isdigit() and version != FORMAT:
            raise NotValid("book_version", field="file")
        if of_device != device:
            raise NotValid("book_elsewhere", field="file")
        base = BookBase.model_validate_json(self._unsealed(body, device))
        if base.team != team:
            raise NotValid("book_elsewhere", field="file")
        if base.schema_v > SCHEMA_V:
            raise NotValid("book_version", field="file")
        return base

    def get(self, book_id: str) -> LentBook:
        """What was taken from that workbook; nothing yet if it never came back."""
        row = self._books.row(int(book_id, 16))
        return LentBook.model_validate(row) if row else LentBook(id=book_id)

    def keep(self, book: LentBook) -> None:
        """Write down what was taken by now."""
        self._books.put_many({int(book.id, 16): book.model_dump(mode="json")})

    def _unsealed(self, body: str, device: str) -> bytes:
        try:
            raw = base64.urlsafe_b64decode(body.encode("ascii"))
            return zlib.decompress(AESGCM(self._key()).decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], _head(device)))
        except (ValueError, InvalidTag):
            raise NotValid("book_altered", field="file") from None

    def _key(self) -> bytes:
        """Drawn when it is first needed; it stays when the PIN or the store's own key changes."""
        table = self._db.rows_of("lent_key")
        if table.row(_KEY) is None:
            table.put_many({_KEY: {"key": os.urandom(_KEY_BYTES).hex()}})
        kept: Mapping[str, str] = table.row(_KEY) or {}
        return bytes.fromhex(kept["key"])

    @property
    def _books(self) -> VaultTable:
        return self._db.rows_of("lent_books")


def _head(device: str) -> bytes:
    return f"visits/lent book/{FORMAT}/{device}".encode("ascii")
