"""How the scripted device speaks: JSON in UTF-8, and errors with a sentence for a person."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, TextIO

from field_app.actions.importing import Refusal, TableRefused
from visit_core.errors import NotValid, VisitError
from visit_core.explain import explain, sentence
from visit_core.picklists import Language

TOLD_FACTS = frozenset({"why", "row", "wait_s"})
"""What an error tells beside its sentence."""

Printed = dict[str, Any]


def print_json(printed: Mapping[str, Any], out: TextIO, *, indent: int | None = 2) -> None:
    """One JSON object in UTF-8; what UTF-8 cannot say is escaped."""
    text = json.dumps(printed, ensure_ascii=False, indent=indent)
    safe = "".join(f"\\u{ord(char):04x}" if "\ud800" <= char <= "\udfff" else char for char in text)
    out.write(safe + "\n")
    out.flush()


def told(error: VisitError, lang: Language, kind: str | None) -> Printed:
    """An error as it is printed; `kind` lets a field be called by its label."""
    said: Printed = {
        "code": error.code,
        "field": error.field if isinstance(error, NotValid) else error.facts.get("field"),
        "message": explain(error, lang, kind=kind),
        **{name: fact for name, fact in error.facts.items() if name in TOLD_FACTS},
    }
    if isinstance(error, TableRefused):
        said["rows"] = told_cells(error.refusals, lang, kind)
    return {"error": said}


def told_cells(refusals: Sequence[Refusal], lang: Language, kind: str | None) -> list[Printed]:
    """Which cells of a file could not be read, and why."""
    return [
        {"row": cell.row, "column": cell.column, "message": explain(cell.why, lang, kind=kind)} for cell in refusals
    ]


def told_defect(lang: Language) -> Printed:
    """A defect of ours, which tells nothing of a person."""
    return {"error": {"code": "unexpected", "field": None, "message": sentence("error.unexpected", lang)}}
