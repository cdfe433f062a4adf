"""Who lives behind a door is found by the index, as is what hangs on a customer."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

FILL = {
    "sqlite": """
        UPDATE record SET about = json_extract(shown, '$.household_id')
        WHERE kind = 'customer' AND json_type(shown, '$.household_id') = 'text'
    """,
    "postgresql": """
        UPDATE record SET about = shown::json ->> 'household_id'
        WHERE kind = 'customer' AND json_typeof(shown::json -> 'household_id') = 'string'
    """,
}


def upgrade() -> None:
    """Fill the column from what customers say."""
    op.execute(FILL[op.get_bind().dialect.name])
