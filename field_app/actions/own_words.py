"""What an organisation's own fields add to the words that a search finds a customer by."""

from collections.abc import Iterator

from visit_core.cell_words import cell_words
from visit_core.custom import is_custom
from visit_core.fields import Fields, FieldSpec, Specs
from visit_core.picklists import Language
from visit_core.shapes import OneOf, SetOf, Whole, YesNo

_LANGUAGES: tuple[Language, ...] = ("zh", "en")


def own_words(specs: Specs, fields: Fields) -> Iterator[str]:
    """What stands in them, as people read it; nothing that is masked or sensitive, and no mere yes or mark."""
    for spec in specs.values():
        value = fields.get(spec.name)
        if value not in (None, "", []) and is_custom(spec.name) and _is_searched(spec):
            yield from dict.fromkeys(cell_words(spec.shape, value, lang) for lang in _languages(spec))


def own_words_in(lang: Language, specs: Specs, fields: Fields) -> Iterator[str]:
    """The same in one language."""
    for spec in specs.values():
        value = fields.get(spec.name)
        if value not in (None, "", []) and is_custom(spec.name) and _is_searched(spec):
            yield cell_words(spec.shape, value, lang)


def _is_searched(spec: FieldSpec) -> bool:
    is_mark = isinstance(spec.shape, YesNo) or (isinstance(spec.shape, Whole) and spec.control == "stars")
    return not (is_mark or spec.asked.masked or spec.asked.sensitive)


def _languages(spec: FieldSpec) -> tuple[Language, ...]:
    """What is chosen from a list has a name in each language."""
    shape = spec.shape.member if isinstance(spec.shape, SetOf) else spec.shape
    return _LANGUAGES if isinstance(shape, OneOf) else _LANGUAGES[:1]
