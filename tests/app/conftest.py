"""Devices, servers and clocks for the tests of the app."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.app.device import Device
from tests.app.fakes import FakeClock, FakeServer
from visit_core.protocol import Role

Enrol = Callable[..., Device]


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def server(clock: FakeClock) -> FakeServer:
    return FakeServer(clock)


@pytest.fixture
def enrolled(tmp_path: Path, server: FakeServer, clock: FakeClock) -> Enrol:
    """Make a device of a new person: `enrolled("ana")`, `enrolled("sue", "supervisor")`."""

    def enrol(name: str, role: Role = "rep") -> Device:
        device = Device(tmp_path / name, server, clock)
        device.ask("enrol", "--server", "http://127.0.0.1:1", "--code", server.invites(name, role))
        return device

    return enrol


@pytest.fixture
def ana(enrolled: Enrol) -> Device:
    return enrolled("ana")
