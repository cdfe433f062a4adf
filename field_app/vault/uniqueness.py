"""The promise of a unique index, kept at the moment of a commit."""

from field_app.vault.columns import Row
from field_app.vault.draft import Draft, TableDraft
from field_app.vault.engine import Engine
from field_app.vault.indexes import Index, hash_of, value_at
from field_app.vault.overlay import Overlay
from field_app.vault.taken import Taken
from visit_core.errors import NotValid

Checked = tuple[Taken, list[tuple[bytes, str]], Overlay]
"""A unique index that a commit keeps, and what is to be noted there once it is durable: then nothing need be read."""


def check_unique(engine: Engine, draft: Draft) -> list[Checked]:
    """NotValid names the field in which two documents would have the same text."""
    checked: list[Checked] = []
    for table in draft.tables.values():
        if table.texts:
            overlay = table.layers.overlay
            for number, index in enumerate(table.unique):
                taken = overlay.taken(index, engine.document)
                checked.append((taken, _fresh(engine, table, number, taken), overlay))
    return checked


def _fresh(engine: Engine, draft: TableDraft, number: int, taken: Taken) -> list[tuple[bytes, str]]:
    index = draft.unique[number]
    key_by_text: dict[str, str] = {}
    fresh: list[tuple[bytes, str]] = []
    for key, texts in draft.texts.items():
        text = texts[number]
        if text is None:
            continue
        entry = hash_of(text)
        is_known = taken.by(entry) or draft.layers.may_have(index, entry)
        others = _others(draft, index, entry) if is_known else []
        is_taken = others and any(value_at(engine.document(row), index.equal or ()) == text for row in others)
        if is_taken or key_by_text.setdefault(text, key) != key:
            raise NotValid("not_unique", field=".".join(index.equal or ()))
        fresh.append((entry, key))
    return fresh


def _others(draft: TableDraft, index: Index, entry: bytes) -> list[Row]:
    """Committed documents that this transaction leaves alone and that may have the text of that entry."""
    rows = [] if draft.hides_older else draft.layers.having(index, entry)
    return [row for row in rows if row.key not in draft.gone and row.key not in draft.rows]
