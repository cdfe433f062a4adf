"""The quick way in, for what most pushes are full of: a record that nobody has yet, with everything as it is kept.

Such a change has nothing to be merged with, to overrule or to be in conflict with, and nothing about it needs reading.
The questions of right are those of every change (`rights`); they are asked once for all changes of one kind that set
the same fields. Whatever is not certain here goes the way of all others (`reconcile`), to the same end.
"""

from dataclasses import dataclass

from sync_server.auth import Principal
from sync_server.canonical import is_canonical
from sync_server.merging import Merging
from sync_server.rights import scope_for
from sync_server.sent import Sent
from sync_server.wanted_photos import KIND as PHOTO
from sync_server.wanted_photos import WHOSE, is_photo_of_silent
from sync_server.wanted_places import NO_PLACES, is_wanted_of
from visit_core.errors import NotAllowed
from visit_core.fields import parted
from visit_core.kinds import known
from visit_core.rules.rights import check_write, free_fields, watchers_of
from visit_core.rules.wanted_places import PLACES
from visit_core.shapes import Moment


@dataclass(frozen=True, slots=True)
class _Door:
    """What holds for all new records of a kind with the same fields."""

    scopes: tuple[str, ...]
    hangs_on_values: bool  # whether the right to set them does
    has_place: bool
    has_photo: bool


_Sort = tuple[str, str | None, tuple[str, ...]]
"""Kind, the scope that the device named, fields."""


class Creations:
    """The new records of one push."""

    def __init__(self, merging: Merging, principal: Principal) -> None:
        self._merging = merging
        self._principal = principal
        self._doors: dict[_Sort, _Door | None] = {}

    def scopes_of(self, sent: Sent, moment: Moment) -> tuple[str, ...] | None:
        """The scopes that the record goes to, if all that is left to do is to make it; None says nothing."""
        told = sent.told
        if told is None or sent.key is None or told["op"] != "create" or told["by"] != self._principal.person:
            return None
        kind, fields = told["kind"], sent.fields
        if self._merging.record(sent.key) is not None or not is_canonical(kind, fields, moment):
            return None
        door = self._door(sent, (kind, told.get("scope"), tuple(fields)))
        if door is None or (door.hangs_on_values and not self._may_set(sent)):
            return None
        if door.has_place and not is_wanted_of(self._merging, kind, fields.get("customer_id")):
            return None
        if door.has_photo and not is_photo_of_silent(self._merging, fields):
            return None
        return door.scopes

    def _door(self, sent: Sent, sort: _Sort) -> _Door | None:
        if sort not in self._doors:
            self._doors[sort] = self._opened(sent, sort[0])
        return self._doors[sort]

    def _opened(self, sent: Sent, kind_name: str) -> _Door | None:
        kind, names, change = known(kind_name), sent.fields.keys(), sent.change
        needing_reasons = {name for each in (kind.reasoned if kind else ()) for name in (each.when.field, each.field)}
        if change is None or needing_reasons & names:
            return None
        try:
            scope = scope_for(self._principal, change, None)
        except NotAllowed:
            return None
        scopes = tuple(dict.fromkeys((scope, *watchers_of(kind_name, self._principal.team))))
        has_place = not PLACES.get(kind_name, NO_PLACES).isdisjoint(names)
        has_photo = kind_name == PHOTO and not WHOSE.isdisjoint(names)
        hangs_on_values = bool({parted(name)[0] for name in names} - free_fields(kind_name))
        return _Door(scopes, hangs_on_values, has_place, has_photo)

    def _may_set(self, sent: Sent) -> bool:
        kind, _ = sent.key or ("", "")
        try:
            check_write(kind, sent.fields, self._principal.role, op="create")
        except NotAllowed:
            return False
        return True
