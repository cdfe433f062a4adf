"""How a record kind is declared: one pydantic class, and for each field how it is asked, listed and merged.

    class Followup(Record):
        '''Something promised to a customer.'''

        kind_name = "followup"
        title: Annotated[str | None, Line(100), Asked("事项", "To do", must=EVERY)] = None

Forms, lists, tables, checks on both sides and the merge all read this declaration.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, JsonValue

from visit_core.errors import NotValid
from visit_core.merge import Rule
from visit_core.picklists import Language
from visit_core.shapes import Control, Entries, Moment, SetOf, Shape

Section = Literal["basic", "behaviour", "contact", "leads", "remarks"]
Template = Literal["standard", "quick"]
Templates = frozenset[str]
Writer = Literal["anyone", "supervisor", "server"]
Mask = Literal["phone", "email", "name", "address"]
Fields = Mapping[str, JsonValue]

NEVER: Templates = frozenset()
STANDARD: Templates = frozenset({"standard"})
QUICK: Templates = frozenset({"quick"})
EVERY: Templates = frozenset({"standard", "quick"})


@dataclass(frozen=True, slots=True)
class Asked:
    """What a form, a list, a table and the merge know of a field besides its shape."""

    zh: str
    en: str
    section: Section = "basic"
    must: Templates = NEVER  # without it a record of that template is incomplete
    soft: Templates = NEVER  # counts towards completeness only
    control: Control | None = None  # where the shape's own does not fit
    help_zh: str = ""
    help_en: str = ""
    masked: Mask | None = None
    rule: Rule = "last"
    group: str | None = None  # fields of one group are set together or not at all
    writer: Writer = "anyone"

    def label(self, lang: Language) -> str:
        """What people call the field."""
        return self.zh if lang == "zh" else self.en

    def help(self, lang: Language) -> str:
        """The short advice beside the field; empty if none."""
        return self.help_zh if lang == "zh" else self.help_en


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One declared field of a kind."""

    name: str
    asked: Asked
    shape: Shape
    default: JsonValue

    @property
    def control(self) -> Control:
        """What a form offers for it."""
        return self.asked.control or self.shape.control

    @property
    def has_members(self) -> bool:
        """Whether each member is kept and merged in a register of its own."""
        return isinstance(self.shape, SetOf | Entries)

    def read(self, value: JsonValue, moment: Moment) -> JsonValue:
        """The canonical value, None for nothing; NotValid names this field."""
        if value is None or (isinstance(value, str) and not value.strip()):
            return None
        try:
            return self.shape.read(value, moment)
        except NotValid as refused:
            raise refused.at(self.name) from None


class Record(BaseModel):
    """What every kind has. `created_…`, `updated_…` and `team_id` are told by the server, not set."""

    model_config = ConfigDict(extra="allow")

    kind_name: ClassVar[str]
    zh: ClassVar[str]
    en: ClassVar[str]
    saved_incomplete: ClassVar[bool] = False
    """Whether a record may be kept while a field it must have is still absent (待完善)."""
    listed: ClassVar[tuple[str, ...]] = ()
    """The fields that name a record in a list, in order."""

    @classmethod
    def label(cls, lang: Language) -> str:
        """What people call the kind."""
        return cls.zh if lang == "zh" else cls.en

    @classmethod
    def completed(cls, given: Fields) -> dict[str, JsonValue]:
        """A new record's fields: what was given, and defaults for what was not."""
        defaults = {name: spec.default for name, spec in fields_of(cls).items() if spec.default is not None}
        return {**defaults, **given}

    @classmethod
    def flaws(cls, fields: Fields) -> Iterator[NotValid]:
        """Rules between fields that the record breaks, beside what each field says for itself."""
        return iter(())


@cache
def fields_of(kind: type[Record]) -> Mapping[str, FieldSpec]:
    """The declared fields of a kind by name, in the order of the declaration."""
    specs = (_spec(name, info.metadata, info.default) for name, info in kind.model_fields.items())
    return {spec.name: spec for spec in specs}


def _spec(name: str, metadata: list[Any], default: JsonValue) -> FieldSpec:
    asked = next(part for part in metadata if isinstance(part, Asked))
    shape: Shape = next(part for part in metadata if hasattr(part, "read"))
    return FieldSpec(name, asked, shape, default)
