"""Which step of the migrations a store stands at, and how it is brought to the last one."""

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection


def bring_up_to_date(connection: Connection) -> None:
    """Run every step that this store has not had yet."""
    command.upgrade(_config(connection), "head")


def is_up_to_date(connection: Connection) -> bool:
    """Whether the store has had every step that this code knows, and no other."""
    standing = MigrationContext.configure(connection).get_current_revision()
    return standing == ScriptDirectory.from_config(_config(connection)).get_current_head()


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", "sync_server:migrations")
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
