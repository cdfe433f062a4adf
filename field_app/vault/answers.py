"""The answers to questions asked lately: the ids of documents, never the documents, for as long as nothing is written.

TinyDB's own cache of queries, kept by what a question says instead of by the question itself, which would keep alive
all that it would do to a document.
"""

from contextlib import suppress
from typing import Any, NamedTuple

from tinydb.utils import LRUCache

LONGEST_KEPT = 64  # documents in an answer that is remembered


class Answer(NamedTuple):
    """The ids of the documents that answered, and what the table was like then."""

    state: object
    keys: list[str]


class Answers(LRUCache[Any, Any]):
    """As many answers as the table's `cache_size` allows; the one not asked for the longest makes room."""

    def known(self, question: object) -> Answer | None:
        """The answer to that question, be it out of date."""
        said = _said(question)
        answer: Answer | None = self.cache.get(said)
        if answer is not None:
            with suppress(KeyError):  # a writer beside this reader may have forgotten it since
                self.cache.move_to_end(said)
        return answer

    def keep(self, question: Any, answer: Answer) -> None:
        """Remember that answer, unless TinyDB says that the question may answer differently again."""
        if self.capacity == 0 or not getattr(question, "is_cacheable", _yes)():
            return
        cache = self.cache
        cache[_said(question)] = answer
        if self.capacity is not None and len(cache) > self.capacity:
            try:
                cache.popitem(last=False)
            except KeyError:  # somebody beside has just emptied it
                return

    def __contains__(self, question: object) -> bool:
        return _said(question) in self.cache


def _said(question: object) -> object:
    shape = getattr(question, "_hash", None)
    return question if shape is None else shape


def _yes() -> bool:
    return True
