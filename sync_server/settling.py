"""A supervisor says which value of a conflict is to stand: a fresh change in their name, as from a device."""

from sync_server.auth import Principal
from sync_server.kept import Event
from sync_server.merging import Merging
from sync_server.store import CentralStore, Ledger
from visit_core.change import Registers
from visit_core.errors import NotFound, NotValid
from visit_core.fields import Fields
from visit_core.merge import DELETED
from visit_core.protocol import SettleRequest
from visit_core.registers import fold
from visit_core.rules.reviewing import REVIEW_GROUP, reopened
from visit_core.stamp import instant


def settle(store: CentralStore, principal: Principal, conflict: str, asked: SettleRequest, now_ms: int) -> str:
    """Let that value stand; give the state of the conflict. Twice is harmless.

    NotFound for a conflict of another team, NotValid where the field is written once.
    """

    def job(ledger: Ledger) -> str:
        about = _conflict(ledger, conflict)
        record = (str(about["record_kind"]), str(about["record_id"]))
        merging = Merging(ledger, principal.team, now_ms, [("conflict", conflict), record])
        state = "seen" if asked.stands == "winner" else "restored"
        wanted = _registers(about, merging, asked, principal, record)
        cells = merging.cells(record)
        fresh = {name for name, value in wanted.items() if name not in cells or cells[name].value != value}
        if fresh:
            merging.server_sets(record, wanted, by=principal.person)
        if about.get("state") != state:
            merging.server_sets(("conflict", conflict), {"state": state}, by=principal.person)
        merging.events.append(Event(principal.person, "conflict_settled", {"conflict": conflict, "state": state}))
        ledger.keep(merging.work())
        return state

    return store.write(principal.team, job)


def _conflict(ledger: Ledger, conflict: str) -> Fields:
    found = ledger.records([("conflict", conflict)])
    if not found or "record_id" not in found["conflict", conflict].cells:
        raise NotFound("not_found", what="conflict")
    return {name: cell.value for name, cell in found["conflict", conflict].cells.items()}


def _registers(
    about: Fields, merging: Merging, asked: SettleRequest, principal: Principal, record: tuple[str, str]
) -> Registers:
    """What is set; edits that a deletion overruled are still there underneath, so the record is brought back."""
    register, value = str(about["field"]), about.get(f"{asked.stands}_value")
    if about.get("rule") == "first" and asked.stands != "winner":
        raise NotValid("written_once", field=register)
    if register == DELETED:
        return {DELETED: value is True}
    if register != REVIEW_GROUP[0]:
        return {register: value}
    said = fold(record[0], {name: cell.value for name, cell in merging.cells(record).items()})
    if said.get(register) == value:
        return {}
    if value == "pending":
        return reopened(said)
    signed = {"reviewed_by": principal.person, "reviewed_at": instant(merging.server_ms)}
    return {register: value, "review_round": said.get("review_round") or 1, **signed}
