"""Commands about what people decide: verdicts on visits, overruled values."""

from argparse import ArgumentParser, Namespace
from itertools import zip_longest

from field_app.actions import conflicts, reviewing
from field_app.cli_commands.desk import Command, Desk
from field_app.cli_commands.telling import Printed
from visit_core.errors import NotValid


def review(desk: Desk, said: Namespace) -> Printed:
    """Say what a supervisor thinks of a visit."""
    if len(said.field) > len(said.comment):
        raise NotValid("comment_required", field="comment")
    with desk.store() as store:
        reviewing.review(store, said.id, said.verdict, list(zip_longest(said.field, said.comment)))
    return {"id": said.id}


def list_conflicts(desk: Desk, _said: Namespace) -> Printed:
    """Values that were overruled."""
    with desk.store() as store:
        return {"conflicts": conflicts.conflicts(store)}


def restore(desk: Desk, said: Namespace) -> Printed:
    """Let an overruled value stand."""
    with desk.store() as store:
        return {"id": conflicts.restore_value(store, said.conflict)}


def _review_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("id")
    parser.add_argument("verdict", help="approved, returned or question; labels are read, too")
    parser.add_argument("--field", action="append", default=[], help="the field a comment is about")
    parser.add_argument("--comment", action="append", default=[], help="what is to be mended; one for each --field")


def _restore_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("conflict", help="id of the conflict")


COMMANDS = (
    Command("review", "a supervisor's verdict on a visit", review, _review_arguments),
    Command("conflicts", "values that were overruled", list_conflicts),
    Command("restore", "let an overruled value stand", restore, _restore_arguments),
)
