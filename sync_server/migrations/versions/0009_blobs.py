"""The bytes of attachments, in chunks, and which records tell of them."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

Words = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
Whole = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
FILL = {
    "sqlite": """
        INSERT INTO blob_record SELECT team_id, json_extract(shown, '$.sha256'), id FROM record
        WHERE kind = 'attachment' AND json_type(shown, '$.sha256') = 'text'
    """,
    "postgresql": """
        INSERT INTO blob_record SELECT team_id, shown::json ->> 'sha256', id FROM record
        WHERE kind = 'attachment' AND json_typeof(shown::json -> 'sha256') = 'string'
    """,
}


def upgrade() -> None:
    """Make the tables, and find the records that have told of bytes that nobody could send yet."""
    told = [sa.Column(name, Whole, nullable=name == "whole_ms") for name in ("has", "touched_ms", "whole_ms")]
    op.create_table("blob", *_keys("team_id", "sha256", "size"), *told, sqlite_strict=True, sqlite_with_rowid=False)
    content = sa.Column("bytes", sa.LargeBinary, nullable=False)
    op.create_table("blob_chunk", *_keys("team_id", "sha256", "size", "at"), content, sqlite_strict=True)
    op.create_table("blob_record", *_keys("team_id", "sha256", "record"), sqlite_strict=True, sqlite_with_rowid=False)
    op.execute(FILL[op.get_bind().dialect.name])


def _keys(*names: str) -> list[sa.Column[str] | sa.Column[int]]:
    return [_number(name) if name in ("size", "at") else _words(name) for name in names]


def _words(name: str) -> sa.Column[str]:
    return sa.Column(name, Words, primary_key=True, nullable=False)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, Whole, primary_key=True, nullable=False, autoincrement=False)
