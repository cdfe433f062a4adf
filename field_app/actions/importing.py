"""Records from a table: looked at first, then kept in one commit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import JsonValue

from field_app.actions.customer_numbers import Numbers
from field_app.actions.declared import custom_here
from field_app.actions.doubles import Double, doubles_in
from field_app.actions.edits import creation
from field_app.actions.heeding import Heed, told_each, unheeded
from field_app.actions.in_mind import in_mind
from field_app.actions.reverting import note_import
from field_app.actions.stages import with_stages_each
from field_app.actions.wanted_places import refuse_unasked_place
from field_app.local_store import Edit, LocalStore
from field_app.vault.files import Disk, replace_file
from visit_core.cell_files import write_rows
from visit_core.columns import WHOSE, headings_of
from visit_core.errors import Failed, NotFound, NotValid, TooLarge
from visit_core.explain import explain
from visit_core.fields import Record, fields_of
from visit_core.kinds import kind_named
from visit_core.locking import unlocked
from visit_core.merge import DELETED
from visit_core.picklists import Language
from visit_core.rules.whom import Whom
from visit_core.sentences import sentence
from visit_core.tables import RowRead, Table, read_table, records_from

MAX_FILE_BYTES = 50_000_000
PREVIEWED = 5

File = Path | bytes
"""Where a file lies, or what is in it where a person handed over no more than that."""


@dataclass(frozen=True, slots=True)
class Asked:
    """How a file is to be read: `columns` says of headings which field they are, "" to leave one out."""

    kind: str = "customer"
    sheet: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    skip_doubles: bool = False
    all_or_none: bool = False
    dry_run: bool = False
    password: str = field(default="", repr=False)  # opens a workbook that is locked


@dataclass(frozen=True, slots=True)
class Refusal:
    """One cell, or one row, that cannot be read."""

    row: int
    column: str | None
    why: NotValid


class TableRefused(NotValid):
    """The file as a whole is refused; `refusals` says every row and column that must be mended."""

    def __init__(self, refusals: Sequence[Refusal]) -> None:
        first = refusals[0]
        super().__init__(first.why.why, field=first.why.field, **{**first.why.about, "row": first.row})
        self.refusals = refusals


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import made, or would make, and what of the file it could not read."""

    rows: int
    ids: tuple[str, ...]
    refusals: tuple[Refusal, ...]
    columns: Mapping[str, str]  # the field of each heading, "" where none is
    doubles: tuple[Double, ...]  # rows that name somebody a second time
    import_id: str  # by which it can be taken back; empty if nothing was kept
    preview: tuple[Mapping[str, JsonValue], ...]  # the first rows as they were read


def import_table(store: LocalStore, file: File, asked: Asked, heed: Heed = unheeded) -> Imported:
    """Keep every good row as a new record, all in one commit; with `dry_run` only look.

    TableRefused where no row is good, and with `all_or_none` where any is not.
    """
    kind = kind_named(asked.kind)
    table = _table(store, kind, file, asked)
    whom = _whom(store) if WHOSE in fields_of(kind) else None
    rows = list(records_from(table, kind, store.moment(), custom_here(store, asked.kind), whom=whom))
    doubles = doubles_in(store, rows) if asked.kind == "customer" else ()
    passed_over = {double.row for double in doubles} if asked.skip_doubles else set()
    wanted = [row for row in rows if row.row not in passed_over]
    edits, refusals = creations(store, asked.kind, wanted, headings=heading_by_field(table), heed=heed)
    if refusals and not asked.dry_run and (asked.all_or_none or not edits):
        raise TableRefused(refusals)
    ids = () if asked.dry_run else tuple(edit.id for edit in edits)
    import_id = _kept(store, asked, edits) if ids else ""
    preview = tuple(row.fields for row in rows[:PREVIEWED])
    return Imported(len(rows), ids, tuple(refusals), _named(table), doubles, import_id, preview)


