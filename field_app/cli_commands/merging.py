"""The commands `duplicates`, `merge`, `apart`, `unmerge`, `late`: two customers who may be one."""

import asyncio
from argparse import ArgumentParser, Namespace

from pydantic import JsonValue

from field_app.actions import duplicates as suspects
from field_app.actions import merging
from field_app.actions.comparing import Difference, Pick, Picks, differences, later_by_server
from field_app.actions.edits import wanted
from field_app.actions.latecomers import late_at, set_aside, take_late
from field_app.cli_commands.desk import Command, Desk
from field_app.cli_commands.telling import Printed
from field_app.local_store import LocalStore
from visit_core.rules.duplicates import Pair


def duplicates(desk: Desk, _said: Namespace) -> Printed:
    """The pairs that nobody has spoken of, and what was said of others."""
    with desk.store() as store:
        told = suspects.load(store)
    return {"pairs": [_pair(each) for each in told.pairs], "merges": [_merge(each) for each in told.said]}


def merge(desk: Desk, said: Namespace) -> Printed:
    """Merge two customers, or show where they differ."""
    said_so: dict[str, Pick] = dict.fromkeys(said.keep, "kept") | dict.fromkeys(said.take, "other")
    with desk.store() as store:
        picks = {**asyncio.run(_later(desk, store, said)), **said_so}
        told = _told(store, said.kept, said.other, picks)
        if said.dry_run:
            merging.refuse_others(store)
            return {"differences": told}
        id = merging.merge(store, said.kept, said.other, picks)
        return {"id": id, "customer": store.survivors.of(said.kept.lower()), "differences": told}


async def _later(desk: Desk, store: LocalStore, said: Namespace) -> Picks:
    async with desk.connect(store.me) as remote:
        return await later_by_server(store, remote, kept=said.kept.lower(), other=said.other.lower())


def apart(desk: Desk, said: Namespace) -> Printed:
    """Say that two customers only look alike."""
    with desk.store() as store:
        return {"id": merging.say_apart(store, said.kept, said.other)}


def unmerge(desk: Desk, said: Namespace) -> Printed:
    """Take back what was said of two customers."""
    with desk.store() as store:
        merging.undo(store, said.id)
    return {"id": said.id.lower()}


def late(desk: Desk, said: Namespace) -> Printed:
    """What was written into merged customers since; a field of it taken over, or set aside."""
    with desk.store() as store:
        customer = wanted(store, "customer", said.id).id
        for other, field in said.take:
            take_late(store, customer, other.lower(), field)
        for other, field in said.set_aside:
            set_aside(store, customer, other.lower(), field)
        found = late_at(store, customer)
    told: list[JsonValue] = [
        {"other": each.other, "field": each.spec.name, "value": each.value, "stands": each.stands} for each in found
    ]
    return {"customer": customer, "late": told}


def _pair(told: Pair[suspects.Somebody]) -> JsonValue:
    both = [_customer(told.one), _customer(told.other)]
    return {"by": told.by, "same_door": told.is_at_one_door, "customers": [*both]}


def _customer(one: suspects.Somebody) -> JsonValue:
    return {"id": one.id, "name": one.name, "phone": one.phone, "address": one.address, "visits": one.visits}


def _merge(told: suspects.Said) -> JsonValue:
    return {
        "id": told.id,
        "customer": told.customer,
        "other": told.other,
        "state": told.state,
        "by": told.by,
        "at": told.at,
        "in_force": told.is_in_force,
        "may_be_undone": told.may_be_undone,
        "late": told.late,
    }


def _told(store: LocalStore, kept: str, other: str, picks: dict[str, Pick]) -> list[JsonValue]:
    both = [wanted(store, "customer", one) for one in (kept, other)]
    return [_difference(each, picks) for each in differences(store, *both)]


def _difference(each: Difference, picks: dict[str, Pick]) -> JsonValue:
    pick = next((picks[name] for name in each.fields if name in picks), each.usual)
    return {"fields": [*each.fields], "kept": [*each.kept], "other": [*each.other], "takes": pick}


def _two(parser: ArgumentParser) -> None:
    parser.add_argument("kept", help="id of the customer that is left")
    parser.add_argument("other", help="id of the other")


def _merge_arguments(parser: ArgumentParser) -> None:
    _two(parser)
    parser.add_argument("--keep", action="append", default=[], metavar="FIELD", help="as the first has it")
    parser.add_argument("--take", action="append", default=[], metavar="FIELD", help="as the other has it")
    parser.add_argument("--dry-run", action="store_true", help="show where they differ, and merge nothing")


def _unmerge_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("id", help="id of the merge, from `duplicates`")


def _late_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("id", help="id of the customer")
    for name, what in (("--take", "put into the customer"), ("--set-aside", "looked at, and not wanted")):
        parser.add_argument(name, nargs=2, action="append", default=[], metavar=("OTHER", "FIELD"), help=what)


COMMANDS = (
    Command("duplicates", "customers who may be written down twice, and what was said of them", duplicates),
    Command("merge", "two customers are one; the other leads to the first from now on", merge, _merge_arguments),
    Command("apart", "two customers only look alike", apart, _two),
    Command("unmerge", "take back a merge of the last 30 days", unmerge, _unmerge_arguments),
    Command("late", "what was written into a merged customer since", late, _late_arguments),
)
