"""What a command works with: the home it was given, the environment, the clock. Opened when asked for."""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sync_server.home import open_central
from sync_server.settings import Settings, read_settings
from sync_server.store_sql.store import SqlStore


@dataclass(frozen=True, slots=True)
class Context:
    """One run of the program."""

    home: Path
    environment: Mapping[str, str]

    def now_ms(self) -> int:
        """The machine's clock."""
        return time.time_ns() // 1_000_000

    def settings(self) -> Settings:
        """The settings of the home."""
        return read_settings(self.home, self.environment)

    @contextmanager
    def store(self) -> Iterator[SqlStore]:
        """The central store, closed afterwards."""
        store = open_central(self.settings(), self.environment)
        try:
            yield store
        finally:
            store.close()
