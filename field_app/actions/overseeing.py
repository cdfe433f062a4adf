"""The team's devices and the server, as those who answer for them see them; asked of the server, never kept."""

from dataclasses import dataclass

from field_app.actions.handing_over import people_of
from field_app.local_store import LocalStore
from field_app.remote import Remote
from field_app.sync import Run
from visit_core.overseeing import Devices, DeviceShown, PersonShown, Revoked, ServerStatus
from visit_core.stamp import instant

DAY_MS = 86_400_000


@dataclass(frozen=True, slots=True)
class Overseeing:
    """Who is looking, and since when a device counts as quiet."""

    is_admin: bool
    own: str  # this device
    quiet_since: str  # an instant

    def is_quiet(self, device: DeviceShown) -> bool:
        """Whether a device in use has not synced since yesterday."""
        return device.state == "active" and (device.last_sync_at or "") < self.quiet_since


@dataclass(frozen=True, slots=True)
class Overseen:
    """What the server says: devices, those that need somebody first, and everybody; of itself only to admins."""

    devices: tuple[DeviceShown, ...]
    people: tuple[PersonShown, ...]
    server: ServerStatus | None


def load(store: LocalStore, _about: str) -> Overseeing:
    """Who is looking."""
    return Overseeing(store.me.role == "admin", store.me.device, instant(store.now_ms() - DAY_MS))


async def look_up(store: LocalStore, remote: Remote, run: Run) -> Overseen:
    """Ask the server."""
    about = await run(lambda: load(store, ""))
    found = (await remote.read("/v1/devices", Devices)).devices
    order = sorted(found, key=lambda one: (not about.is_quiet(one), one.state != "active", one.name, one.device))
    server = await remote.read("/v1/server", ServerStatus) if about.is_admin else None
    return Overseen(tuple(order), await people_of(remote, found), server)


async def revoke(store: LocalStore, remote: Remote, run: Run, *, device: str) -> Overseen:
    """Let the server take nothing more from a device; give how all stand then."""
    await remote.tell(f"/v1/devices/{device}/revoke", None, Revoked)
    return await look_up(store, remote, run)
