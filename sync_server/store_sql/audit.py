"""The audit log: every line is sealed to the one before it, so that none can be altered, moved or taken out.

hash(n) = HMAC-SHA256(key, hash(n-1) || the line as canonical JSON). The head of each chain is kept apart, so
that lines cut off at the end are missed, too. Whoever has the key could forge all of it: the key is not in the
store's folder.
"""

import hashlib
import hmac
import json
from collections.abc import Iterator, Sequence
from itertools import groupby

from sqlalchemy import Connection, RowMapping, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from sync_server.kept import Event
from sync_server.schema import audit, audit_head

_START = "0" * 64


class AuditChain:
    """Adds lines and checks them; `key` is known to the server alone."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._signing = hmac.new(key, b"seal\n", hashlib.sha256)  # begun once: to begin takes longer than the rest

    def add(self, connection: Connection, team: str, events: Sequence[Event], now_ms: int) -> None:
        """Append the events to the team's chain, in order."""
        if not events:
            return
        n, last = self._head(connection, team)
        lines = []
        for event in events:
            n += 1
            line = {"team_id": team, "n": n, "at_ms": now_ms, "actor": event.actor, "action": event.action}
            line["facts"] = json.dumps(dict(event.facts), sort_keys=True, allow_nan=False)
            last = self._seal(last, line)
            lines.append({**line, "hash": last})
        connection.execute(insert(audit), lines)
        self._move_head(connection, team, n, last)

    def sign(self, said: str) -> str:
        """A short seal on a text that is no line of the log."""
        signed = self._signing.copy()
        signed.update(said.encode())
        return signed.hexdigest()[:16]

    def broken(self, connection: Connection) -> Iterator[str]:
        """The teams whose chain is not what was written."""
        heads = {row.team_id: (row.n, row.hash) for row in connection.execute(select(audit_head))}
        lines = connection.execute(select(audit).order_by(audit.c.team_id, audit.c.n)).mappings()
        for team, chain in groupby(lines, key=lambda line: str(line["team_id"])):
            if self._end_of(chain) != heads.pop(team, None):
                yield team
        yield from (team for team, head in heads.items() if head != (0, _START))

    def _end_of(self, chain: Iterator[RowMapping]) -> tuple[int, str] | None:
        n, last = 0, _START
        for row in chain:
            line = {name: row[name] for name in ("team_id", "n", "at_ms", "actor", "action", "facts")}
            n, last = n + 1, self._seal(last, line)
            if line["n"] != n or not hmac.compare_digest(last, row["hash"]):
                return None
        return n, last

    def _seal(self, last: str, line: dict[str, object]) -> str:
        text = json.dumps(line, sort_keys=True, separators=(",", ":"))
        return hmac.new(self._key, f"{last}{text}".encode(), hashlib.sha256).hexdigest()

    @staticmethod
    def _head(connection: Connection, team: str) -> tuple[int, str]:
        dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
        first = dialect.insert(audit_head).values(team_id=team, n=0, hash=_START)
        connection.execute(first.on_conflict_do_nothing())
        held = select(audit_head.c.n, audit_head.c.hash).where(audit_head.c.team_id == team).with_for_update()
        found = connection.execute(held).one()
        return found.n, found.hash

    @staticmethod
    def _move_head(connection: Connection, team: str, n: int, last: str) -> None:
        connection.execute(update(audit_head).where(audit_head.c.team_id == team).values(n=n, hash=last))
