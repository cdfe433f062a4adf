"""What tables of the organisation's own add to the words that a search finds a customer by."""

from collections.abc import Mapping, Sequence
from functools import partial

from field_app.actions.declared import specs_here
from field_app.actions.own_tables import attached_kinds
from field_app.actions.own_words import own_words
from field_app.drawing import View
from field_app.gists import Parting, Wanted
from field_app.local_store import LocalStore
from visit_core.fields import Specs
from visit_core.kinds import kind_named

Told = tuple[str | None, str]
"""The customer of a record, None for a record in the bin or of nobody, and its words."""


def words_by_customer(store: LocalStore) -> Mapping[str, str]:
    """A text by customer, in small letters; what is masked or sensitive is not in it."""
    words: dict[str, str] = {}
    for kind in attached_kinds(store):
        specs = specs_here(store, kind_named(kind))
        for customer, text in store.gists.grouped(Wanted(kind, partial(_told, specs), by=specs), _BY_CUSTOMER).items():
            words[customer] = f"{words[customer]}\n{text}" if customer in words else text
    return words


def _told(specs: Specs, view: View) -> Told:
    customer = view.fields.get("customer_id")
    text = "\n".join((str(view.fields.get("title") or ""), *own_words(specs, view.fields))).casefold()
    return (customer if isinstance(customer, str) and not view.is_deleted else None), text


def _together(told: Sequence[Told]) -> str:
    return "\n".join(text for _, text in told)


_BY_CUSTOMER: Parting[Told, str] = Parting(lambda told: told[0], _together)
