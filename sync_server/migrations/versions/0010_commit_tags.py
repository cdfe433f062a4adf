"""What tells a commit from another one that gave the same number: of those of the last days, by the head they left."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

Words = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
Whole = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table; what was committed before has no tags."""
    op.create_table(
        "commit_tag",
        sa.Column("team_id", Words, primary_key=True, nullable=False),
        sa.Column("seq", Whole, primary_key=True, nullable=False, autoincrement=False),
        sa.Column("at_ms", Whole, nullable=False),
        sa.Column("tag", Words, nullable=False),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
