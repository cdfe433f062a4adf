"""What those who answer for devices are told of them, and of the server."""

from pydantic import BaseModel


class DeviceShown(BaseModel):
    """One device: whose it is, and when it was last here."""

    device: str
    team: str
    person: str
    name: str
    label: str
    state: str
    enrolled_at: str
    last_sync_at: str | None
    last_n: int
    safe_n: int


class Devices(BaseModel):
    """A list of devices, oldest enrolment first."""

    devices: list[DeviceShown]


class Revoked(BaseModel):
    """A device of which nothing more is taken."""

    device: str
    state: str = "revoked"


class PersonShown(BaseModel):
    """Somebody of a team, with or without a device; not `is_active` once they have left."""

    person: str
    team: str
    name: str
    role: str
    is_active: bool


class People(BaseModel):
    """Everybody of a team or of several, by name."""

    people: list[PersonShown]


class InHand(BaseModel):
    """How many records of each kind somebody has in hand, or has handed over."""

    records: dict[str, int]


class ServerStatus(BaseModel):
    """Which release this is, how much it holds, and how old the last good backup is; None for no backup ever.

    `fell_back_at`: when devices have shown it in the last 30 days that it had lost something.
    """

    version: str
    counts: dict[str, int]
    last_backup_at: str | None
    backup_age_hours: int | None
    backup_failed: str | None
    fell_back_at: str | None = None
