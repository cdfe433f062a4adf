"""What is kept of a change that came: what it said, what was made of it, and what its device was told."""

from dataclasses import dataclass
from typing import NamedTuple

from pydantic import JsonValue
from pydantic_core import to_json

from sync_server.at_once import SetAtOnce
from sync_server.auth import Principal
from sync_server.clock import Told
from sync_server.kept import Logged
from sync_server.sent import Sent
from visit_core.change import Change, Registers
from visit_core.protocol import ChangeResult, ClockStatus, Status
from visit_core.words import NESTED


class Answered(NamedTuple):
    """What a device is told of one change."""

    n: int
    status: Status
    seq: int | None
    said: str  # a `ChangeResult` as JSON, without what goes without saying

    def after(self, before: "Answered") -> str:
        """The same without the numbers that follow from the answer before."""
        said = self.said
        if self.n == before.n + 1:
            said = "{" + said.removeprefix(f'{{"n":{self.n},')
        if self.status == "applied" and before.seq is not None and self.seq == before.seq + 1:
            said = said.replace(f',"seq":{self.seq}', "", 1)
        return said


def answered(result: ChangeResult) -> Answered:
    """The same in the words that go over the wire and into the log."""
    return Answered(result.n, result.status, result.seq, result.model_dump_json(exclude_defaults=True))


@dataclass(frozen=True, slots=True)
class Merged:
    """What was made of a change that was taken."""

    change: Change
    told: Told
    registers: Registers
    was: int  # its number before a restore lost it; 0 for none


def merged_entry(sent: Sent, result: ChangeResult, merged: Merged, principal: Principal, now_ms: int) -> Logged:
    """The entry for a change that was merged, received at `now_ms`."""
    change = merged.change
    return Logged(
        device=principal.device,
        n=sent.n,
        hash=sent.hash,
        kind=change.kind,
        id=change.id,
        seq=result.seq,
        raw=change.at,
        eff=result.stamp or "",
        clock=merged.told.status,
        by=principal.person,
        status="merged" if result.status == "merged" else "applied",
        payload=sent.said,
        result=answered(result).said,
        received_ms=now_ms,
        registers=merged.registers,
        was=merged.was or None,
        is_as_said=_is_as_said(change, merged.registers),
    )


def made_entry(
    sent: Sent, made: SetAtOnce, clock: ClockStatus, principal: Principal, *, seal: str, now_ms: int
) -> Logged:
    """The entry for a change that made a record: what `merged_entry` would say of it, in fewer steps."""
    kind, id = sent.key or ("", "")
    told = f'{{"n":{sent.n},"status":"applied","stamp":"{made.at}","seq":{made.seq},"seal":"{seal}"}}'
    return Logged(
        principal.device, sent.n, sent.hash, kind, id, made.seq, sent.told["at"] if sent.told else "", made.at, clock,
        principal.person, "applied", sent.said, told, now_ms, made.registers, None, is_as_said=True,
    )  # fmt: skip


def refused_entry(sent: Sent, result: ChangeResult, principal: Principal, now_ms: int) -> Logged:
    """The entry for a change that was refused: it waits in quarantine, whole."""
    return Logged(
        device=principal.device,
        n=sent.n,
        hash=sent.hash,
        kind=sent.change.kind if sent.change else "",
        id=sent.change.id if sent.change else "",
        seq=None,
        raw=sent.change.at if sent.change else "",
        eff="",
        clock="",
        by=principal.person,
        status="rejected",
        payload=sent.said,
        result=answered(result).said,
        received_ms=now_ms,
        registers={},
    )


def _is_as_said(change: Change, registers: Registers) -> bool:
    others = [name for name, said in change.fields.items() if registers[name] is not said]
    return all([_is_same(change.fields[name], registers[name]) for name in others])  # noqa: C419 -- seldom many


def _is_same(said: JsonValue, read: JsonValue) -> bool:
    """Whether both are the same JSON: yes is not 1."""
    is_alike = type(said) is type(read)
    return is_alike and (to_json(said) == to_json(read) if type(said) in NESTED else said == read)
