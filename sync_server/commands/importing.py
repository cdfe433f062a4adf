"""`import FILE --team NAME`: customers of a CSV file."""

from argparse import Namespace
from typing import Any

from sync_server.commands.context import Context
from sync_server.importing import Gathered, bring_in, gather
from visit_core.errors import NotFound
from visit_core.explain import explain


def import_file(context: Context, asked: Namespace) -> dict[str, Any]:
    """Bring in who is not here yet; rows that cannot be taken are named, the others are."""
    try:
        content = asked.file.read_bytes()
    except OSError:
        raise NotFound("not_found", field="file") from None
    with context.store() as store:
        team, now_ms = store.team_named(asked.team), context.now_ms()
        gathered = gather(store, team.id, content, now_ms)
        if not asked.dry_run:
            bring_in(store, team.id, gathered.fresh, now_ms)
    return _told(gathered, is_dry=asked.dry_run)


def _told(gathered: Gathered, *, is_dry: bool) -> dict[str, Any]:
    refused = [
        {
            "row": one.row,
            "column": one.column,
            "code": one.error.why,
            "message": explain(one.error, "zh", kind="customer"),
        }
        for one in gathered.refused
    ]
    return {
        "imported": 0 if is_dry else len(gathered.fresh),
        "new": len(gathered.fresh),
        "known": gathered.known,
        "refused": refused,
    }
