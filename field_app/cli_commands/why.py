"""The commands `why` and `who`: what the rules say of a customer, and who is known already."""

from argparse import ArgumentParser, Namespace

from field_app.actions.assessing import assessed
from field_app.actions.edits import wanted
from field_app.actions.twins import known_customers, twins
from field_app.cli_commands.desk import Command, Desk, fields_from
from field_app.cli_commands.telling import Printed
from visit_core.rules.why import why_all


def why(desk: Desk, said: Namespace) -> Printed:
    """Grade, promise and stage of a customer, each with its reasons."""
    with desk.store() as store:
        customer = wanted(store, "customer", said.id)
        return why_all(customer.fields, assessed(store, customer), desk.settings.lang)


def who(desk: Desk, said: Namespace) -> Printed:
    """Whom a name, a number or an address may already mean."""
    typed = fields_from(said.fields)
    name, mobile, address = (str(typed.get(field) or "") for field in ("name", "mobile", "address_detail"))
    with desk.store() as store:
        found = twins(known_customers(store), name, mobile, address)
    return {"alike": [{"id": one.id, "by": by, "name": one.name, "phone": one.phone} for by, one in found]}


def _who_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("fields", nargs="+", metavar="field=value", help="name, mobile, address_detail")


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("id", help="id of the customer")


COMMANDS = (
    Command("why", "a customer's grade, promise and stage, explained", why, _arguments),
    Command("who", "customers that a name, number or address may already mean", who, _who_arguments),
)
