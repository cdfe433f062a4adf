"""What the tests of our tools share."""

import gc
from collections.abc import Iterator

import pytest


@pytest.fixture
def small_heap() -> Iterator[None]:
    """A bench collects its garbage before it looks at a clock: what other tests left behind is no part of that."""
    gc.freeze()
    yield
    gc.unfreeze()
