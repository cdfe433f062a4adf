"""The server's clock."""

from fastapi import APIRouter, Depends
from pydantic import BaseModel

from sync_server.routes.parts import SIGNED, Parts, signed

router = APIRouter(tags=["server"])


class ServerTime(BaseModel):
    """The server's clock, ms since 1970 UTC."""

    server_ms: int


@router.get("/time", operation_id="time", responses=SIGNED, dependencies=[Depends(signed)])
def time(parts: Parts) -> ServerTime:
    """What time it is here."""
    return ServerTime(server_ms=parts.now_ms())
