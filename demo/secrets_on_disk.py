"""Whether any file shows a name or a number, in any of the ways bytes can show them."""

import base64
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

LEAST_BYTES = 6
"""Shorter byte strings would be found by chance in a few megabytes of sealed bytes."""


def shown_in(folders: Iterable[Path], secrets: Iterable[str]) -> list[tuple[Path, str]]:
    """Each file and the way (`utf-8`, `base64`, …) in which it shows one of the secrets."""
    needles = [(way, needle) for secret in secrets for way, needle in _ways(secret) if len(needle) >= LEAST_BYTES]
    return [
        (path, way)
        for path in files_in(folders)
        for content in [path.read_bytes()]
        for way, needle in needles
        if needle in content
    ]


def files_in(folders: Iterable[Path]) -> list[Path]:
    """All files below the folders."""
    return [path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()]


def _ways(secret: str) -> Iterator[tuple[str, bytes]]:
    for encoding in ("utf-8", "utf-16-le", "utf-16-be", "gb18030"):
        yield encoding, secret.encode(encoding)
    yield "json", json.dumps(secret).strip('"').encode()
    for start in range(3):
        padded = base64.b64encode(b"\0" * start + secret.encode())
        yield "base64", padded[4 if start else 0 : -4]
