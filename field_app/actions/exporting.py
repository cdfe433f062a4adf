"""Records of this device in a file."""

from pathlib import Path

from pydantic import JsonValue

from field_app.actions.declared import custom_here
from field_app.actions.importing import keep_file
from field_app.local_store import LocalStore
from visit_core.kinds import kind_named
from visit_core.picklists import Language
from visit_core.tables import write_table


def export_table(store: LocalStore, kind_name: str, file: Path, lang: Language) -> int:
    """Write all records of a kind that are not in the bin; give how many."""
    kind = kind_named(kind_name)
    records: list[dict[str, JsonValue]] = [{**view.fields, "id": view.id} for view in store.find(kind_name)]
    keep_file(file, write_table(kind, records, lang, custom_here(store, kind_name)))
    return len(records)