def _whom(store: LocalStore) -> Whom:
    """The customers here; what names one who was merged means whoever is left."""
    known = (view for view in in_mind(store, "customer", deleted=True) if view.fields.get(DELETED) is not True)
    return Whom((store.survivors.of(view.id), view.fields) for view in known)


def columns_in(store: LocalStore, file: File, asked: Asked) -> dict[str, str]:
    """The field of each heading, "" where none is, also of a table in which no row could be understood."""
    return _named(_table(store, kind_named(asked.kind), file, asked))


def _named(table: Table) -> dict[str, str]:
    return {heading: table.columns.get(place, "") for place, heading in enumerate(table.header) if heading}


def _kept(store: LocalStore, asked: Asked, edits: Sequence[Edit]) -> str:
    with store.together.transaction():
        store.keep_each(with_stages_each(store, [[edit] for edit in edits]))
        store.headings.remember(asked.kind, asked.columns)
        return note_import(store, asked.kind, tuple(edit.id for edit in edits))


def told_refusals(refusals: Sequence[Refusal], kind: str, lang: Language) -> bytes:
    """A CSV file that says of every cell that must be mended its row, its column and why."""
    header = [sentence(f"table.{word}", lang) for word in ("row", "column", "why")]
    told = ([str(cell.row), cell.column or "", explain(cell.why, lang, kind=kind)] for cell in refusals)
    return write_rows(header, told)


def write_refusals(refusals: Sequence[Refusal], kind: str, file: Path, lang: Language) -> None:
    """The same as a file."""
    keep_file(file, told_refusals(refusals, kind, lang))


def keep_file(file: Path, content: bytes) -> None:
    """Write it in one step; NotFound where that cannot be."""
    try:
        replace_file(file, content, Disk())
    except Failed as refusal:
        raise NotFound("file_unwritable", field="file") from refusal


def _table(store: LocalStore, kind: type[Record], file: File, asked: Asked) -> Table:
    specs = {**fields_of(kind), **custom_here(store, asked.kind)}
    for name in asked.columns.values():
        if name and name not in specs:
            raise NotValid("unknown_field", field=name, name=name)
    said = {**store.headings.of(asked.kind), **asked.columns}
    return read_table(content_of(file, asked.password), headings_of(specs, said), asked.sheet)


def creations(
    store: LocalStore, kind_name: str, rows: Sequence[RowRead], *, headings: Mapping[str, str], heed: Heed = unheeded
) -> tuple[list[Edit], list[Refusal]]:
    """A new record for each good row, and why the others are none; `headings` has the column of each field."""
    edits: list[Edit] = []
    refusals: list[Refusal] = []
    numbers = Numbers(store, kind_name, rows)
    for done, row in enumerate(rows, start=1):
        told_each(heed, done, len(rows))
        refusals += [Refusal(row.row, column, why) for column, why in row.refused]
        if row.refused:
            continue
        try:
            refuse_unasked_place(store, kind_name, "", row.fields)
            numbers.use(row)
            edits.append(creation(store, kind_name, row.fields))
        except NotValid as why:
            refusals.append(Refusal(row.row, headings.get(why.field or "", why.field), why))
    return edits, refusals


def heading_by_field(table: Table) -> dict[str, str]:
    """What the column of each field is called."""
    return {name: table.header[place] for place, name in table.columns.items()}


def content_of(file: File, password: str = "") -> bytes:
    """What the file holds; NotFound where it cannot be read, TooLarge where nobody should, NotValid for a password."""
    content = file if isinstance(file, bytes) else _read(file)
    if len(content) > MAX_FILE_BYTES:
        raise TooLarge("too_large", field="file", limit=MAX_FILE_BYTES)
    return unlocked(content, password) if password else content


def _read(file: Path) -> bytes:
    try:
        if file.stat().st_size > MAX_FILE_BYTES:
            raise TooLarge("too_large", field="file", limit=MAX_FILE_BYTES)
        return file.read_bytes()
    except (OSError, ValueError) as refusal:
        raise NotFound("file_unreadable", field="file") from refusal
