"""Customers of a file, or what hangs on them: `import FILE --team NAME`, `revert-import ID --team NAME`."""

from argparse import Namespace
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from sync_server.behaviour import KIND as BEHAVIOUR
from sync_server.behaviour import Kept, gather_events, keep_events
from sync_server.commands.context import Context
from sync_server.facts import bring_in_facts, gather_facts
from sync_server.importing import KIND as CUSTOMER
from sync_server.importing import Asked, Gathered, Refusal, bring_in, gather
from sync_server.kept import ORGANISATION
from sync_server.reverting import take_back
from visit_core.cell_files import write_rows
from visit_core.errors import NotFound, NotValid
from visit_core.explain import explain, sentence
from visit_core.kinds import ABOUT_A_CUSTOMER

KINDS = (CUSTOMER, BEHAVIOUR, *ABOUT_A_CUSTOMER)
"""What a file may hold."""


def import_file(context: Context, asked: Namespace) -> dict[str, Any]:
    """Bring in who is not here yet; cells that cannot be taken are named, the other rows are."""
    content = _content(asked.file)
    how = Asked(asked.sheet, _columns(asked.column))
    import_id = ""
    if asked.kind == BEHAVIOUR:
        return _events(context, asked, content, how)
    is_customers = asked.kind == CUSTOMER
    with context.store() as store:
        team, now_ms = store.team_named(asked.team), context.now_ms()
        facts = partial(gather_facts, kind=asked.kind)
        gathered = (gather if is_customers else facts)(store, team.id, content=content, asked=how, now_ms=now_ms)
        if asked.errors:
            _write_errors(asked.errors, gathered.refused, asked.kind)
        is_kept = bool(gathered.fresh) and not asked.dry_run and not (asked.all_or_none and gathered.refused)
        if is_kept:
            keep = bring_in if is_customers else partial(bring_in_facts, kind=asked.kind)
            import_id = keep(store, team.id, records=gathered.fresh, now_ms=now_ms)
    return _told(gathered, import_id, asked.kind)


def _events(context: Context, asked: Namespace, content: bytes, how: Asked) -> dict[str, Any]:
    """Each event once, however often it is told; so there is nothing to be taken back by an import's id."""
    with context.store() as store:
        team, now_ms = store.team_named(asked.team), context.now_ms()
        gathered = gather_events(store, team.id, content, how, now_ms)
        if asked.errors:
            _write_errors(asked.errors, gathered.refused, asked.kind)
        is_kept = not asked.dry_run and not (asked.all_or_none and gathered.refused)
        kept = keep_events(store, team.id, gathered.fresh, now_ms, by=ORGANISATION) if is_kept else Kept(0, 0)
    told = _told(gathered, "", asked.kind)
    return {**told, "imported": kept.fresh, "known": kept.known}


def revert(context: Context, asked: Namespace) -> dict[str, Any]:
    """Take one import back, but for what has been worked on since."""
    with context.store() as store:
        team = store.team_named(asked.team)
        done = take_back(store, team.id, asked.id.lower(), context.now_ms())
    return {"removed": done.removed, "stay": list(done.stay)}


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        raise NotFound("not_found", field="file") from None


def _columns(said: Sequence[str]) -> dict[str, str]:
    if not all("=" in each for each in said):
        raise NotValid("assignment", field=next(each for each in said if "=" not in each))
    return {heading: name for heading, _, name in (each.rpartition("=") for each in said)}


def _write_errors(file: Path, refused: Sequence[Refusal], kind: str) -> None:
    """A CSV file that says of every cell that must be mended its row, its column and why."""
    header = [sentence(f"table.{word}", "zh") for word in ("row", "column", "why")]
    told = ([str(one.row), one.column, explain(one.error, "zh", kind=kind)] for one in refused)
    try:
        file.write_bytes(write_rows(header, told))
    except OSError:
        raise NotFound("file_unwritable", field="file") from None


def _told(gathered: Gathered, import_id: str, kind: str) -> dict[str, Any]:
    refused = [
        {
            "row": one.row,
            "column": one.column,
            "code": one.error.why,
            "message": explain(one.error, "zh", kind=kind),
        }
        for one in gathered.refused
    ]
    return {
        "imported": len(gathered.fresh) if import_id else 0,
        "import": import_id,
        "new": len(gathered.fresh),
        "known": gathered.known,
        "alike": list(gathered.alike),
        "refused": refused,
    }
