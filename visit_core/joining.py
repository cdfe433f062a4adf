"""The wire beside the sync: how a device joins an organisation, and gets back in when its PIN is forgotten."""

from typing import Annotated

from pydantic import BaseModel, Field

from visit_core.ids import DeviceText, Hex32
from visit_core.protocol import PROTOCOL, Role

OrganisationKey = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
"""A public key of X25519, in hex."""

SealedKey = Annotated[str, Field(pattern=r"^[0-9a-f]{184}$")]
"""A data key sealed to the organisation, in hex: public key 32 · nonce 12 · text and tag 48."""


class EnrolRequest(BaseModel):
    """A one-time code from an invite, and what this device calls itself."""

    protocol: int = PROTOCOL
    code: Annotated[str, Field(min_length=1, max_length=200)]
    device_name: Annotated[str, Field(max_length=80)] = ""
    app_version: Annotated[str, Field(max_length=40)] = ""


class EnrolResponse(BaseModel):
    """Who this device now is. The token is shown once; the server keeps only its hash."""

    device: DeviceText
    token: str
    person: Hex32
    name: str
    role: Role
    team: str
    team_name: str
    organisation: str
    epoch: Hex32
    server_ms: int
    organisation_key: OrganisationKey | None = None  # what the device seals its data key to


class RecoveryKey(BaseModel):
    """What a device that was enrolled before there were such keys seals its data key to."""

    organisation_key: OrganisationKey


class RecoverRequest(BaseModel):
    """A device whose PIN is forgotten, with the one-time code an admin gave, and its data key as it was entrusted."""

    device: DeviceText
    store: Hex32
    code: Annotated[str, Field(min_length=1, max_length=200)]
    sealed: SealedKey


class RecoverResponse(BaseModel):
    """The device's data key, opened once."""

    data_key: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$", repr=False)]
