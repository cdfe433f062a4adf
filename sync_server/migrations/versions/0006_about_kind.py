"""What hangs on a record is found by its kind, too: asking for a customer's consents reads none of their visits."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

IS_THERE = sa.text("about IS NOT NULL")


def upgrade() -> None:
    """Make the index anew with one more column."""
    op.drop_index("record_by_about", "record")
    op.create_index(
        "record_by_about", "record", ["team_id", "about", "kind"], sqlite_where=IS_THERE, postgresql_where=IS_THERE
    )
