"""The feed lies in the order of its numbers: what is new is written at its end, and a page is read in one piece."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

Words = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
Whole = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
NAMES = ("team_id", "scope", "seq", "kind", "id", "op")


def upgrade() -> None:
    """Make the table anew under another key, and let go of the old one."""
    fresh = op.create_table("feed_in_order", *map(_column, NAMES), sqlite_strict=True, sqlite_with_rowid=False)
    old = sa.table("feed", *map(sa.column, NAMES))
    rows = sa.select(*(old.c[name] for name in NAMES)).order_by(*(old.c[name] for name in NAMES[:3]))
    op.execute(sa.insert(fresh).from_select(NAMES, rows))
    op.drop_table("feed")
    op.rename_table("feed_in_order", "feed")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER INDEX feed_in_order_pkey RENAME TO feed_pkey")


def _column(name: str) -> sa.Column[str] | sa.Column[int]:
    if name == "seq":
        return sa.Column(name, Whole, primary_key=True, nullable=False, autoincrement=False)
    return sa.Column(name, Words, primary_key=name != "op", nullable=False)
