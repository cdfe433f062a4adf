"""Which rows of a file a team has already: those that a record says which was made with just these words.

What was added to such a record later is no difference, so a file that comes again is known again. A record that was
made with more words than a row has may be of another occasion: that row is not known, only alike.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from pydantic import JsonValue

from sync_server.kept import StoredRecord
from visit_core.columns import WHOSE
from visit_core.fields import Fields, FieldSpec, Specs, parted
from visit_core.merge import is_gone
from visit_core.registers import fold

Names = tuple[str, ...]


class Already:
    """The records of one kind; each answers for one row."""

    def __init__(self, records: Iterable[StoredRecord], specs: Specs, gone: Mapping[str, str]) -> None:
        there = [record for record in records if not is_gone(record.cells)]
        self._records = [(_fields(record, gone), frozenset(_made_with(record, specs))) for record in there]
        self._left: dict[Names, tuple[Counter[str], Counter[str]]] = {}

    def has(self, said: Fields) -> bool:
        """Whether a record more says this, and was made with no other words."""
        just, _ = self._counted(said)
        return _took_one(just, said)

    def has_more_of(self, said: Fields) -> bool:
        """Whether a record more says this, and was made with other words, too."""
        _, further = self._counted(said)
        return _took_one(further, said)

    def _counted(self, said: Fields) -> tuple[Counter[str], Counter[str]]:
        names = tuple(sorted(said))
        if names not in self._left:
            just, further = Counter[str](), Counter[str]()
            for fields, made_with in self._records:
                (just if made_with <= set(names) else further)[_told(fields, names)] += 1
            self._left[names] = just, further
        return self._left[names]


def _took_one(left: Counter[str], said: Fields) -> bool:
    told = _told(said, tuple(sorted(said)))
    left[told] -= 1
    return left[told] >= 0


def _told(fields: Fields, names: Names) -> str:
    return repr([fields.get(name) for name in names])


def _fields(record: StoredRecord, gone: Mapping[str, str]) -> dict[str, JsonValue]:
    """What it says now; of a customer who was merged, whoever is left."""
    fields = fold(record.kind, {name: cell.value for name, cell in record.cells.items()})
    whose = fields.get(WHOSE)
    return {**fields, WHOSE: gone.get(str(whose), whose)} if whose else fields


def _made_with(record: StoredRecord, specs: Specs) -> Iterator[str]:
    """The fields that somebody filled in when it was made."""
    made = min((cell.at for cell in record.cells.values()), default="")
    for register, cell in record.cells.items():
        spec = specs.get(parted(register)[0])
        if spec and cell.at == made and _is_somebodys(spec, cell.value):
            yield spec.name


def _is_somebodys(spec: FieldSpec, value: JsonValue) -> bool:
    is_filled = value not in (None, "", [], spec.default)
    return is_filled and spec.control != "hidden" and not spec.asked.usual and spec.asked.writer != "server"
