"""Records that could not be entered so today: nobody to be found by them, a broken rule, a reference to nothing."""

from collections.abc import Iterator

from field_app.actions.cleaning.finding import KIND, Finding, Register
from visit_core.errors import NotValid
from visit_core.fields import Fields
from visit_core.kinds import known
from visit_core.kinds.customer import TELLS_WHO
from visit_core.rules.profile import flaws
from visit_core.shapes import AnyPhone, Day, Division, Landline, Mobile, Reference, When

_ELSEWHERE = (Mobile, AnyPhone, Landline, Day, When, Division)  # looked at by a check of their own
_OF_PLACES = frozenset({"division_apart"})


def found(_id: str, fields: Fields, register: Register) -> Iterator[Finding]:
    """What breaks a rule of its field, a rule between fields, or leads nowhere."""
    if not any(fields.get(name) for name in TELLS_WHO):
        yield Finding("name", why="nobody")
    for name, spec in register.specs.items():
        said = fields.get(name)
        if said in (None, "", []):
            continue
        if isinstance(spec.shape, Reference):
            yield from _dangling(name, spec.shape.kind, str(said), register)
        elif not isinstance(spec.shape, _ELSEWHERE):
            try:
                spec.read(said, register.moment)
            except NotValid as refused:
                yield Finding(name, error=refused)
    yield from (
        Finding(flaw.field or "", error=flaw)
        for flaw in flaws(KIND, fields, register.moment.today, register.asked_of(fields))
        if flaw.why not in _OF_PLACES
    )


def _dangling(name: str, kind: str, record: str, register: Register) -> Iterator[Finding]:
    """People may not be on this device."""
    if kind != "person" and known(kind) and record not in register.kept(kind):
        yield Finding(name, why="dangling")
