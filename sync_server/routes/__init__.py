"""The register of resources: one file each, one line here."""

from sync_server.routes import (
    behaviour,
    blobs,
    ca,
    conflicts,
    devices,
    duplicates,
    health,
    older,
    people,
    quarantine,
    records,
    recoveries,
    rescues,
    server,
    sync,
    time,
)

ROUTERS = (
    sync.router,  # first, since paths are tried in turn and nearly every request is this one
    behaviour.router,
    blobs.router,
    ca.router,
    conflicts.router,
    devices.router,
    duplicates.router,
    health.router,
    older.router,
    people.router,
    quarantine.router,
    records.router,
    recoveries.router,
    rescues.router,
    server.router,
    time.router,
)
