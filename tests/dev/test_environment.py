"""Do the tools know a finished environment, a real Python and a whole lock when they see one?"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from devtools import commands, environment
from devtools.environment import FLOOR, MAIN, Environment
from devtools.pythons import Interpreter, ask, candidates, this_one
from devtools.say import StepFailed, run_step
from devtools.stamps import InstallStamp

LOCKS = [MAIN.lock, FLOOR.lock]
REQUIREMENT = re.compile(r"[a-z0-9][a-z0-9.-]*==\S+( ; [^\\]+)?")
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")

one_after_the_other = pytest.mark.xdist_group("environment")  # they share one that takes long to make
only_posix = pytest.mark.skipif(os.name == "nt", reason="the fake interpreters are shell scripts")


def a_lock(folder: Path, text: str = "tinydb==4.9.0") -> Path:
    lock = folder / "constraints.txt"
    lock.write_text(text, encoding="utf-8")
    return lock


def a_fake(folder: Path, name: str, script: str) -> str:
    program = folder / name
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    return str(program)


# ------------------------------------------------------------------ stamps


def test_a_written_stamp_is_read_back_equal(tmp_path):
    stamp = InstallStamp.of("3.11.7", tmp_path, a_lock(tmp_path))
    stamp.write(tmp_path / ".installed")
    assert InstallStamp.read(tmp_path / ".installed") == stamp
    assert [entry.name for entry in tmp_path.glob(".installed*")] == [".installed"]


@pytest.mark.parametrize("rest", ["", "made by hand\n", "one\ntwo\nthree\nfour\n"])
def test_what_is_left_of_a_broken_stamp_is_no_stamp(tmp_path, rest):
    (tmp_path / ".installed").write_text(rest, encoding="utf-8")
    assert InstallStamp.read(tmp_path / ".installed") is None


def test_the_same_lock_needs_nothing_more(tmp_path):
    stamp = InstallStamp.of("3.11.7", tmp_path, a_lock(tmp_path))
    assert stamp.needs(stamp) == "nothing"


def test_a_changed_lock_is_installed_in_place(tmp_path):
    before = InstallStamp.of("3.11.7", tmp_path, a_lock(tmp_path))
    after = InstallStamp.of("3.11.7", tmp_path, a_lock(tmp_path, "tinydb==4.9.1"))
    assert after.needs(before) == "install"


@pytest.mark.parametrize(("python", "root"), [("3.12.1", "."), ("3.11.7", "elsewhere")])
def test_another_python_or_a_moved_checkout_needs_a_new_environment(tmp_path, python, root):
    lock = a_lock(tmp_path)
    before = InstallStamp.of("3.11.7", tmp_path, lock)
    assert InstallStamp.of(python, tmp_path / root, lock).needs(before) == "anew"


def test_half_an_install_bears_no_stamp_and_is_made_anew(tmp_path):
    assert InstallStamp.of("3.11.7", tmp_path, a_lock(tmp_path)).needs(None) == "anew"


# ------------------------------------------------------------- environments


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A real environment, made from a lock of nothing."""
    folder = tmp_path_factory.mktemp("place")
    place = Environment(folder / "venv", a_lock(folder, "# nothing to install"))
    environment.ensure(place, this_one(), may_install=False)
    return place


@one_after_the_other
def test_an_environment_is_made_once(place, capsys):
    environment.ensure(place, this_one(), may_install=False)
    assert capsys.readouterr().out == ""


@one_after_the_other
def test_an_environment_sees_the_checkout(place, tmp_path):
    look = [place.python, "-c", "import devtools; print(devtools.__file__)"]
    seen = subprocess.run(look, cwd=tmp_path, capture_output=True, text=True, check=True, timeout=60).stdout
    assert Path(seen.strip()).parent.parent == environment.ROOT


