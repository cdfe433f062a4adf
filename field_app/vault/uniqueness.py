"""The promise of a unique index, kept at the moment of a commit."""

from field_app.vault.draft import Draft, TableDraft
from field_app.vault.engine import Engine
from field_app.vault.indexes import Index, Path, value_at
from field_app.vault.layers import Layers
from field_app.vault.ops import decode
from visit_core.errors import NotValid


def check_unique(engine: Engine, draft: Draft) -> None:
    """NotValid names the field in which two documents would have the same text."""
    for name, table in draft.tables.items():
        for index in engine.indexes_of(name):
            if index.is_unique and index.equal and table.rows:
                _check(engine, engine.layers_of(name), table, index, index.equal)


def _check(engine: Engine, layers: Layers, draft: TableDraft, index: Index, path: Path) -> None:
    key_by_value: dict[str, str] = {}
    for key, row in draft.rows.items():
        value = value_at(decode(row), path)
        if not isinstance(value, str):
            continue
        if key_by_value.setdefault(value, key) != key or _is_taken(engine, layers, draft, index, value):
            raise NotValid("not_unique", field=".".join(path))


def _is_taken(engine: Engine, layers: Layers, draft: TableDraft, index: Index, value: str) -> bool:
    """Whether a committed document that this transaction leaves alone has that value."""
    if draft.hides_older or not index.equal:
        return False
    entry = index.entry_of(value)
    rows = layers.candidates(index, entry, entry, engine.document)
    others = (row for row in rows if row.key not in draft.gone and row.key not in draft.rows)
    return any(value_at(engine.document(row), index.equal) == value for row in others)
