"""What a table may be asked by without reading it whole: indexes as declared, and the bytes a document has in each.

An index holds eight bytes of a hash for a value that is asked for by equality, then sixteen bytes of a text that is
asked for by order; either part may be absent. What it answers with are candidates: every one is read and held
against the question again, so that equal bytes of different texts do no harm. Only texts are indexed.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Path = tuple[str, ...]
HASH_BYTES, ORDER_BYTES = 8, 16
_blake2b = hashlib.blake2b


@dataclass(frozen=True, slots=True)
class Index:
    """One index of a table: by equality of one field, by order of one field, or by both together."""

    equal: Path | None = None
    ordered: Path | None = None
    is_unique: bool = False
    name: str = field(init=False, compare=False)  # by which its columns are known again in a file

    def __post_init__(self) -> None:
        parts = [".".join(path) if path else "" for path in (self.equal, self.ordered)]
        object.__setattr__(self, "name", "\0".join([*parts, "unique" if self.is_unique else ""]))

    @property
    def width(self) -> int:
        """Bytes of one entry."""
        return (HASH_BYTES if self.equal else 0) + (ORDER_BYTES if self.ordered else 0)

    def entry(self, document: Mapping[str, Any]) -> bytes | None:
        """The bytes a document is found by; None if it has no text there."""
        found = b""
        if self.equal:
            value = value_at(document, self.equal)
            if not isinstance(value, str):
                return None
            found = hash_of(value)
        if self.ordered:
            value = value_at(document, self.ordered)
            if not isinstance(value, str):
                return None
            found += order_of(value)
        return found

    def entry_of(self, value: str) -> bytes:
        """The bytes of a text that is asked for by equality alone."""
        return hash_of(value)

    def is_odd(self, document: Mapping[str, Any]) -> bool:
        """Whether what it orders by is there but no text: TinyDB would refuse to compare that with a text."""
        if not self.ordered:
            return False
        value = value_at(document, self.ordered)
        return value is not _ABSENT and not isinstance(value, str)


def unique(*path: str) -> Index:
    """No two documents of the table have the same text there."""
    return Index(equal=path, is_unique=True)


def equal(*path: str) -> Index:
    """Documents are asked for by what they have there."""
    return Index(equal=path)


def ordered(*path: str) -> Index:
    """Documents are asked for by a range of what they have there: dates, moments, names."""
    return Index(ordered=path)


def equal_then_ordered(equal_path: Path, ordered_path: Path) -> Index:
    """Documents of one thing, by a range: the visits of a customer, by day."""
    return Index(equal=equal_path, ordered=ordered_path)


def value_at(document: Any, path: Path) -> Any:
    """What TinyDB's own path would find, or a mark for nothing."""
    try:
        for part in path:
            document = document[part]
    except (KeyError, TypeError):
        return _ABSENT
    return document


def hash_of(value: str) -> bytes:
    """Eight bytes that equal texts share."""
    return _blake2b(value.encode("utf-8", "surrogatepass"), digest_size=HASH_BYTES).digest()


def order_of(value: str) -> bytes:
    """Sixteen bytes that sort as texts do; texts that begin alike may share them."""
    return value[:ORDER_BYTES].encode("utf-8", "surrogatepass")[:ORDER_BYTES].ljust(ORDER_BYTES, b"\0")


_ABSENT = object()
