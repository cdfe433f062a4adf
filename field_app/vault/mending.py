"""Getting a damaged store going again with all that can still be read of it; the damaged file is kept aside."""

from field_app.vault.engine import index_of
from field_app.vault.frames import Anchor, FrameSeal, next_header
from field_app.vault.headers import header_or_copy, keep_header
from field_app.vault.keys import read_ring
from field_app.vault.opening import anchors_of, open_vault, unlock
from field_app.vault.place import Place
from field_app.vault.salvage import Salvaged, ops_of, salvage
from field_app.vault.verify import verify
from field_app.vault.writer import write_store
from visit_core.errors import Corrupt, Rollback

SKIPPED_SEQS = 1 << 20  # numbers left free: none of the lost ones is given twice


def salvage_vault(place: Place, pin: str) -> Salvaged | None:
    """Mend the store if it is damaged, accept it if it is only older than it should be; None if it is neither.

    Corrupt if nothing can be read: then nothing is touched.
    """
    is_older = False
    try:
        if _is_whole(place, pin):
            return None
    except Rollback:
        is_older = True
    ring = read_ring(place.keys)
    lock = place.lock()
    try:
        anchors = anchors_of(place, ring)
        if is_older:
            anchors.forget()
            return Salvaged()
        for data_key in unlock(place, ring, pin):
            found = _mended(place, data_key)
            if found:
                anchors.forget()
                return found
        raise Corrupt(why="nothing_readable")
    finally:
        lock.release()


def _is_whole(place: Place, pin: str) -> bool:
    try:
        vault = open_vault(place, pin)
    except Corrupt:
        return False
    try:
        verify(vault.db.vault)
    except Corrupt:
        return False
    finally:
        vault.close()
    return True


def _mended(place: Place, data_key: bytes) -> Salvaged | None:
    """What could be read, written as a fresh store; None if this key reads nothing here."""
    try:
        header = header_or_copy(place, data_key)
        blob = place.log.read_bytes()
    except (Corrupt, FileNotFoundError):
        return None
    found = salvage(blob, header, FrameSeal(header, data_key))
    if not found.frames:
        return None
    _keep_aside(place)
    last = Anchor(header.generation, found.last_seq + SKIPPED_SEQS, bytes(16))
    write_store(place.log, next_header(header, last), data_key, place.disk, ops_of(found.tables))
    keep_header(place)
    return found


def _keep_aside(place: Place) -> None:
    aside = place.log.with_name(f"data.damaged-{place.clock.wall_ms()}")
    aside.write_bytes(place.log.read_bytes())
    aside.chmod(0o600)
    index_of(place.log).unlink(missing_ok=True)
