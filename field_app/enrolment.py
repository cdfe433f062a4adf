"""Who this device is: what the server said when it was enrolled."""

from pydantic import BaseModel, ConfigDict, Field

from visit_core.ids import DeviceText, Hex32, team_scope
from visit_core.protocol import Role


class Me(BaseModel):
    """This device, the person it belongs to, and the server it meets. Kept inside the sealed store only."""

    model_config = ConfigDict(frozen=True)

    device: DeviceText
    token: str = Field(repr=False)
    person: Hex32
    name: str = Field(repr=False)
    role: Role
    team: str
    team_name: str
    organisation: str
    server: str
    ca_pem: str | None = None

    @property
    def scope(self) -> str:
        """Where this person's new records lie: with the team."""
        return team_scope(self.team)
