"""The register of resources: one file each, one line here."""

from sync_server.routes import ca, conflicts, devices, health, quarantine, records, sync, time

ROUTERS = (
    ca.router,
    conflicts.router,
    devices.router,
    health.router,
    quarantine.router,
    records.router,
    sync.router,
    time.router,
)
