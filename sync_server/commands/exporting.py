"""Records of a team in a file: `export KIND FILE --team NAME`."""

import os
from argparse import Namespace
from pathlib import Path
from typing import Any

from sync_server.commands.context import Context
from sync_server.commands.starting import language
from sync_server.exporting import Wish, export
from visit_core.errors import NotFound

LOCKED_BY = "SYNC_SERVER_FILE_PASSWORD"


def export_file(context: Context, asked: Namespace) -> dict[str, Any]:
    """Write the file; without a reason numbers and mailboxes stand masked in it."""
    wish = Wish(
        language(context.environment),
        asked.reason.strip(),
        context.environment.get(LOCKED_BY, ""),
        is_workbook=asked.file.suffix.lower() == ".xlsx",
    )
    with context.store() as store:
        team = next((team.id for team in store.teams() if team.name == asked.team), None)
        if team is None:  # a name that is mistyped makes no new team
            raise NotFound("not_found", field="team")
        going = export(store, team, asked.kind, wish, context.now_ms())
    _keep(asked.file, going.content)
    told = {"exported": going.records, "file": str(asked.file)}
    return {**told, "masked": not wish.reason, "locked": bool(wish.password)}


def _keep(file: Path, content: bytes) -> None:
    """Whole or not at all, and for nobody but the operator to read."""
    part = file.with_name(f"{file.name}.part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            out.write(content)
        part.replace(file)
    except OSError:
        part.unlink(missing_ok=True)
        raise NotFound("file_unwritable", field="file") from None
