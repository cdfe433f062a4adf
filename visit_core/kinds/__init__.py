"""The register of record kinds: one file each, one line here."""

from visit_core.errors import NotValid
from visit_core.fields import Record
from visit_core.kinds.conflict import Conflict
from visit_core.kinds.contact_record import ContactRecord
from visit_core.kinds.customer import Customer
from visit_core.kinds.followup import Followup
from visit_core.kinds.person import Person
from visit_core.kinds.purchase import Purchase
from visit_core.kinds.visit import Visit

KINDS: tuple[type[Record], ...] = (
    Customer,
    Visit,
    Followup,
    Purchase,
    ContactRecord,
    Conflict,
    Person,
)

_KIND_BY_NAME = {kind.kind_name: kind for kind in KINDS}


def known(name: str) -> type[Record] | None:
    """The kind of that name; None for one that only a newer version knows."""
    return _KIND_BY_NAME.get(name)


def kind_named(name: str) -> type[Record]:
    """The kind of that name; NotValid if there is none."""
    kind = known(name)
    if kind is None:
        raise NotValid("kind", field="kind", kinds="、".join(_KIND_BY_NAME))
    return kind
