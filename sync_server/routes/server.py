"""How the server itself is, for admins."""

from typing import Annotated

from fastapi import APIRouter, Depends

from sync_server.auth import Principal
from sync_server.kept import BACKUP_FAILED, BACKUP_GOOD, FELL_BACK
from sync_server.routes.parts import SIGNED, Parts
from sync_server.routes.permission import may
from visit_core.overseeing import ServerStatus
from visit_core.stamp import instant
from visit_core.version import VERSION

router = APIRouter(tags=["server"])
HOUR_MS = 3_600_000
TOLD_FOR_MS = 30 * 24 * HOUR_MS


@router.get("/server", operation_id="serverStatus", responses=SIGNED)
def server_status(parts: Parts, _: Annotated[Principal, Depends(may("read_server"))]) -> ServerStatus:
    """For admins: is the store looked after?"""
    good_ms, fell_ms = (int(parts.store.fact(name) or 0) for name in (BACKUP_GOOD, FELL_BACK))
    is_told = fell_ms > parts.now_ms() - TOLD_FOR_MS
    return ServerStatus(
        version=VERSION,
        counts=dict(parts.store.counts()),
        last_backup_at=instant(good_ms) if good_ms else None,
        backup_age_hours=(parts.now_ms() - good_ms) // HOUR_MS if good_ms else None,
        backup_failed=(parts.store.fact(BACKUP_FAILED) or "").partition(" ")[2] or None,
        fell_back_at=instant(fell_ms) if is_told else None,
    )
