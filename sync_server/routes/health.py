"""Whether the server is up and its store answers."""

from fastapi import APIRouter
from pydantic import BaseModel

from sync_server.routes.parts import Parts

router = APIRouter(tags=["server"])


class Health(BaseModel):
    """All is well."""

    ok: bool = True


@router.get("/healthz", operation_id="health")
def health(parts: Parts) -> Health:
    """Says so, once the store has answered."""
    parts.store.teams()
    return Health()
