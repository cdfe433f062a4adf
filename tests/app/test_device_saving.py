"""When a save is sent: soon, and never while it may still be undone."""

import asyncio

import pytest

from field_app.device import Device
from field_app.settings import Settings
from field_app.sync import SyncReport
from field_app.sync_loop import AFTER_A_SAVE_S, SyncLoop
from tests.app.fakes import FakeClock

NOW_S = 100.0


@pytest.fixture
def device(tmp_path):
    """A device that is about to try once more what failed before."""

    async def sync(_told):
        return SyncReport()

    opened = Device(Settings(home=tmp_path / "home", secrets=tmp_path / "secrets"), FakeClock())
    opened._loop = SyncLoop(sync, lambda: None, now_s=lambda: NOW_S, due_s=NOW_S + 1)
    yield opened
    asyncio.run(opened.close())


def test_a_save_that_may_be_undone_is_not_swept_along_by_a_sync_that_was_due_sooner(device):
    device.saved(may_be_undone=True)
    assert device._loop.due_s == NOW_S + AFTER_A_SAVE_S


def test_anything_else_that_is_kept_goes_with_the_sync_that_is_due(device):
    device.saved()
    assert device._loop.due_s == NOW_S + 1
