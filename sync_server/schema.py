"""The tables. Every primary key and every unique index begins with `team_id`: no number is given across teams.

`record`, `change_log` and `blob_chunk` are plain rowid tables: wide rows in a WITHOUT ROWID table cost four times as
much.
Texts that are compared or sorted are ids and stamps, so they compare by bytes everywhere.
"""

from sqlalchemy import DDL, BigInteger, Column, Index, Integer, LargeBinary, MetaData, Table, Text, event, text

metadata = MetaData()

Words = Text().with_variant(Text(collation="C"), "postgresql")
Whole = BigInteger().with_variant(Integer(), "sqlite")


def _table(name: str, *columns: Column[str] | Column[int] | Column[bytes] | Index, with_rowid: bool = False) -> Table:
    return Table(name, metadata, *columns, sqlite_strict=True, sqlite_with_rowid=with_rowid)


def _key(name: str) -> Column[str]:
    return Column(name, Words, primary_key=True, nullable=False)


def _number(name: str) -> Column[int]:
    """A number within a key."""
    return Column(name, Whole, primary_key=True, nullable=False, autoincrement=False)


def _words(name: str, *, optional: bool = False) -> Column[str]:
    return Column(name, Words, nullable=optional)


def _whole(name: str, *, optional: bool = False) -> Column[int]:
    return Column(name, Whole, nullable=optional)


def _index_where(told: str, name: str, *columns: str) -> Index:
    """An index of those rows only."""
    return Index(name, *columns, sqlite_where=text(told), postgresql_where=text(told))


team = _table(
    "team",
    _key("team_id"),
    _words("name"),
    _words("epoch"),
    _whole("seq"),
    _whole("clock_ms"),
    Index("team_by_name", "name"),
)

person = _table(
    "person",
    _key("team_id"),
    _key("person"),
    _words("name"),
    _words("role"),
    Index("person_by_id", "person"),
)

device = _table(
    "device",
    _key("team_id"),
    _key("device"),
    _words("person"),
    _words("token_hash"),
    _words("standing"),
    _words("label"),
    _whole("enrolled_ms"),
    Index("device_by_token", "token_hash"),
    Index("device_by_name", "device"),
)

device_mark = _table(
    "device_mark",
    _key("team_id"),
    _key("device"),
    _whole("last_n"),
    _words("last_eff", optional=True),
    _whole("offset_ms"),
)

device_pace = _table(
    "device_pace",
    _key("team_id"),
    _key("device"),
    _whole("seen_ms"),
    _whole("cursor"),
    _whole("safe_n"),
)

backup_mark = _table(
    "backup_mark",
    _key("team_id"),
    _key("device"),
    _number("made_ms"),
    _whole("last_n"),
)

commit_tag = _table("commit_tag", _key("team_id"), _number("seq"), _whole("at_ms"), _words("tag"))

feed_floor = _table("feed_floor", _key("team_id"), _whole("seq"))

store_fact = _table("store_fact", _key("team_id"), _key("name"), _words("value"))

enrol_code = _table(
    "enrol_code",
    _key("team_id"),
    _key("hash"),
    _words("person"),
    _whole("expires_ms"),
    _whole("used_ms", optional=True),
    Index("enrol_code_by_hash", "hash"),
)

recovery_code = _table(
    "recovery_code",
    _key("team_id"),
    _key("hash"),
    _words("device"),
    _whole("expires_ms"),
    _words("used_by", optional=True),
)

record = _table(
    "record",
    _key("team_id"),
    _key("id"),
    _key("kind"),
    _words("scopes"),
    _words("shown"),
    _words("stamps"),
    _words("touched"),
    _whole("seq"),
    _words("about", optional=True),
    Index("record_by_kind", "team_id", "kind", "seq"),
    _index_where("about IS NOT NULL", "record_by_about", "team_id", "about", "kind"),
    with_rowid=True,
)

feed = _table(
    "feed",
    _key("team_id"),
    _key("scope"),
    _number("seq"),
    _key("kind"),
    _key("id"),
    _words("op"),
)

change_log = _table(
    "change_log",
    _key("team_id"),
    _key("device"),
    _number("n"),
    _words("hash"),
    _words("kind"),
    _words("id"),
    _whole("seq", optional=True),
    _words("raw"),
    _words("eff"),
    _words("clock"),
    _words("by"),
    _words("status"),
    _words("payload"),
    _words("registers"),
    _words("result"),
    _whole("received_ms"),
    _whole("was", optional=True),
    Index("change_log_by_record", "team_id", "kind", "id", "seq"),
    _index_where("status = 'rejected'", "change_log_refused", "team_id", "received_ms"),
    with_rowid=True,
)

blob = _table(
    "blob",
    _key("team_id"),
    _key("sha256"),
    _number("size"),
    _whole("has"),
    _whole("touched_ms"),
    _whole("whole_ms", optional=True),
)

blob_chunk = _table(
    "blob_chunk",
    _key("team_id"),
    _key("sha256"),
    _number("size"),
    _number("at"),
    Column("bytes", LargeBinary, nullable=False),
    with_rowid=True,
)

blob_record = _table("blob_record", _key("team_id"), _key("sha256"), _key("record"))

audit = _table(
    "audit",
    _key("team_id"),
    _number("n"),
    _whole("at_ms"),
    _words("actor"),
    _words("action"),
    _words("facts"),
    _words("hash"),
)

audit_head = _table("audit_head", _key("team_id"), _whole("n"), _words("hash"))

_ONLY_ADDED = "the audit log is only ever added to"

AUDIT_GUARDS = {
    "sqlite": tuple(
        f"CREATE TRIGGER audit_no_{verb.lower()} BEFORE {verb} ON audit BEGIN SELECT RAISE(ABORT, '{_ONLY_ADDED}'); END"
        for verb in ("UPDATE", "DELETE")
    ),
    "postgresql": (
        "CREATE FUNCTION audit_only_added() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN RAISE EXCEPTION '{_ONLY_ADDED}'; END $$",
        *(
            f"CREATE TRIGGER audit_no_{verb.lower()} BEFORE {verb} ON audit"
            " FOR EACH STATEMENT EXECUTE FUNCTION audit_only_added()"
            for verb in ("UPDATE", "DELETE", "TRUNCATE")
        ),
    ),
}

for dialect, guards in AUDIT_GUARDS.items():
    for guard in guards:
        event.listen(audit, "after_create", DDL(guard).execute_if(dialect=dialect))  # type: ignore[no-untyped-call]
