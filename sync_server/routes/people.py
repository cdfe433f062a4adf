"""People, for those who answer for them."""

from typing import Annotated

from fastapi import APIRouter, Depends

from sync_server.auth import Principal
from sync_server.intake import read_message
from sync_server.leavers import in_hand, people_in, reassign
from sync_server.routes.openapi import body_of
from sync_server.routes.parts import SIGNED, Parts, SmallBody, refusals
from sync_server.routes.permission import may, team_of_person
from visit_core.ids import Hex32
from visit_core.overseeing import InHand, People
from visit_core.protocol import ReassignRequest

router = APIRouter(tags=["people"])


@router.get("/people", operation_id="listPeople", responses=SIGNED)
def list_people(parts: Parts, principal: Annotated[Principal, Depends(may("reassign"))]) -> People:
    """Everybody of the supervisor's team, for an admin of all, with or without a device."""
    teams = [team.id for team in parts.store.teams()] if principal.role == "admin" else [principal.team]
    return People(people=[one for team in teams for one in people_in(parts.store, team)])


@router.get("/people/{person}/in_hand", operation_id="recordsInHand", responses=SIGNED | refusals(404))
def records_in_hand(parts: Parts, principal: Annotated[Principal, Depends(may("reassign"))], person: Hex32) -> InHand:
    """What `reassign` would hand over: customers, open follow-ups and planned visits, counted."""
    return InHand(records=in_hand(parts.store, team_of_person(parts, principal, person), person))


@router.post(
    "/people/{person}/reassign",
    operation_id="reassignRecords",
    responses=SIGNED | refusals(404, 413),
    openapi_extra=body_of("ReassignRequest"),
)
def reassign_records(
    parts: Parts, principal: Annotated[Principal, Depends(may("reassign"))], person: Hex32, body: SmallBody
) -> InHand:
    """Give a leaver's customers, open follow-ups and planned visits to another of their team."""
    to = read_message(ReassignRequest, body).to
    team = team_of_person(parts, principal, person)
    done = reassign(parts.store, team, leaver=person, to=to, by=principal.person, now_ms=parts.now_ms())
    return InHand(records=done)
