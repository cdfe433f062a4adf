"""What a person reads: sentences by key, and errors put into words that say what is safe and what to do."""

import json
from functools import cache
from importlib import resources
from typing import get_args

from visit_core.errors import NotValid, VisitError
from visit_core.fields import fields_of
from visit_core.kinds import known
from visit_core.picklists import Language

LANGUAGES: tuple[Language, ...] = get_args(Language)


@cache
def sentences(lang: Language) -> dict[str, str]:
    """All sentences of a language by key."""
    text = resources.files("visit_core.texts").joinpath(f"{lang}.json").read_text("utf-8")
    read: dict[str, str] = json.loads(text)
    return read


def sentence(key: str, lang: Language, **facts: str | int) -> str:
    """The sentence under `key`, with the facts put in. An unknown key is a defect: KeyError."""
    return sentences(lang)[key].format_map(_Facts({"field": "", **facts}))


def explain(error: VisitError, lang: Language, *, kind: str | None = None) -> str:
    """What happened, what is safe, what to do; `kind` lets a field be called by its label."""
    if not isinstance(error, NotValid):
        return sentence(f"error.{error.code}", lang, **error.facts)
    label = field_label(kind, error.field, lang) if error.field else ""
    key = f"invalid.{error.why}" if f"invalid.{error.why}" in sentences(lang) else "error.not_valid"
    return sentence(key, lang, **{**error.about, "field": label})


class _Facts(dict[str, str | int]):
    """A fact that an older or newer side left out leaves a gap, never a crash."""

    def __missing__(self, name: str) -> str:
        return "…"


def field_label(kind: str | None, field: str, lang: Language) -> str:
    """What people call a field of a kind; its own name where no declaration knows it."""
    declared = known(kind) if kind else None
    spec = fields_of(declared).get(field.partition(".")[0]) if declared else None
    return spec.asked.label(lang) if spec else field
