"""What stood in a field before: everybody's values for it, with who, when and on which device."""

import json
from collections.abc import Iterator, Mapping

from sync_server.auth import Principal
from sync_server.kept import Key, Logged
from sync_server.store import CentralStore, Reading
from visit_core.errors import NotFound
from visit_core.fields import parted
from visit_core.protocol import FieldPast, FieldStep
from visit_core.stamp import instant_of

MOST = 200
"""Values in one answer, the latest of them."""


def past_of(store: CentralStore, principal: Principal, key: Key, field: str) -> FieldPast:
    """What was put into a field, the latest first; NotFound for a record that is not sent to that person."""
    return store.read(principal.team, lambda reading: _past(reading, principal, key, field))


def _past(reading: Reading, principal: Principal, key: Key, field: str) -> FieldPast:
    found = reading.records([key]).get(key)
    if found is None or not set(found.scopes) & set(principal.scopes):
        raise NotFound("not_found", what="record")
    label_by_device = {device.name: device.label for device in reading.devices()}
    latest_first = sorted(reading.history(key), key=lambda logged: logged.eff, reverse=True)
    steps = [step for logged in latest_first for step in _steps(logged, field, label_by_device)]
    return FieldPast(steps=steps[:MOST])


def _steps(logged: Logged, field: str, label_by_device: Mapping[str, str]) -> Iterator[FieldStep]:
    """What one change said of the field: a list has a register for each member."""
    lost = json.loads(logged.result).get("lost") or {}
    for register, value in logged.registers.items():
        if parted(register)[0] == field:
            yield FieldStep(
                name=register,
                value=value,
                by=logged.by,
                at=instant_of(logged.eff),
                device=logged.device,
                device_name=label_by_device.get(logged.device, ""),
                is_overruled=register in lost,
            )
