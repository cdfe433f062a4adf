"""A workbook that comes back: cells that differ from their base become edits of what the workbook showed.

Somebody else's value that came in between is overruled or stands by the ordinary merge, with its conflict; one that
this device itself set meanwhile stays. Nothing is ever removed for want of a row, a column or the workbook's memory.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from field_app.actions.book_changes import CellChange, Changes, changes_in
from field_app.actions.book_rows import Book, read_book
from field_app.actions.declared import custom_here
from field_app.actions.doubles import Double, doubles_in
from field_app.actions.heeding import Heed, unheeded
from field_app.actions.importing import Asked, File, Refusal, TableRefused, content_of, creations, heading_by_field
from field_app.actions.reverting import note_import
from field_app.actions.stages import with_stages_each
from field_app.exchanges import Cells, ChangedField
from field_app.lent_books import LentBook, Taken
from field_app.local_store import Edit, LocalStore
from visit_core.fields import Fields
from visit_core.kinds import kind_named
from visit_core.registers import group_of
from visit_core.tables import RowRead, records_from
from visit_core.workbooks import remembered_in

Seen = Mapping[str, Fields]
"""The fields of records, by their ids."""


@dataclass(frozen=True, slots=True)
class BookTaken:
    """What a workbook that came back changed, or would change, and what of it was not taken."""

    kind: str
    rows: int
    changes: tuple[CellChange, ...]
    ids: tuple[str, ...]  # new records
    refusals: tuple[Refusal, ...]
    doubles: tuple[Double, ...]
    import_id: str  # by which it can be taken back; empty if nothing was kept
    gone: tuple[str, ...]  # records whose rows are not there any more; they stay as they are
    columns_gone: tuple[str, ...]
    fresh: int  # records that rows of its own make, or would make


def take_book(store: LocalStore, file: File, asked: Asked, heed: Heed = unheeded) -> BookTaken | None:
    """Take in what was changed, all in one commit; None where the file is no workbook that was lent out.

    NotValid where its base is another device's or was altered; TableRefused with `all_or_none` for one bad cell.
    """
    content = content_of(file, asked.password)
    remembered = remembered_in(content)
    if remembered is None:
        return None
    base = store.lent.opened(remembered, store.me.device, store.me.team)
    book = read_book(content, base, asked.columns, asked.sheet)
    lent = store.lent.get(base.id)
    changes = changes_in(store, book, lent, heed)
    fresh = _fresh(store, book, lent, asked)
    refusals = _in_order(book, changes.refusals, fresh.refusals)
    if refusals and asked.all_or_none and not asked.dry_run:
        raise TableRefused(refusals)
    ids = () if asked.dry_run else tuple(edit.id for edit in fresh.edits)
    import_id = "" if asked.dry_run else _kept(store, book, changes, fresh)
    return BookTaken(
        kind=base.kind,
        rows=len(book.table.rows),
        changes=changes.told,
        ids=ids,
        refusals=refusals,
        doubles=fresh.doubles,
        import_id=import_id,
        gone=book.gone,
        columns_gone=book.columns_gone,
        fresh=len(fresh.edits),
    )


@dataclass(frozen=True, slots=True)
class _Fresh:
    """Rows of the workbook's own making, as new records; each with the mark by which it is known again."""

    edits: Sequence[Edit]
    marks: Sequence[str]
    refusals: Sequence[Refusal]
    doubles: tuple[Double, ...]


def _fresh(store: LocalStore, book: Book, lent: LentBook, asked: Asked) -> _Fresh:
    if not book.fresh.rows:
        return _Fresh((), (), (), ())
    kind = book.base.kind
    custom = custom_here(store, kind)
    rows = list(records_from(book.fresh, kind_named(kind), store.moment(), custom))
    mark_by_row = _marks(rows)
    unknown = [row for row in rows if mark_by_row[row.row] not in lent.made]
    doubles = doubles_in(store, unknown) if kind == "customer" else ()
    passed_over = {double.row for double in doubles} if asked.skip_doubles else set()
    wanted = [row for row in unknown if row.row not in passed_over]
    edits, refusals = creations(store, kind, wanted, headings=heading_by_field(book.fresh))
    bad = {refusal.row for refusal in refusals}
    marks = [mark_by_row[row.row] for row in wanted if row.row not in bad]
    return _Fresh(edits, marks, refusals, doubles)


def _marks(rows: Sequence[RowRead]) -> dict[int, str]:
    """What a new row says, and the how-manieth of those that say so it is."""
    often: Counter[str] = Counter()
    marks = {}
    for row in rows:
        said = hashlib.sha256(json.dumps(row.fields, sort_keys=True).encode()).hexdigest()[:16]
        often[said] += 1
        marks[row.row] = f"{said}.{often[said]}"
    return marks


def _in_order(book: Book, *found: Sequence[Refusal]) -> tuple[Refusal, ...]:
    unclear = [Refusal(row, book.id_heading, why) for row, why in book.refused]
    return tuple(sorted((*unclear, *(each for some in found for each in some)), key=lambda each: each.row))


def _kept(store: LocalStore, book: Book, changes: Changes, fresh: _Fresh) -> str:
    done = [*changes.edits, *([edit] for edit in fresh.edits)]
    if not done:
        return ""
    made, kind = tuple(edit.id for edit in fresh.edits), book.base.kind
    before = _shown(store, kind, changes)
    with store.together.transaction():
        store.keep(*chain.from_iterable(with_stages_each(store, done)))
        store.lent.keep(_with(store.lent.get(book.base.id), changes, fresh, store.progress().stamp or ""))
        changed = _changed(book, changes.told, before, _shown(store, kind, changes))
        return note_import(store, kind, made, book=book.base.id, changed=changed)


def _shown(store: LocalStore, kind: str, changes: Changes) -> Seen:
    """The fields of every record of which a cell changes."""
    views = [store.view(kind, record) for record in dict.fromkeys(change.id for change in changes.told)]
    return {view.id: view.fields for view in views if view}


def _changed(book: Book, told: Sequence[CellChange], before: Seen, after: Seen) -> Cells:
    """Every field that a cell changed, and those that belong to it."""
    was = {(change.id, change.field): change.was for change in told}
    changed: dict[str, dict[str, ChangedField]] = {}
    for record, name in was:
        for each in group_of(book.base.kind, name):
            stood, stands = before[record].get(each), after[record].get(each)
            told_of = changed.setdefault(record, {})
            told_of[each] = ChangedField(before=stood, after=stands, was=was.get((record, each)))
    return changed


def _with(lent: LentBook, changes: Changes, fresh: _Fresh, stamp: str) -> LentBook:
    cells = {record: dict(taken) for record, taken in lent.cells.items()}
    for change in changes.told:
        cells.setdefault(change.id, {})[change.field] = Taken(text=change.says, stamp=stamp)
    made = lent.made | {mark: edit.id for mark, edit in zip(fresh.marks, fresh.edits, strict=True)}
    return lent.model_copy(update={"cells": cells, "made": made})
