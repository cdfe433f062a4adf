"""What a customer is told before a consent: one text a purpose, with its version and its fingerprint.

A text that changes gets the next version here, and every consent to the former one is to be asked for anew.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from visit_core.picklists import CONSENT_PURPOSE, Language
from visit_core.sentences import LANGUAGES, sentence

VERSION_BY_PURPOSE: Mapping[str, int] = {choice.code: 1 for choice in CONSENT_PURPOSE.choices}


@dataclass(frozen=True, slots=True)
class Notice:
    """One version of one text."""

    id: str
    version: int
    hash: str  # SHA-256 of the text in all languages

    def text(self, lang: Language) -> str:
        """What is shown and read out."""
        return sentence(f"consent.{self.id}", lang)


def notice(purpose: str) -> Notice | None:
    """The present text of a purpose; None for a purpose that only a newer version knows."""
    version = VERSION_BY_PURPOSE.get(purpose)
    if version is None:
        return None
    said = "\n".join(sentence(f"consent.notice.{purpose}", lang) for lang in LANGUAGES)
    return Notice(f"notice.{purpose}", version, hashlib.sha256(said.encode("utf-8")).hexdigest())
