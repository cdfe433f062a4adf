"""Errors put into words that say what happened, what is safe and what to do."""

from visit_core.errors import NotValid, VisitError
from visit_core.fields import fields_of
from visit_core.kinds import known
from visit_core.picklists import Language
from visit_core.sentences import LANGUAGES, sentence, sentences

__all__ = ["LANGUAGES", "explain", "field_label", "sentence", "sentences"]


def explain(error: VisitError, lang: Language, *, kind: str | None = None) -> str:
    """What happened, what is safe, what to do; `kind` lets a field be called by its label."""
    if not isinstance(error, NotValid):
        return sentence(_key(error, lang), lang, **error.facts)
    if error.words:
        return error.words[LANGUAGES.index(lang)]
    label = _label(error, lang, kind) if error.field else ""
    key = f"invalid.{error.why}" if f"invalid.{error.why}" in sentences(lang) else "error.not_valid"
    return sentence(key, lang, **{**error.about, "field": label})


def _key(error: VisitError, lang: Language) -> str:
    """A sentence of its own for why it was refused, where there is one."""
    closer = f"error.{error.code}.{error.facts.get('why')}"
    return closer if closer in sentences(lang) else f"error.{error.code}"


def _label(error: NotValid, lang: Language, kind: str | None) -> str:
    known_as = field_label(kind, str(error.field), lang)
    return error.label[LANGUAGES.index(lang)] if error.label and known_as == error.field else known_as


def field_label(kind: str | None, field: str, lang: Language) -> str:
    """What people call a field of a kind; its own name where no declaration knows it."""
    declared = known(kind) if kind else None
    spec = fields_of(declared).get(field.partition(".")[0]) if declared else None
    return spec.asked.label(lang) if spec else field
