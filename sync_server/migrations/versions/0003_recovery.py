"""One-time codes that let a device with a forgotten PIN have its data key opened."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

Words = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
Whole = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "recovery_code",
        sa.Column("team_id", Words, primary_key=True, nullable=False),
        sa.Column("hash", Words, primary_key=True, nullable=False),
        sa.Column("device", Words, nullable=False),
        sa.Column("expires_ms", Whole, nullable=False),
        sa.Column("used_by", Words, nullable=True),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
