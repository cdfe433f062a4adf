"""Where the server of the simulated world keeps its store: one encrypted file, or a database of a real PostgreSQL."""

import atexit
import shutil
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Protocol

from sync_server.keys import audit_key
from sync_server.store_sql.opening import make_store, open_store

if TYPE_CHECKING:
    from tests.server.clusters import Cluster

KEY = bytes(range(32))


class Place(Protocol):
    """A store that nobody has open while it is copied or put back."""

    @property
    def url(self) -> str:
        """Where the store is."""

    def copied(self) -> str:
        """The store as it is, kept aside; its name."""

    def put_back(self, copy: str) -> None:
        """What was kept aside takes the store's place."""

    def ends(self) -> None:
        """Nothing of it stays."""


class InFile:
    """A store in one file of a folder."""

    def __init__(self, folder: Path) -> None:
        self._file, self._copies = folder / "server.db", 0
        shutil.copyfile(_empty_store(), self._file)

    @property
    def url(self) -> str:
        return f"sqlite:///{self._file}"

    def copied(self) -> str:
        self._copies += 1
        return str(shutil.copyfile(self._file, self._file.with_suffix(f".{self._copies}")))

    def put_back(self, copy: str) -> None:
        shutil.copyfile(copy, self._file)

    def ends(self) -> None:
        """The folder goes with the world."""


class InCluster:
    """A store in a database of its own, made from an empty one."""

    def __init__(self, cluster: "Cluster", template: str) -> None:
        self._cluster, self._name = cluster, cluster.database(template)
        self._copies: list[str] = []

    @property
    def url(self) -> str:
        return self._cluster.url(self._name)

    def copied(self) -> str:
        self._copies.append(self._cluster.database(self._name))
        return self._copies[-1]

    def put_back(self, copy: str) -> None:
        self._cluster.done_with(self._name)
        self._name = self._cluster.database(copy)

    def ends(self) -> None:
        for name in (self._name, *self._copies):
            self._cluster.done_with(name)


def fast_folder() -> Path:
    """A fresh folder in memory where the system has such a place."""
    memory = Path("/dev/shm")  # noqa: S108 -- a folder of our own in it, and nothing secret
    made = Path(mkdtemp(prefix="world-", dir=memory if memory.is_dir() else None))
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return made


@cache
def _empty_store() -> Path:
    """A store without anybody in it, made once in each process."""
    path = fast_folder() / "empty.db"
    make_store(f"sqlite:///{path}", KEY)
    open_store(f"sqlite:///{path}", KEY, audit_key(KEY), readers=1).close()
    return path
