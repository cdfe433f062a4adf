"""A device's rescue file taken in: its changes keep their numbers, so that twice, or a later sync, changes nothing."""

import base64
import binascii
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import BinaryIO

from sync_server.auth import Principal
from sync_server.body import inflated
from sync_server.intake import read_message, read_push
from sync_server.kept import Event
from sync_server.reconcile import take
from sync_server.rescued_photos import take_part
from sync_server.sent import Push, Sent
from sync_server.store import CentralStore, Ledger, Reading
from sync_server.trustee import Trustee
from visit_core.errors import NotFound, NotValid
from visit_core.protocol import SyncRequest
from visit_core.rescues import MOST_PIECE_BYTES, Rescue, RescueFile, RescueTaken, Takings, pieces_in


def read_rescue(body: bytes) -> RescueFile:
    """One piece of a file as it was handed in; NotValid for anything else."""
    return read_message(RescueFile, body)


def rescue(store: CentralStore, trustee: Trustee, file: RescueFile, *, by: str, now_ms: int) -> RescueTaken:
    """Take it in for the person of that device, revoked or not; `by` is who brought it.

    NotFound for a device that is not known here, NotValid for a file that this server cannot open.
    """
    team = store.team_of(device_name=file.device)
    if team is None:
        raise NotFound("not_found", field="device")
    told = _opened(trustee, file)
    principal = store.read(team, partial(_owner, device=file.device))
    counts: Counter[str] = Counter(take_part(store, principal, told.photo, now_ms) if told.photo else {})
    for request in told.requests:
        push = read_push(_when_made(request, now_ms - told.made_ms).model_dump_json(exclude_none=True).encode())
        if request.device != file.device:
            raise NotValid("sealed_elsewhere", field="device")
        counts += store.write(team, partial(_take, principal=principal, push=push, now_ms=now_ms))
    taken = RescueTaken(device=file.device, **counts)
    if counts or not told.photo:
        store.note(Event(by, "rescued", taken.model_dump()), now_ms)
    return taken


def rescue_all(file: BinaryIO, take: Callable[[RescueFile], RescueTaken]) -> RescueTaken:
    """Take in a whole file, a piece at a time; a damaged piece is left out and counted."""
    takings = Takings()
    for piece in pieces_in(file):
        try:
            takings.add(take(piece)) if piece else takings.leave_out()
        except NotValid as refused:
            takings.leave_out(refused)
    return takings.told()


def _opened(trustee: Trustee, file: RescueFile) -> Rescue:
    try:
        sealed = base64.b64decode(file.sealed, validate=True)
    except binascii.Error:
        raise NotValid("shape", field="sealed") from None
    return read_message(Rescue, inflated(trustee.opened_file(file.device, sealed), MOST_PIECE_BYTES))


def _owner(reading: Reading, *, device: str) -> Principal:
    enrolled = next(one for one in reading.devices() if one.name == device)
    somebody = reading.person(enrolled.person)
    return Principal(enrolled.team, enrolled.person, device, somebody.role if somebody else "")


def _when_made(request: SyncRequest, ago_ms: int) -> SyncRequest:
    """The device's clocks as they would stand now, had it gone on running until this moment."""
    ago_ms, sent = max(ago_ms, 0), request.sent
    now = sent.model_copy(update={"wall_ms": sent.wall_ms + ago_ms, "mono_ms": sent.mono_ms + ago_ms})
    return request.model_copy(update={"sent": now})


def _take(ledger: Ledger, *, principal: Principal, push: Push, now_ms: int) -> Counter[str]:
    last_n = ledger.mark(principal.device).last_n
    fitting = _fitting(ledger, principal.device, push.changes)
    results = take(ledger, principal, replace(push, changes=fitting), now_ms).results
    told = ["refused" if one.status == "rejected" else "taken" for one in results if one.n > last_n]
    clashing, missing = len(push.changes) - len(fitting), len(fitting) - len(results)
    return Counter(told) + Counter(known=len(results) - len(told), missing=missing, clashing=clashing)


def _fitting(ledger: Ledger, device: str, changes: Sequence[Sent]) -> Sequence[Sent]:
    """Those whose numbers do not stand for other changes here; a store that was salvaged may have counted wrong."""
    numbers = [sent.n for sent in changes]
    known = ledger.known(device, min(numbers), max(numbers)) if numbers else {}
    return [sent for sent in changes if sent.n not in known or sent.is_same_as(known[sent.n])]