@one_after_the_other
def test_an_environment_whose_install_was_killed_is_made_again(place, capsys, monkeypatch):
    monkeypatch.setattr(environment, "_makes", made_without_pip)
    (place.folder / environment.STAMP).unlink()
    (place.folder / "half").write_text("an install", "utf-8")
    environment.ensure(place, this_one(), may_install=False)
    assert "making venv" in capsys.readouterr().out
    assert not (place.folder / "half").exists()
    assert (place.folder / environment.STAMP).exists()


def made_without_pip(folder, outer):
    """A second pip would take ten seconds; that of the outer Python installs as well."""
    shutil.rmtree(folder)
    subprocess.run([outer.path, "-m", "venv", "--without-pip", str(folder)], check=True, timeout=60)
    return True


# ------------------------------------------------------------------ pythons


def test_a_python_that_runs_says_where_and_which_it_is():
    found = ask([sys.executable])
    assert found is not None
    assert found.minor == f"{sys.version_info.major}.{sys.version_info.minor}"


@only_posix
@pytest.mark.parametrize(
    "script",
    ["exit 127", "echo 'python3.12: command not found' >&2; exit 127", "echo hello", "kill -9 $$"],
)
def test_a_shim_that_starts_nothing_is_no_python(tmp_path, script):
    assert ask([a_fake(tmp_path, "python3.12", script)]) is None


def test_a_name_nobody_has_is_no_python(tmp_path):
    assert ask([str(tmp_path / "python3.12")]) is None


@only_posix
def test_behind_a_broken_shim_the_python_of_a_manager_is_found(tmp_path, monkeypatch):
    shims, versions = tmp_path / "shims", tmp_path / ".pyenv" / "versions" / "3.12.9" / "bin"
    shims.mkdir()
    versions.mkdir(parents=True)
    a_fake(shims, "python3.12", "exit 127")
    a_fake(versions, "python3", "echo /opt/it; echo 3.12.9")
    monkeypatch.setenv("PATH", str(shims), prepend=os.pathsep)
    answers = [ask(command) for command in candidates("3.12", tmp_path)]
    assert answers == [None, Interpreter("/opt/it", "3.12.9")]


# -------------------------------------------------------------------- locks


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_locked_package_has_a_version_and_hashes(lock):
    joined = lock.read_text(encoding="utf-8").replace("\\\n", " ")
    entries = [entry for entry in joined.splitlines() if not entry.startswith("#")]
    assert entries
    for entry in entries:
        requirement, *hashes = re.split(r"\s+(?=--hash)", entry.strip())
        assert REQUIREMENT.fullmatch(requirement), requirement
        assert hashes, requirement
        assert all(HASH.fullmatch(each) for each in hashes), requirement


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_no_lock_names_an_index_an_address_or_a_path(lock):
    text = lock.read_text(encoding="utf-8")
    options = set(re.findall(r"(?<!\S)--?[a-z][a-z-]*", text))
    assert options == {"--hash"}
    assert "http:" not in text
    assert "https:" not in text
    assert "file:" not in text
    assert not re.search(r"(^|[\s@])/", text)


# ----------------------------------------------------------------- commands


def test_an_unknown_command_lists_the_known_ones_with_status_2(capsys):
    assert commands.main(["dance"]) == 2
    printed = capsys.readouterr().out
    assert all(command.usage in printed for command in commands.COMMANDS)


def test_asking_for_help_is_no_mistake(capsys):
    assert commands.main(["--help"]) == 0
    assert "dev.py COMMAND" in capsys.readouterr().out


def test_a_step_that_fails_shows_what_it_printed(capsys):
    with pytest.raises(StepFailed):
        run_step("breaking", [sys.executable, "-c", "print('the reason'); raise SystemExit(3)"])
    assert "the reason" in capsys.readouterr().out


def test_a_step_that_works_says_only_that_and_its_seconds(capsys):
    run_step("working", [sys.executable, "-c", "print('chatter')"])
    printed = capsys.readouterr().out
    assert "chatter" not in printed
    assert re.search(r"✓ working  \d+\.\d s", printed)
