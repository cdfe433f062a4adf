"""From the code of an error, as it travels, back to its class."""

from collections.abc import Iterator, Mapping

from visit_core import errors
from visit_core.errors import Fact, NotValid, Unreachable, VisitError


def _in_the_tree() -> Iterator[type[VisitError]]:
    """The classes of that module alone: one that is made elsewhere never travels, and must not take a code's place."""
    for each in vars(errors).values():
        if isinstance(each, type) and issubclass(each, VisitError):
            yield each


BY_CODE: Mapping[str, type[VisitError]] = {kind.code: kind for kind in _in_the_tree()}


def from_wire(code: str, facts: dict[str, Fact]) -> VisitError:
    """The error that a server answered with; an unknown code is an `Unreachable` that names it."""
    kind = BY_CODE.get(code)
    if kind is None or kind is VisitError:
        return Unreachable(answered=code)
    if issubclass(kind, NotValid):
        rest = {key: value for key, value in facts.items() if key not in ("why", "field")}
        return kind(str(facts.get("why", code)), field=str(facts["field"]) if "field" in facts else None, **rest)
    return kind(**facts)
