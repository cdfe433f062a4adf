"""Asking the central store: `get`, `conflicts`, `quarantine`."""

from argparse import Namespace
from typing import Any

from sync_server.commands.context import Context
from sync_server.looking import conflicts_in, quarantine_in, record_in
from visit_core.errors import NotFound

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
