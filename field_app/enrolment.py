"""Who this device is: what the server said when it was enrolled."""

from pydantic import BaseModel, ConfigDict, Field

from visit_core.ids import DeviceText, Hex32
from visit_core.protocol import Role
from visit_core.rules.rights import scope_of


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

    def scope_of(self, kind: str) -> str:
        """Where this person's new records of a kind lie: mostly with the team."""
        return scope_of(kind, team=self.team, person=self.person)
