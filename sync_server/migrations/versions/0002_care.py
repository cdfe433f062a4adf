"""How far devices were heard and read, what backups hold of them, what restores lost, facts about the store itself."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

Words = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
Whole = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables."""
    _table("device_pace", _key("team_id"), _key("device"), _whole("seen_ms"), _whole("cursor"), _whole("safe_n"))
    made = sa.Column("made_ms", Whole, primary_key=True, nullable=False, autoincrement=False)
    _table("backup_mark", _key("team_id"), _key("device"), made, _whole("last_n"))
    _table("feed_floor", _key("team_id"), _whole("seq"))
    op.add_column("change_log", sa.Column("was", Whole, nullable=True))
    _table("store_fact", _key("team_id"), _key("name"), sa.Column("value", Words, nullable=False))


def _table(name: str, *columns: sa.Column[Any]) -> None:
    listed: Sequence[sa.Column[Any]] = columns
    op.create_table(name, *listed, sqlite_strict=True, sqlite_with_rowid=False)


def _key(name: str) -> sa.Column[str]:
    return sa.Column(name, Words, primary_key=True, nullable=False)


def _whole(name: str) -> sa.Column[int]:
    return sa.Column(name, Whole, nullable=False)
