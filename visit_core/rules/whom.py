"""Which customer a cell means: by their number with us, a phone number, or a name that only one of them has."""

from collections.abc import Iterable, Iterator

from visit_core import phones
from visit_core.errors import NotValid
from visit_core.fields import Fields
from visit_core.ids import is_id
from visit_core.words import one_line

HELD_IN_MIND = ("code", "mobile", "landline", "name")
"""The fields by which a customer is named."""


class Whom:
    """All customers, by everything that names them."""

    def __init__(self, customers: Iterable[tuple[str, Fields]]) -> None:
        """`customers` are ids with fields."""
        self._ids: set[str] = set()
        self._named: dict[str, set[str]] = {}
        for record, fields in customers:
            self._ids.add(record)
            for word in _words(fields):
                self._named.setdefault(word, set()).add(record)

    def meant(self, cell: str) -> str:
        """The id of the one customer; NotValid where nobody is called so, or several are."""
        text = one_line(cell)
        if is_id(text.lower()) and text.lower() in self._ids:
            return text.lower()
        found = next((self._named[word] for word in _ways(text) if word in self._named), set())
        if len(found) != 1:
            raise NotValid("whom_several" if found else "whom_unknown", said=text)
        return next(iter(found))


def _words(fields: Fields) -> Iterator[str]:
    said = {name: str(fields.get(name) or "") for name in HELD_IN_MIND}
    yield from (said[name].casefold() for name in ("code", "name") if said[name])
    yield from (_plain(phones.digits(said[name])) for name in ("mobile", "landline") if said[name])


def _ways(text: str) -> Iterator[str]:
    """As it stands, and as the number that it may be."""
    yield text.casefold()
    try:
        yield phones.digits(phones.mobile(text))
    except NotValid:
        yield _plain(text)


def _plain(number: str) -> str:
    return "".join(each for each in number if each.isalnum())
