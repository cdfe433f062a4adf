"""Days that are none, are written otherwise, lie ahead where they cannot, or do not fit one another."""

from collections.abc import Iterator

from field_app.actions.cleaning.finding import Finding, Register, respelled
from visit_core.errors import NotValid
from visit_core.fields import Fields
from visit_core.shapes import Day, When


def found(_id: str, fields: Fields, register: Register) -> Iterator[Finding]:
    """Every day and time, then the age beside the year of birth."""
    for name, spec in register.specs.items():
        said = fields.get(name)
        if not isinstance(spec.shape, Day | When) or said in (None, ""):
            continue
        try:
            better = spec.read(said, register.moment)
        except NotValid as refused:
            yield Finding(name, error=refused, said=str(said))
        else:
            if better != said:
                yield respelled(name, str(said), str(better))
    yield from _age(fields, register)


def _age(fields: Fields, register: Register) -> Iterator[Finding]:
    """A year apart they may well be: the birthday is not known."""
    age, born = fields.get("age"), fields.get("birth_year")
    if isinstance(age, int) and isinstance(born, int) and not 0 <= register.moment.today.year - born - age <= 1:
        yield Finding("age", why="age_apart", facts={"age": age, "year": born})
