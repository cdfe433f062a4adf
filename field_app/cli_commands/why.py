"""The commands `why`, `chances` and `who`: what the rules say of customers, and who is known already."""

from argparse import ArgumentParser, Namespace

from field_app.actions import chances as chances_here
from field_app.actions.assessing import assessed
from field_app.actions.edits import wanted
from field_app.actions.twins import known_customers, twins
from field_app.cli_commands.desk import Command, Desk, fields_from
from field_app.cli_commands.telling import Printed
from visit_core.rules.why import why_all, why_likely


def why(desk: Desk, said: Namespace) -> Printed:
    """Grade, promise, chance and stage of a customer, each with its reasons."""
    with desk.store() as store:
        customer = wanted(store, "customer", said.id)
        return why_all(customer.fields, assessed(store, customer), desk.settings.lang)


def chances(desk: Desk, _: Namespace) -> Printed:
    """Whom a sale may come of now, the likeliest first, each with the reasons."""
    with desk.store() as store:
        likely = chances_here.load(store).likely
    lang = desk.settings.lang
    told = [{"id": one.id, "name": one.name, "score": one.chance.score, "planned": one.is_planned} for one in likely]
    reasons = (why_likely(one.chance, lang) for one in likely)
    return {"chances": [{**each, "why": why} for each, why in zip(told, reasons, strict=True)]}


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
    Command("chances", "whom a sale may come of now, and why", chances),
    Command("who", "customers that a name, number or address may already mean", who, _who_arguments),
)
