"""A workbook that people edit in Excel and bring back: it remembers whose each row is and what each cell said."""

from pathlib import Path

from field_app.actions.declared import custom_here
from field_app.actions.exporting import Going, Wish, seen_off, shown_rows
from field_app.actions.heeding import Heed, heeded, unheeded
from field_app.actions.importing import keep_file
from field_app.lent_books import BaseRow, BookBase
from field_app.local_store import LocalStore
from visit_core.cell_files import write_lent_sheet
from visit_core.errors import NotValid
from visit_core.ids import new_id
from visit_core.kinds import kind_named
from visit_core.sentences import sentence
from visit_core.tables import exchanged


def lend_table(store: LocalStore, kind_name: str, file: Path, wish: Wish) -> int:
    """Write records of a kind that are not in the bin to a workbook that is to come back; give how many.

    What stands masked in it is masked in its base, too; an export in full is written down like any other.
    """
    if file.suffix.lower() != ".xlsx":
        raise NotValid("book_kept_xlsx", field="file")
    going = lent_table(store, kind_name, wish)
    keep_file(file, going.content)
    return going.records


def lent_table(store: LocalStore, kind_name: str, wish: Wish, heed: Heed = unheeded) -> Going:
    """The same, and nothing is written but the log."""
    header, *rows = shown_rows(store, kind_name, wish)
    remembered = store.lent.sealed(_base(store, kind_name, header, rows))
    shown = [sentence("table.lent_id", wish.lang), *header[1:]]
    content = write_lent_sheet(shown, heeded(rows, heed), remembered)
    return seen_off(store, Going(kind_name, len(rows), content), wish)


def _base(store: LocalStore, kind_name: str, header: list[str], rows: list[list[str]]) -> BookBase:
    specs = exchanged(kind_named(kind_name), custom_here(store, kind_name))
    seen = store.numbers(kind_name)
    return BookBase(
        id=str(new_id(store.now_ms())),
        kind=kind_name,
        device=store.me.device,
        team=store.me.team,
        stamp=store.progress().stamp or "",
        columns={heading: spec.name for heading, spec in zip(header[1:], specs, strict=True)},
        rows={row[0]: BaseRow(seen=seen.get(row[0], 0), cells=tuple(row[1:])) for row in rows},
    )
