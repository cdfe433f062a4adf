"""What a record hangs on, in a column of its own: found by an index instead of by reading every record's text."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

Words = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
HANGS_ON = {
    "customer_id": (
        "attachment",
        "audit_event",
        "campaign_participation",
        "complaint",
        "consent",
        "contact_record",
        "followup",
        "lifecycle_event",
        "need",
        "opportunity",
        "preference",
        "purchase",
        "satisfaction_rating",
        "survey_response",
        "visit",
    ),
    "record_id": ("conflict",),
}
FILL = {
    "sqlite": """
        UPDATE record SET about = json_extract(shown, '$.{register}')
        WHERE kind IN ({kinds}) AND json_type(shown, '$.{register}') = 'text'
    """,
    "postgresql": """
        UPDATE record SET about = shown::json ->> '{register}'
        WHERE kind IN ({kinds}) AND json_typeof(shown::json -> '{register}') = 'string'
    """,
}
IS_THERE = sa.text("about IS NOT NULL")


def upgrade() -> None:
    """Add the column, fill it from what the records say, and index it."""
    op.add_column("record", sa.Column("about", Words, nullable=True))
    fill = FILL[op.get_bind().dialect.name]
    for register, kinds in HANGS_ON.items():
        op.execute(fill.format(register=register, kinds=", ".join(f"'{kind}'" for kind in kinds)))
    op.create_index("record_by_about", "record", ["team_id", "about"], sqlite_where=IS_THERE, postgresql_where=IS_THERE)
