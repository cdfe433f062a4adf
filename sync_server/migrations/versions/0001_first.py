"""The tables of the first release."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

Words = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
Whole = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
SAID = ("raw", "eff", "clock", "by", "status", "payload", "registers", "result")
REFUSED = sa.text("status = 'rejected'")
GUARDS = {
    "sqlite": [
        f"CREATE TRIGGER audit_no_{verb.lower()} BEFORE {verb} ON audit"
        " BEGIN SELECT RAISE(ABORT, 'the audit log is only ever added to'); END"
        for verb in ("UPDATE", "DELETE")
    ],
    "postgresql": [
        "CREATE FUNCTION audit_only_added() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION 'the audit log is only ever added to'; END $$",
        *(
            f"CREATE TRIGGER audit_no_{verb.lower()} BEFORE {verb} ON audit"
            " FOR EACH STATEMENT EXECUTE FUNCTION audit_only_added()"
            for verb in ("UPDATE", "DELETE", "TRUNCATE")
        ),
    ],
}


def upgrade() -> None:
    """Make every table."""
    _people()
    _records()
    _logs()


def _people() -> None:
    _table("team", key="team_id", words="name epoch", whole="seq clock_ms")
    op.create_index("team_by_name", "team", ["name"])
    _table("person", key="team_id person", words="name role")
    op.create_index("person_by_id", "person", ["person"])
    _table("device", key="team_id device", words="person token_hash standing label", whole="enrolled_ms")
    op.create_index("device_by_token", "device", ["token_hash"])
    op.create_index("device_by_name", "device", ["device"])
    _table(
        "device_mark", key="team_id device", columns=[_whole("last_n"), _words("last_eff", True), _whole("offset_ms")]
    )
    _table("enrol_code", key="team_id hash", columns=[_words("person"), _whole("expires_ms"), _whole("used_ms", True)])
    op.create_index("enrol_code_by_hash", "enrol_code", ["hash"])


def _records() -> None:
    _table("record", key="team_id id kind", words="scopes cells", whole="seq", with_rowid=True)
    op.create_index("record_by_kind", "record", ["team_id", "kind", "seq"])
    _table("feed", key="team_id scope kind id", columns=[_whole("seq"), _words("op")])
    op.create_index("feed_by_seq", "feed", ["team_id", "scope", "seq"])


def _logs() -> None:
    op.create_table("change_log", *_change_log(), sqlite_strict=True, sqlite_with_rowid=True)
    op.create_index("change_log_by_record", "change_log", ["team_id", "kind", "id", "seq"])
    op.create_index(
        "change_log_refused",
        "change_log",
        ["team_id", "received_ms"],
        sqlite_where=REFUSED,
        postgresql_where=REFUSED,
    )
    number = sa.Column("n", Whole, primary_key=True, nullable=False, autoincrement=False)
    rest: list[sa.Column[Any]] = [_whole("at_ms"), *(_words(name) for name in ("actor", "action", "facts", "hash"))]
    _table("audit", key="team_id", columns=[number, *rest])
    _table("audit_head", key="team_id", columns=[_whole("n"), _words("hash")])
    for guard in GUARDS[op.get_bind().dialect.name]:
        op.execute(guard)


def _change_log() -> list[sa.Column[Any]]:
    number = sa.Column("n", Whole, primary_key=True, nullable=False, autoincrement=False)
    said: list[sa.Column[Any]] = [_words(name) for name in SAID]
    named: list[sa.Column[Any]] = [_words("hash"), _words("kind"), _words("id"), _whole("seq", True)]
    return [_key("team_id"), _key("device"), number, *named, *said, _whole("received_ms")]


def _table(
    name: str,
    *,
    key: str,
    words: str = "",
    whole: str = "",
    columns: Sequence[sa.Column[Any]] = (),
    with_rowid: bool = False,
) -> None:
    listed: list[sa.Column[Any]] = [
        *(_words(word) for word in words.split()),
        *(_whole(word) for word in whole.split()),
        *columns,
    ]
    keys: list[sa.Column[Any]] = [_key(part) for part in key.split()]
    op.create_table(name, *keys, *listed, sqlite_strict=True, sqlite_with_rowid=with_rowid)


def _key(name: str) -> sa.Column[str]:
    return sa.Column(name, Words, primary_key=True, nullable=False)


def _words(name: str, optional: bool = False) -> sa.Column[str]:
    return sa.Column(name, Words, nullable=optional)


def _whole(name: str, optional: bool = False) -> sa.Column[int]:
    return sa.Column(name, Whole, nullable=optional)
