"""A supervisor says which value of a conflict is to stand: a fresh change in their name, as from a device."""

from collections.abc import Sequence

from sync_server.auth import Principal
from sync_server.kept import Event, StoredRecord
from sync_server.merging import Merging
from sync_server.store import CentralStore, Ledger
from sync_server.wanted_places import refuse_unwanted_place
from visit_core.change import Registers
from visit_core.errors import NotFound, NotValid
from visit_core.fields import Fields
from visit_core.merge import DELETED
from visit_core.overruled import arisen, standing
from visit_core.protocol import SettleRequest
from visit_core.registers import fold
from visit_core.rules.reviewing import REVIEW_GROUP
from visit_core.stamp import instant


def settle(store: CentralStore, principal: Principal, conflict: str, asked: SettleRequest, now_ms: int) -> str:
    """Let that value stand, with those of the conflicts that arose with it; give their state. Twice is harmless.

    NotFound for a conflict of another team, NotValid where the field is written once, or says where a customer lives
    who did not allow that.
    """

    def job(ledger: Ledger) -> str:
        together = _together(ledger, conflict)
        about = together[conflict]
        record = (str(about["record_kind"]), str(about["record_id"]))
        keys = [("conflict", id) for id in together]
        merging = Merging(ledger, principal.team, now_ms, [*keys, record])
        state = "seen" if asked.stands == "winner" else "restored"
        wanted = _registers(list(together.values()), merging, asked, principal)
        cells = merging.cells(record)
        if any(name not in cells or cells[name].value != value for name, value in wanted.items()):
            refuse_unwanted_place(merging, record, wanted)
            merging.server_sets(record, wanted, by=principal.person)
        for id in (id for id, told in together.items() if told.get("state") != state):
            merging.server_sets(("conflict", id), {"state": state}, by=principal.person)
        merging.events.append(Event(principal.person, "conflict_settled", {"conflict": conflict, "state": state}))
        ledger.keep(merging.work())
        return state

    return store.write(principal.team, job)


def _together(ledger: Ledger, conflict: str) -> dict[str, Fields]:
    """The conflict, and behind it those that arose with it, by their ids."""
    found = ledger.records([("conflict", conflict)])
    if not found or "record_id" not in found["conflict", conflict].cells:
        raise NotFound("not_found", what="conflict")
    named = _told(found["conflict", conflict])
    beside = ledger.records_about([str(named["record_id"])], ["conflict"])
    mine = arisen(conflict, named)
    return {conflict: named} | {one.id: told for one in beside if arisen(one.id, told := _told(one)) == mine}


def _told(record: StoredRecord) -> Fields:
    return {name: cell.value for name, cell in record.cells.items()}


def _registers(together: Sequence[Fields], merging: Merging, asked: SettleRequest, principal: Principal) -> Registers:
    """What is set; edits that a deletion overruled are still there underneath, so the record is brought back."""
    about = together[0]
    kind, register, value = str(about["record_kind"]), str(about["field"]), about.get(f"{asked.stands}_value")
    if about.get("rule") == "first" and asked.stands != "winner":
        raise NotValid("written_once", field=register)
    if register == DELETED:
        return {DELETED: value is True}
    cells = merging.cells((kind, str(about["record_id"])))
    said = fold(kind, {name: cell.value for name, cell in cells.items()})
    if register == REVIEW_GROUP[0] and said.get(register) == value:
        return {}
    return standing(said, together, asked.stands, by=principal.person, at=instant(merging.server_ms))
