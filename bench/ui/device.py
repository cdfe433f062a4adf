"""The device that is measured: filled once without waiting for the disk, then opened as the app opens it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bench.store.peers.vault import EagerDisk
from bench.ui.made_up import in_pages, rows
from field_app.base_rows import INDEXES, BaseRows
from field_app.clock import SystemClock
from field_app.device import Device
from field_app.enrolment import Me
from field_app.local_store import settle_in
from field_app.preferences import Preferences, keep_preferences
from field_app.progress import Anchor
from field_app.remote import Remote
from field_app.settings import Settings
from field_app.vault.opening import begin_vault, settle_vault
from field_app.vault.place import Place
from field_app.vault.secrets import SecretFiles
from visit_core.errors import Unreachable

PIN = "482913"
PERSON, EPOCH = f"{1:032x}", "e" * 32


def settings_of(folder: Path) -> Settings:
    """Where the device in that folder keeps its store and its secret."""
    return Settings(home=folder / "home", secrets=folder / "secrets")


def device_in(folder: Path) -> Device:
    """The device in that folder, with a real clock, a real key derivation and nobody to meet."""
    return Device(settings_of(folder), SystemClock(), connect=_nobody)


def fill(folder: Path, customers: int, visits: int) -> None:
    """Make the device in that folder somebody's, and take in what a server would have sent."""
    settings, clock = settings_of(folder), SystemClock()
    eager = Place(
        settings.home,
        SecretFiles(settings.secrets, settings.home),
        clock,
        indexes=INDEXES,
        disk=EagerDisk(),
    )
    vault = begin_vault(eager, PIN)
    anchor = Anchor(server_ms=clock.wall_ms(), mono_ms=clock.mono_ms(), boot=clock.boot())
    settle_in(vault.db, _me(), EPOCH, anchor)
    base = BaseRows(vault.db)
    for page in in_pages(rows(customers, visits, PERSON)):
        with vault.db.transaction():
            base.take(page, EPOCH)
    settle_vault(vault)
    vault.rest()
    vault.close()
    keep_preferences(settings.home, Preferences(has_read_notice=True))


@asynccontextmanager
async def _nobody(_me: Me) -> AsyncIterator[Remote]:
    """No network: a sync that begins at any moment would be counted to whatever is done then."""
    raise Unreachable()
    yield  # a context manager needs one


def _me() -> Me:
    return Me(
        device="abcdefgh",
        token="t" * 40,
        person=PERSON,
        name="安娜",
        role="rep",
        team="north",
        team_name="北区",
        organisation="示例公司",
        server="http://127.0.0.1:1",
    )
