"""What a check finds at one customer, and what it may know of all the others."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as usually

from pydantic import JsonValue

from visit_core.errors import NotValid
from visit_core.fields import Fields, Specs
from visit_core.kinds.customer import Customer
from visit_core.rules.twins import By
from visit_core.shapes import Moment

KIND = Customer.kind_name


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to be put right at one field: `why` is said under `cleaning.why.…`, an `error` in its own words.

    Where one way to write it is certain, `better` is the value to set and `says` how it is shown.
    """

    field: str
    why: str = ""
    facts: Mapping[str, str | int] = usually(default_factory=dict)
    error: NotValid | None = None
    said: str = ""
    says: str = ""
    better: JsonValue = None

    @property
    def is_fixable(self) -> bool:
        """Whether it can be put right without asking anybody."""
        return self.better is not None


@dataclass(frozen=True, slots=True)
class Register:
    """What all customers have in common while they are looked through."""

    moment: Moment
    specs: Specs  # the fields that a person may set
    asked_of: Callable[[Fields], Specs]  # what the form of a customer asks for
    grade_of: Callable[[str], str]  # of a customer by id
    alike: Mapping[str, tuple[By, str]]  # by id: the name of another customer who may be the same person, and by what
    kept: Callable[[str], Collection[str]]  # by kind: the ids of its records that are not in the bin


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that is looked for."""

    name: str
    found: Callable[[str, Fields, Register], Iterator[Finding]]  # id and fields of one customer


def respelled(name: str, said: str, better: str) -> Finding:
    """The same value in the form that is the same for everybody."""
    return Finding(name, why="respelled", said=said, says=better, better=better)
