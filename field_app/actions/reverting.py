"""One import taken back: its records go into the bin and its cells are set back, but for what has changed since."""

import hashlib
import json
from dataclasses import dataclass

from pydantic import JsonValue

from field_app.actions.setting_back import SetBack, let_in_again, setting_back
from field_app.actions.stages import with_stages_each
from field_app.drawing import View
from field_app.exchanges import Cells, Import
from field_app.local_store import Edit, LocalStore
from visit_core.custom import is_custom
from visit_core.errors import NotFound
from visit_core.fields import fields_of
from visit_core.ids import new_id
from visit_core.kinds import kind_named
from visit_core.rules.rights import check_write
from visit_core.stamp import instant

NONE: Cells = {}


@dataclass(frozen=True, slots=True)
class Reverted:
    """What was taken back of an import, and what was not.

    Records that went into the bin, and those that stay because they have changed or a visit leads to them; how many
    cells were set back, and record and field of those that somebody has changed since.
    """

    removed: tuple[str, ...]
    stay: tuple[str, ...]
    set_back: int = 0
    cells_stay: tuple[tuple[str, str], ...] = ()


def note_import(
    store: LocalStore, kind: str, ids: tuple[str, ...], *, book: str = "", changed: Cells = NONE, why: str = ""
) -> str:
    """Write down what an import, or `why` says what else, has just made and changed; the id to take it back by."""
    at_ms, wanted = store.now_ms(), set(ids)
    records = {view.id: _digest(view) for view in store.find(kind) if view.id in wanted} if ids else {}
    made = Import(
        id=str(new_id(at_ms)),
        at_ms=at_ms,
        by=store.me.person,
        kind=kind,
        records=records,
        stamp=store.progress().stamp or "",
        book=book,
        why=why,
        changed={record: dict(fields) for record, fields in changed.items()},
    )
    store.imports.keep(made)
    return made.id


def revert_import(store: LocalStore, import_id: str) -> Reverted:
    """Take back one import, in one commit; twice is harmless. NotFound if this device has made none of that id."""
    made = store.imports.get(import_id.lower())
    if made is None:
        raise NotFound("not_found", field="id")
    check_write(made.kind, {}, store.me.role, op="delete" if made.records else "set")
    there = [view for view in store.find(made.kind) if view.id in made.records]
    visited = {view.fields.get("customer_id") for view in store.find("visit", deleted=True)}
    untouched = [view for view in there if view.id not in visited and _digest(view) == made.records[view.id]]
    back = SetBack() if made.reverted_ms else setting_back(store, made)
    removed = {view.id: None for view in untouched}
    with store.together.transaction():
        deletions = [[Edit("delete", made.kind, view.id, {})] for view in untouched]
        if deletions or back.edits:
            store.keep_each(with_stages_each(store, [*deletions, *back.edits]))
        if made.book:
            let_in_again(store, made, back.done, set(removed))
        store.imports.keep(made.model_copy(update={"reverted_ms": store.now_ms()}))
    stay = tuple(view.id for view in there if view.id not in removed)
    return Reverted(tuple(removed), stay, len(back.done), tuple(back.stay))


def imports_here(store: LocalStore, why: str = "") -> list[dict[str, JsonValue]]:
    """Every import of this device, oldest first; or what else may be taken back, whose `why` begins so."""
    return [
        {
            "id": each.id,
            "at": instant(each.at_ms),
            "by": each.by,
            "kind": each.kind,
            "records": len(each.records),
            "cells": each.cells,
            **({"why": each.why} if why else {}),
            "reverted": bool(each.reverted_ms),
        }
        for each in store.imports.all()
        if (each.why.startswith(why) if why else not each.why)
    ]


def _digest(view: View) -> str:
    """Of what people say of it; what the server works out may move by itself."""
    declared = fields_of(kind_named(view.kind))
    of_server = {name for name, spec in declared.items() if spec.asked.writer == "server"}
    known = declared.keys() - of_server
    of_people = {name: value for name, value in view.fields.items() if name in known or is_custom(name)}
    return hashlib.sha256(json.dumps(of_people, sort_keys=True).encode()).hexdigest()[:16]
