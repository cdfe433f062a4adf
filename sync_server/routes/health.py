"""Whether the server is up and its store answers."""

from fastapi import APIRouter
from pydantic import BaseModel

from sync_server.routes.parts import Parts, refusals
from visit_core.change import SCHEMA_V
from visit_core.protocol import OLDEST_PROTOCOL, PROTOCOL
from visit_core.version import VERSION

router = APIRouter(tags=["server"])


class Health(BaseModel):
    """All is well; what this server is, and what it speaks."""

    ok: bool = True
    version: str = VERSION
    protocol: int = PROTOCOL
    oldest_protocol: int = OLDEST_PROTOCOL
    schema_v: int = SCHEMA_V


@router.get("/healthz", operation_id="health", responses=refusals())
def health(parts: Parts) -> Health:
    """Says so, once the store has answered."""
    parts.store.teams()
    return Health()
