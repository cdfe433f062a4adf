"""Records keep what devices are shown of them as ready JSON, and the stamps of all their registers apart from it."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

Words = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
Whole = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TOLD = ("created_by", "updated_at", "updated_by", "team_id")
KEY = ("team_id", "id", "kind")
BATCH = 500


def upgrade() -> None:
    """Make the table anew, batch by batch, and let go of the old one."""
    fresh = _fresh()
    old = sa.table("record", *(sa.column(name) for name in (*KEY, "scopes", "cells", "seq")))
    connection, last = op.get_bind(), ("", "", "")
    key = sa.tuple_(*(old.c[name] for name in KEY))
    while True:
        after = sa.select(old).where(key > sa.tuple_(*map(sa.literal, last))).order_by(*(old.c[name] for name in KEY))
        rows = connection.execute(after.limit(BATCH)).mappings().all()
        if not rows:
            break
        connection.execute(sa.insert(fresh), [_row(row) for row in rows])
        last = (rows[-1]["team_id"], rows[-1]["id"], rows[-1]["kind"])
    op.drop_table("record")
    op.rename_table("record_shown", "record")
    if connection.dialect.name == "postgresql":
        op.execute("ALTER INDEX record_shown_pkey RENAME TO record_pkey")
    op.create_index("record_by_kind", "record", ["team_id", "kind", "seq"])
    op.drop_index("feed_by_seq", "feed")
    op.create_index("feed_by_seq", "feed", ["team_id", "scope", "seq", "op"])


def _fresh() -> sa.Table:
    keys: list[sa.Column[Any]] = [sa.Column(name, Words, primary_key=True, nullable=False) for name in KEY]
    words: list[sa.Column[Any]] = [
        sa.Column(name, Words, nullable=False) for name in ("scopes", "shown", "stamps", "touched")
    ]
    seq = sa.Column("seq", Whole, nullable=False)
    return op.create_table("record_shown", *keys, *words, seq, sqlite_strict=True, sqlite_with_rowid=True)


def _row(row: sa.RowMapping) -> dict[str, Any]:
    cells: dict[str, Any] = json.loads(row["cells"])
    kept = {name: row[name] for name in (*KEY, "scopes", "seq")}
    shown, last = _shown(cells, row["team_id"]), max(cell[1] for cell in cells.values())
    return {**kept, "shown": _text(shown), "stamps": _text(_stamps(cells)), "touched": last}


def _shown(cells: Mapping[str, Sequence[Any]], team: str) -> dict[str, Any]:
    live = {name: cell[0] for name, cell in cells.items() if cell[0] is not None}
    last = max(cells.values(), key=lambda cell: cell[1])
    by = cells["created_at"][2] if "created_at" in cells else None
    told = dict(zip(TOLD, (by, _instant_of(last[1]), last[2], team), strict=True))
    return {"created_at": None, "deleted": False, **live, **told}


def _stamps(cells: Mapping[str, Sequence[Any]]) -> dict[str, Any]:
    apart = {name: cell for name, cell in cells.items() if cell[0] is None or name in TOLD}
    set_by = {name: tuple(cell[1:]) for name, cell in cells.items() if name not in apart}
    base: tuple[Any, ...] = Counter(set_by.values()).most_common(1)[0][0] if set_by else ()
    others = {name: one for name, one in set_by.items() if one != base}
    unset = [name for name in ("created_at", "deleted") if name not in set_by]
    told = {"b": base, "o": others, "x": apart, "d": unset}
    return {name: part for name, part in told.items() if part or name == "b"}


def _instant_of(stamp: str) -> str:
    told = datetime.fromtimestamp(int(stamp[:11], 16) / 1000, UTC)
    return told.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
