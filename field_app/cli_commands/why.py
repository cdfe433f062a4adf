"""The command `why`: what the rules say of a customer, in words."""

from argparse import ArgumentParser, Namespace

from field_app.actions.assessing import assessed
from field_app.actions.edits import wanted
from field_app.cli_commands.desk import Command, Desk
from field_app.cli_commands.telling import Printed
from visit_core.rules.why import why_grade, why_promising, why_stage


def why(desk: Desk, said: Namespace) -> Printed:
    """Grade, promise and stage of a customer, each with its reasons."""
    lang = desk.settings.lang
    with desk.store() as store:
        customer = wanted(store, "customer", said.id)
        told = assessed(store, customer)
    return {
        "grade": {"is": told.grade, "score": told.by_rule.score, "why": list(why_grade(customer.fields, told, lang))},
        "prospect": {"score": told.prospect.score, "why": list(why_promising(told, lang))},
        "stage": {"is": told.staged.stage, "why": why_stage(told, lang)},
    }


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("id", help="id of the customer")


COMMANDS = (Command("why", "a customer's grade, promise and stage, explained", why, _arguments),)
