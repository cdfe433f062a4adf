"""Which step of the migrations a store stands at, and how it is brought to the last one."""

from dataclasses import dataclass
from functools import cache

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection

from visit_core.errors import Corrupt


def bring_up_to_date(connection: Connection, step: str = "head") -> None:
    """Run every step up to that one that this store has not had yet."""
    try:
        command.upgrade(_config(connection), step)
    except CommandError:
        raise Corrupt(why="step", step=step[:20]) from None


def revision_of(connection: Connection) -> str | None:
    """The last step that this store has had; None for a database without our tables."""
    return MigrationContext.configure(connection).get_current_revision()


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps that this program knows, and the last of them."""

    known: frozenset[str]
    step: str


@cache
def latest() -> Steps:
    """The steps of this program."""
    script = ScriptDirectory.from_config(_config(None))
    return Steps(frozenset(step.revision for step in script.walk_revisions()), str(script.get_current_head()))


def _config(connection: Connection | None) -> Config:
    config = Config()
    config.set_main_option("script_location", "sync_server:migrations")
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
