"""Records of this device in a file: masked, or in full for a reason that is written down."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

from field_app.actions.declared import custom_here
from field_app.actions.disclosing import Disclosure, note
from field_app.actions.heeding import Heed, heeded, unheeded
from field_app.actions.importing import keep_file
from field_app.local_store import LocalStore
from visit_core.cell_files import write_rows, write_sheet
from visit_core.errors import NotValid
from visit_core.fields import fields_of
from visit_core.kinds import kind_named
from visit_core.locking import locked
from visit_core.masks import masked_fields
from visit_core.picklists import Language
from visit_core.tables import table_of


@dataclass(frozen=True, slots=True)
class Wish:
    """How a file is wanted: in full only with a reason; a password locks a workbook; `only` these records."""

    lang: Language = "zh"
    reason: str = ""
    password: str = field(default="", repr=False)
    only: Collection[str] | None = None  # ids; None: all of them


@dataclass(frozen=True, slots=True)
class Going:
    """A table that is about to leave this device."""

    kind: str
    records: int
    content: bytes


def export_table(store: LocalStore, kind_name: str, file: Path, wish: Wish) -> int:
    """Write records of a kind that are not in the bin, as CSV or, by the file's ending, XLSX; give how many.

    An export in full stands in the log of this device before the file does.
    """
    going = written_table(store, kind_name, wish, is_workbook=file.suffix.lower() == ".xlsx")
    keep_file(file, going.content)
    return going.records


def written_table(store: LocalStore, kind_name: str, wish: Wish, *, is_workbook: bool, heed: Heed = unheeded) -> Going:
    """The same, and nothing is written but the log. NotValid for a password where nothing can be locked."""
    if wish.password and not is_workbook:
        raise NotValid("export_password", field="file")
    header, *rows = shown_rows(store, kind_name, wish)
    told = heeded(rows, heed)
    content = write_sheet(chain((header,), told)) if is_workbook else write_rows(header, told)
    return seen_off(store, Going(kind_name, len(rows), content), wish)


def shown_rows(store: LocalStore, kind_name: str, wish: Wish) -> list[list[str]]:
    """The header and a row for each record that is not in the bin, the id first, masked unless there is a reason."""
    kind, custom = kind_named(kind_name), custom_here(store, kind_name)
    specs = {**fields_of(kind), **custom}
    views = [view for view in store.find(kind_name) if wish.only is None or view.id in wish.only]
    records = [{**(view.fields if wish.reason else masked_fields(view.fields, specs)), "id": view.id} for view in views]
    return list(table_of(kind, records, wish.lang, custom))


def seen_off(store: LocalStore, going: Going, wish: Wish) -> Going:
    """The table as it leaves, locked if a password says so; what is in full is written down first."""
    if wish.reason:
        note(store, Disclosure(going.kind, "exported", reason=wish.reason, records=going.records))
    return replace(going, content=locked(going.content, wish.password)) if wish.password else going
