"""A team's evening, for tests of what supervisors and reps see of reviews and conflicts: made up, on real stores."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import flet as ft
from pydantic import JsonValue

from field_app.local_store import LocalStore
from field_app.screens.look import Look
from tests.app.fakes import FakeClock, FakeServer
from tests.app.phones import Phone, a_phone
from tests.screens.doing import Doing
from visit_core.ids import lead_scope, new_id, team_scope, user_scope
from visit_core.protocol import Role
from visit_core.stamp import instant

TEAM = team_scope("north")
LONG_NAME = "欧阳修远之家电维修服务有限公司"


@ft.observable
class Version:
    """Which drawing of the store this is."""

    def __init__(self) -> None:
        self.number = 0


@dataclass
class Redrawing(Doing):
    """As the app does it: after every deed the screen is loaded and drawn anew."""

    version: Version = field(default_factory=Version)

    async def act(self, action: Callable[[LocalStore], Any], said: str = "") -> Any:
        answer = await super().act(action, said)
        self.version.number += 1
        return answer


@ft.component
def live(
    load: Callable[[LocalStore, str], Any], draw: Callable[..., ft.Control], about: str, do: Redrawing, look: Look
) -> ft.Control:
    """A screen over a store, loaded anew after every deed."""
    ft.use_state(do.version)
    return draw(load(do.store, about), do, look)


class Evening:
    """A central store with a rep and a supervisor, and what each of their phones shows."""

    def __init__(self, folder: Path) -> None:
        self.clock = FakeClock()
        self.server = FakeServer(self.clock)
        self.rep = self._phone(folder / "rep", "陈伟", "rep")
        self.lead = self._phone(folder / "lead", "周敏", "supervisor")

    def customer(self, name: str = "张三", **more: JsonValue) -> str:
        """A customer of the team."""
        told: dict[str, JsonValue] = {"name": name, "mobile": "+8613800000000", "address_detail": "幸福路 12 号"}
        return self._puts("customer", {**told, **more}, [TEAM])

    def visit(self, name: str = "张三", hour: int = 9, minutes: float = 18, **more: JsonValue) -> str:
        """A visit of the rep today, handed in."""
        arrived = self.at(hour)
        told: dict[str, JsonValue] = {
            "customer_id": self.customer(name), "check_in_at": instant(arrived),
            "check_out_at": instant(arrived + int(minutes * 60_000)), "outcome": "interested",
            "content": "想看手表，周末再来", "review_state": "pending", "review_round": 1,
            "owner_id": self.rep.store.me.person, "visit_type": "revisit", "status": "done",
        }  # fmt: skip
        return self._puts("visit", {**told, **more}, [TEAM])

    def conflict(self, record: str, register: str, base: JsonValue, lost: JsonValue, stands: JsonValue, **more) -> str:
        """The rep's value was overruled by the supervisor's."""
        rep, lead = self.rep.store.me, self.lead.store.me
        told: dict[str, JsonValue] = {
            "record_kind": "customer", "record_id": record, "field": register, "rule": "last", "state": "open",
            "base_value": base, "loser_value": lost, "winner_value": stands,
            "loser_by": rep.person, "loser_device": rep.device, "loser_at": instant(self.at(8)),
            "winner_by": lead.person, "winner_device": lead.device, "winner_at": instant(self.at(9)),
        }  # fmt: skip
        scopes = [lead_scope("north"), user_scope(rep.person), user_scope(lead.person)]
        return self._puts("conflict", {**told, **more}, scopes)

    def note(self, of: str, comment: str, *, resolved: bool = False) -> dict[str, JsonValue]:
        """A supervisor's comment, as a register of a visit."""
        id, by = str(new_id(self.clock.wall)), self.lead.store.me.person
        entry: JsonValue = {
            "id": id, "field": of, "comment": comment, "by": by, "at": instant(self.at(9)), "resolved": resolved
        }  # fmt: skip
        return {f"review_notes.{id}": entry}

    def at(self, hour: int) -> int:
        """That hour of today on the wall here, in milliseconds."""
        today = datetime.fromtimestamp(self.clock.wall / 1000).astimezone()
        return int(today.replace(hour=hour, minute=0, second=0).timestamp() * 1000)

    def for_rep(self) -> Redrawing:
        """The rep's app, in step with the server."""
        self.rep.syncs()
        return Redrawing(self.rep.store)

    def for_lead(self) -> Redrawing:
        """The supervisor's app, in step with the server."""
        self.lead.syncs()
        return Redrawing(self.lead.store)

    def _phone(self, path: Path, name: str, role: Role) -> Phone:
        return a_phone(path, self.server, name, role)

    def _puts(self, kind: str, told: dict[str, JsonValue], scopes: list[str]) -> str:
        self.clock.passes(1)
        id = str(new_id(self.clock.wall))
        self.server.puts(kind, id, told, scopes)
        return id
