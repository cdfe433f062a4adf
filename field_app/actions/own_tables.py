"""The tables that an organisation added, as this device has them: what they are called and what hangs on customers."""

from collections.abc import Sequence
from dataclasses import dataclass

from field_app.drawing import View
from field_app.gists import Wanted
from field_app.local_store import LocalStore
from visit_core.errors import NotValid
from visit_core.fields import Fields, Specs
from visit_core.ids import new_id
from visit_core.kinds.own_record import PREFIX, is_own
from visit_core.kinds.own_table import OwnTable
from visit_core.picklists import Language

KIND = OwnTable.kind_name
_WANTED: Wanted[View] = Wanted(KIND, lambda view: view)
KEY_LENGTH = 10


@dataclass(frozen=True, slots=True)
class OwnTableNamed:
    """One table: the kind of its records, what people call it, and whether a record belongs to a customer."""

    kind: str
    zh: str
    en: str
    is_attached: bool
    is_in_use: bool

    def label(self, lang: Language) -> str:
        """What people call it."""
        return self.zh if lang == "zh" else self.en


def tables_named(store: LocalStore) -> tuple[OwnTableNamed, ...]:
    """All tables, those out of use too, in the order in which they were made."""
    views = (view for view in store.gists.of(_WANTED) if not view.is_deleted)
    return tuple({named.kind: named for named in map(_named, views)}.values())


def kinds_in_use(store: LocalStore) -> tuple[str, ...]:
    """The kinds of records that may be made."""
    return tuple(each.kind for each in tables_named(store) if each.is_in_use)


def attached_kinds(store: LocalStore) -> tuple[str, ...]:
    """The kinds of records that belong to a customer, those of tables out of use too."""
    return tuple(each.kind for each in tables_named(store) if each.is_attached)


def refuse_unfit(store: LocalStore, kind_name: str, fields: Fields) -> None:
    """NotValid for a new record of a table that there is not, is out of use, or wants a customer and has none."""
    if not is_own(kind_name):
        return
    named = named_as(tables_named(store), kind_name)
    if named is None or not named.is_in_use:
        raise NotValid("no_such_table", field="kind")
    if named.is_attached and not fields.get("customer_id"):
        raise NotValid("required", field="customer_id")


def asked_of(store: LocalStore, kind_name: str, specs: Specs) -> Specs:
    """What a form of that kind asks for: a record that stands by itself is asked for no customer."""
    named = named_as(tables_named(store), kind_name) if is_own(kind_name) else None
    if named is None or named.is_attached:
        return specs
    return {name: spec for name, spec in specs.items() if name != "customer_id"}


def fresh_key(store: LocalStore) -> str:
    """A key that no other device draws: people never see it."""
    return str(new_id(store.now_ms()))[-KEY_LENGTH:]


def _named(view: View) -> OwnTableNamed:
    told = view.fields
    zh = str(told.get("name_zh") or told.get("key") or "")
    return OwnTableNamed(
        kind=f"{PREFIX}{told.get('key')}",
        zh=zh,
        en=str(told.get("name_en") or zh),
        is_attached=told.get("is_attached") is not False,
        is_in_use=told.get("active") is not False,
    )


def named_as(tables: Sequence[OwnTableNamed], kind: str) -> OwnTableNamed | None:
    """The table whose records are of that kind."""
    return next((each for each in tables if each.kind == kind), None)
