"""The sentences a person reads, by key, in both languages."""

import json
from functools import cache
from importlib import resources
from typing import get_args

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


class _Facts(dict[str, str | int]):
    """A fact that an older or newer side left out leaves a gap, never a crash."""

    def __missing__(self, name: str) -> str:
        return "…"
