"""`dev.py torture tinydb`: TinyDB's own tests, run on our database instead of its own.

They are fetched from the package index with the release that is installed, and kept nowhere.
"""

import argparse
import subprocess
import sys
import tarfile
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# Tests that ask for the literal names of TinyDB's own classes.
ALLOWED = {
    "test_table_repr[memory]": "repr says VaultTable, not Table",
    "test_table_repr[json]": "repr says VaultTable, not Table",
}

# Takes the place of the suite's own: every test that asks for `db` gets a vault, once bare and once with indexes.
FIXTURES = """
import pytest
from tinydb.middlewares import CachingMiddleware
from tinydb.storages import MemoryStorage
from field_app.vault.database import VaultDB
from field_app.vault.indexes import equal, ordered
from torture.store.vaults import KEY

INDEXES = {"_default": (equal("char"), ordered("char"), equal("int"), ordered("int"))}


@pytest.fixture(params=["memory", "json"])
def db(request, tmp_path):
    indexes = INDEXES if request.param == "json" else {}
    vault = VaultDB(tmp_path / "data.log", KEY, begin=True, indexes=indexes)
    vault.drop_tables()
    vault.insert_multiple({"int": 1, "char": c} for c in "abc")
    yield vault
    vault.close()


@pytest.fixture
def storage():
    return CachingMiddleware(MemoryStorage)()
"""


def run(words: Sequence[str]) -> int:
    """Fetch, run, and say which tests failed and why they may; 1 if one failed that may not."""
    argparse.ArgumentParser(prog="dev.py torture tinydb", description=__doc__).parse_args(words)
    release = metadata.version("tinydb")
    with tempfile.TemporaryDirectory() as folder:
        suite = _fetched(Path(folder), release)
        (suite / "conftest.py").write_text(FIXTURES, "utf-8")
        ran, failed = _run(suite, Path(folder) / "results.xml")
    for name in sorted(failed):
        print(f"{'-' if name in ALLOWED else '✗'} {name}: {ALLOWED.get(name, 'may not fail')}")
    wrong = failed - ALLOWED.keys()
    print(f"TinyDB {release}: {ran - len(failed)} of {ran} of its tests hold on our database, {len(wrong)} wrongly not")
    return 1 if wrong or not ran else 0


def _fetched(folder: Path, release: str) -> Path:
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", "tinydb"]
    subprocess.run(
        [*pip, "--dest", str(folder), f"tinydb=={release}"], check=True, stderr=subprocess.DEVNULL, timeout=300
    )
    (source,) = folder.glob("tinydb-*.tar.gz")
    with tarfile.open(source) as packed:
        packed.extractall(folder, filter="data")
    return folder / f"tinydb-{release}" / "tests"


def _run(suite: Path, results: Path) -> tuple[int, set[str]]:
    options = ["-q", "-p", "no:cacheprovider", "-c", "/dev/null", "--rootdir", str(suite), f"--junit-xml={results}"]
    pytest = [sys.executable, "-m", "pytest", "--import-mode=importlib", *options, str(suite)]
    subprocess.run(pytest, cwd=ROOT, capture_output=True, check=False, timeout=1800)
    cases = list(ET.parse(results).iter("testcase"))  # noqa: S314 -- written by pytest a moment ago
    failed = {
        case.get("name", "") for case in cases if case.find("failure") is not None or case.find("error") is not None
    }
    return len(cases), failed
