"""Offices for every test: a real store each, closed afterwards."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.world import Office


@pytest.fixture(params=["sqlite"])
def office(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Office]:
    """A server on each kind of store that there is."""
    assert request.param == "sqlite"
    made = Office(tmp_path / "home")
    yield made
    made.store.close()
