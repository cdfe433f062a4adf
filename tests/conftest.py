"""What every test session begins with."""

import gc

import pytest


def pytest_collection_finish(session: pytest.Session) -> None:
    """What is imported by now stays; what a test leaves open is found as before."""
    gc.collect()
    gc.freeze()
