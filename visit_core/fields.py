"""How a record kind is declared: one pydantic class, and for each field how it is asked, listed and merged.

    class Followup(Record):
        '''Something promised to a customer.'''

        kind_name = "followup"
        title: Annotated[str | None, Line(100), Asked("事项", "To do", must=EVERY)] = None

Forms, lists, tables, checks on both sides and the merge all read this declaration.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Annotated, Any, ClassVar, Literal, get_args

from pydantic import BaseModel, ConfigDict, JsonValue

from visit_core.errors import NotValid
from visit_core.merge import Rule
from visit_core.picklists import TEMPLATES, Language
from visit_core.shapes import Control, Entries, Moment, OneOfOrOwn, Reference, SetOf, Shape, Whole

Section = Literal["basic", "behaviour", "contact", "leads", "remarks"]
SECTIONS: Mapping[str, Section] = {section: section for section in get_args(Section)}
Template = Literal["standard", "quick"]
Templates = frozenset[str]
Writer = Literal["anyone", "supervisor", "server"]
Mask = Literal["phone", "email", "name", "address", "secret"]
Usual = Literal["me", "now", "today", "device", "code", "number", "last"]
Place = Literal["team", "form", "watched"]
Fields = Mapping[str, JsonValue]

NEVER: Templates = frozenset()
STANDARD: Templates = frozenset({"standard"})
QUICK: Templates = frozenset({"quick"})
EVERY: Templates = frozenset({"standard", "quick"})

IN_THE_FIELD = frozenset({"rep", "supervisor"})
AT_THE_DESK = frozenset({"admin"})
ALL_WHO_WRITE = IN_THE_FIELD | AT_THE_DESK


CUSTOM = "custom"
"""Before the dot of a field that an organisation added: `custom.shoe_size`."""


@dataclass(frozen=True, slots=True)
class Condition:
    """Another field must be so for this one to be asked: `op` is, is_not, has, filled."""

    field: str
    op: str
    value: str

    def holds(self, fields: Fields) -> bool:
        """Whether it is so."""
        said = fields.get(self.field, fields.get(f"{CUSTOM}.{self.field}"))
        match self.op:
            case "is":
                return _plain(said) == self.value
            case "is_not":
                return _plain(said) != self.value
            case "has":
                return self.value in (said if isinstance(said, list) else str(said or ""))
        return said not in (None, "", [])


@dataclass(frozen=True, slots=True)
class Reasoned:
    """What overrides a rule or ends something needs a reason: while `when` holds, `field` must say why."""

    when: Condition
    field: str

    def lacks(self, fields: Fields) -> bool:
        """Whether the reason is wanted and not there."""
        return self.when.holds(fields) and fields.get(self.field) in (None, "", [])


def _plain(value: JsonValue) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


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
    writer: Writer = "anyone"  # of those who write the kind at all
    usual: Usual | None = None  # what a new record has unless something else is said: who, when, where
    sensitive: bool = False  # asks for a consent of its own
    shown_if: Condition | None = None  # asked for only then

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
            raise refused.at(self.name).called(self.asked.zh, self.asked.en) from None


Specs = Mapping[str, FieldSpec]
"""Fields by name."""

NO_CUSTOM: Specs = {}
"""Where an organisation has added no fields of its own."""


class Record(BaseModel):
    """What every kind has. `created_…`, `updated_…` and `team_id` are told by the server, not set.

    A field whose name is a word of Python is declared with a `_` behind it.
    """

    model_config = ConfigDict(extra="allow")

    kind_name: ClassVar[str]
    zh: ClassVar[str]
    en: ClassVar[str]
    saved_incomplete: ClassVar[bool] = False
    """Whether a record may be kept while a field it must have is still absent (待完善)."""
    filled_in: ClassVar[bool] = False
    """Whether people fill in a form for each: an organisation may ask for more in it, a sheet offers it where it is
    about a customer, and a file may bring it in."""
    listed: ClassVar[tuple[str, ...]] = ()
    """The fields that name a record in a list, in order."""
    written_by: ClassVar[frozenset[str]] = IN_THE_FIELD
    """The roles that make and correct such records."""
    made_by_server: ClassVar[bool] = False
    """Whether people neither make nor remove such records."""
    append_only: ClassVar[bool] = False
    """Whether a record stays as it was made: what follows is told by another one."""
    lies_in: ClassVar[Place] = "team"
    """Whose records they are: the team's, the forms of the team (for its admins, too), one person's that the
    supervisors watch."""
    once_for: ClassVar[tuple[str, ...]] = ()
    """Fields of which no two records say the same."""
    reasoned: ClassVar[tuple[Reasoned, ...]] = ()
    """What needs a reason; the server asks for it, too."""
    worked_out: ClassVar[Mapping[str, tuple[str, str]]] = {}
    """What is shown with a record and never kept, by name, with what people call it."""

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
    def follows(cls, before: Fields, given: Fields, moment: Moment) -> dict[str, JsonValue]:
        """What else is set when these fields are, in a record that was `before`; nothing was in a new one."""
        return {}

    @classmethod
    def flaws(cls, fields: Fields) -> Iterator[NotValid]:
        """Rules between fields that the record breaks, beside what each field says for itself."""
        yield from (NotValid("required", field=each.field) for each in cls.reasoned if each.lacks(fields))

    @classmethod
    def flaws_on(cls, fields: Fields, today: date) -> Iterator[NotValid]:
        """Rules that the record breaks only because it is that day."""
        return iter(())


class Entered(Record):
    """What every kind has that people fill a form for: whose it is, and by which template it was asked for."""

    owner_id: Annotated[
        str | None, Reference("person"), Asked("经办人", "Recorded by", control="hidden", usual="me")
    ] = None
    template_id: Annotated[str | None, OneOfOrOwn(TEMPLATES), Asked("模板", "Template", control="hidden")] = "quick"
    template_version: Annotated[
        int | None, Whole(1, 100_000), Asked("模板版本", "Template version", control="hidden")
    ] = None


@cache
def fields_of(kind: type[Record]) -> Mapping[str, FieldSpec]:
    """The declared fields of a kind by name, in the order of the declaration; what every form has comes last."""
    specs = [_spec(name.rstrip("_"), info.metadata, info.default) for name, info in kind.model_fields.items()]
    specs.sort(key=lambda spec: spec.name in Entered.model_fields)
    return {spec.name: spec for spec in specs}


def parted(register: str) -> tuple[str, str]:
    """The field that a register belongs to, and its member there; an organisation's own field has a dot itself."""
    name, _, rest = register.partition(".")
    if name != CUSTOM:
        return name, rest
    key, _, member = rest.partition(".")
    return f"{name}.{key}", member


def _spec(name: str, metadata: list[Any], default: JsonValue) -> FieldSpec:
    asked = next(part for part in metadata if isinstance(part, Asked))
    shape: Shape = next(part for part in metadata if hasattr(part, "read"))
    return FieldSpec(name, asked, shape, default)
