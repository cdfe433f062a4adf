"""Asking the central store: `get`, `why`, `duplicates`, `conflicts`, `quarantine`."""

from argparse import Namespace
from datetime import datetime
from typing import Any

from sync_server.assessing import assessed
from sync_server.commands.context import Context
from sync_server.commands.starting import language
from sync_server.duplicates import duplicates_in
from sync_server.looking import conflicts_in, quarantine_in, record_in
from visit_core.errors import NotFound
from visit_core.rules.why import why_all

LIMIT = 10_000


def get(context: Context, asked: Namespace) -> dict[str, Any]:
    """A record of any team."""
    with context.store() as store:
        for team in store.teams():
            try:
                return {"record": record_in(store, team.id, asked.kind, asked.id)}
            except NotFound:
                continue
    raise NotFound("not_found", field="id")


def why(context: Context, asked: Namespace) -> dict[str, Any]:
    """A customer's grade, promise and stage, explained, just as a phone with the same records tells them."""
    with context.store() as store:
        team, today = store.team_named(asked.team), datetime.fromtimestamp(context.now_ms() / 1000).astimezone().date()
        found = assessed(store, team.id, asked.id.lower(), today)
    return why_all(found.customer, found.told, language(context.environment))


def duplicates(context: Context, asked: Namespace) -> dict[str, Any]:
    """Who of a team may be written down twice, and nobody has spoken of it."""
    with context.store() as store:
        found = duplicates_in(store, store.team_named(asked.team).id, LIMIT)
    return {"pairs": [pair.model_dump() for pair in found]}


def conflicts(context: Context, _: Namespace) -> dict[str, Any]:
    """Every team's conflicts."""
    with context.store() as store:
        found = [conflict for team in store.teams() for conflict in conflicts_in(store, team.id, LIMIT)]
    return {"conflicts": [conflict.model_dump() for conflict in found]}


def quarantine(context: Context, _: Namespace) -> dict[str, Any]:
    """Every team's refused changes."""
    with context.store() as store:
        found = [refused for team in store.teams() for refused in quarantine_in(store, team.id, LIMIT)]
    return {"quarantined": [refused.model_dump() for refused in found]}
