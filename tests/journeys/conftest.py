"""A street for every journey."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.street import Street


@pytest.fixture
def street(tmp_path: Path) -> Iterator[Street]:
    """A server, no phones yet; it is 22:00 UTC."""
    made = Street(tmp_path)
    yield made
    made.close()
