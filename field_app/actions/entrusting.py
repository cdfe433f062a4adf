"""A device from before recovery keys entrusts its data key at the next sync: nobody need enrol again for it."""

import logging

from field_app.enrolment import Me
from field_app.remote import Remote
from field_app.sync import Run, at_once
from field_app.vault.opening import OpenVault, settle_vault
from visit_core.errors import VisitError
from visit_core.joining import RecoveryKey

log = logging.getLogger(__name__)


async def entrust_late(vault: OpenVault, me: Me, remote: Remote, run: Run = at_once) -> bool:
    """Seal the data key to the organisation if that was never done; one without a key is asked again."""
    if vault.ring.entrusted is not None:
        return False
    try:
        key = (await remote.read("/v1/recovery-key", RecoveryKey)).organisation_key
    except VisitError as refused:
        log.info("not entrusted code=%s", refused.code)
        return False

    def keep() -> None:
        vault.entrust(me.device, me.server, me.ca_pem, key)
        settle_vault(vault)

    await run(keep)
    log.info("entrusted device=%s", me.device)
    return True
