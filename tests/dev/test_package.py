"""Is what goes to a phone whole, alone, and honest about what cannot be built here?"""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from devtools import commands
from devtools.apk import Flet, build_apk, build_command, installed_flet, lacking
from devtools.phone_source import check_source, weigh, write_source
from devtools.say import StepFailed
from devtools.shipped import PROJECT, ROOT, files_of_the_tree, would_ship
from field_app.phone import main, phone_settings, this_phone
from tests.screens.driver import Window

WORKFLOW = ROOT / ".github" / "workflows" / "build-apk.yml"
FLET = Flet("1.0.5", "3.44.8", has_builder=True)


@pytest.fixture
def source(tmp_path):
    folder = tmp_path / "phone-source"
    write_source(folder)
    return folder


# ---------------------------------------------------------------- the source


def test_what_ships_runs_with_nothing_but_a_phones_packages_and_leaves_nothing_behind(source):
    before = weigh(source)
    check_source(source)
    assert weigh(source) == before
    assert {path.name for path in source.iterdir()} == {
        "main.py",
        "field_app",
        "visit_core",
        "assets",
        "pyproject.toml",
    }


def test_the_folder_holds_exactly_what_flet_would_ship_and_its_settings(source):
    there = {path.relative_to(source).as_posix() for path in source.rglob("*") if path.is_file()}
    assert there == {*would_ship(files_of_the_tree()), "pyproject.toml"}
    assert weigh(source) == (len(there), sum((source / name).stat().st_size for name in there))


def test_a_folder_from_before_is_filled_anew(source):
    (source / "field_app" / "of_yesterday.py").write_text("", "utf-8")
    write_source(source)
    assert not (source / "field_app" / "of_yesterday.py").exists()


@pytest.mark.parametrize("stranger", ["fastapi", "flet_web", "sync_server", "tests.street", "devtools.say"])
def test_a_file_that_needs_what_a_phone_lacks_is_found_out(source, stranger):
    (source / "field_app" / "hopeful.py").write_text(f"import {stranger}\n", "utf-8")
    with pytest.raises(StepFailed, match=stranger.partition(".")[0]):
        check_source(source)


@pytest.mark.parametrize("name", ["main.py", "assets/icon.png"])
def test_a_source_without_something_it_must_have_is_refused_by_its_name(source, name):
    (source / name).unlink()
    with pytest.raises(StepFailed, match=re.escape(name)):
        check_source(source)


@pytest.mark.parametrize("name", ["sync_server", "tests", "assets/fonts"])
def test_a_source_with_something_of_the_desk_is_refused_by_its_name(source, name):
    (source / name).mkdir()
    with pytest.raises(StepFailed, match=Path(name).name):
        check_source(source)


def test_another_word_than_phone_or_apk_is_told_the_two(capsys):
    assert commands.main(["package", "watch"]) == 2
    assert "package phone|apk" in capsys.readouterr().out


# -------------------------------------------------------------------- the APK


def test_on_a_bare_machine_all_that_is_missing_for_an_apk_is_named(tmp_path):
    missing = lacking(Flet("1.0.5", "3.44.8", has_builder=False), tmp_path, {"PATH": str(tmp_path)})
    assert [each.partition(":")[0] for each in missing] == ["Flet's builder", "Flutter 3.44.8", "the Android SDK"]


def test_with_the_two_sdks_and_the_builder_nothing_is_missing(tmp_path):
    (tmp_path / "flutter" / "3.44.8" / "bin").mkdir(parents=True)
    assert lacking(FLET, tmp_path, {"PATH": "", "ANDROID_HOME": str(tmp_path)}) == []


def test_an_android_home_that_names_no_folder_is_no_sdk(tmp_path):
    (tmp_path / "flutter" / "3.44.8" / "bin").mkdir(parents=True)
    missing = lacking(FLET, tmp_path, {"PATH": "", "ANDROID_HOME": str(tmp_path / "gone")})
    assert [each.partition(":")[0] for each in missing] == ["the Android SDK"]


def test_where_something_is_missing_nothing_is_started_and_it_is_said(capsys):
    with pytest.raises(StepFailed, match="is ready"):
        build_apk(ROOT / "build" / "phone-source", ["Flutter 3.44.8: nowhere"], may_install=True)
    assert "Flutter 3.44.8: nowhere" in capsys.readouterr().out


def test_the_apk_is_built_for_the_python_that_phone_wheels_are_for(tmp_path):
    assert "--python-version 3.12" in " ".join(build_command(tmp_path, may_install=False))


def test_flet_may_fetch_what_it_lacks_only_where_that_is_allowed(tmp_path):
    assert "--yes" not in build_command(tmp_path, may_install=False)
    assert "--yes" in build_command(tmp_path, may_install=True)


def test_the_hosted_build_takes_the_flet_and_the_flutter_that_are_pinned():
    text = WORKFLOW.read_text("utf-8")
    flet = installed_flet()
    assert f"flet=={flet.version}" in PROJECT["project"]["dependencies"]
    assert set(re.findall(r"flet-cli==([\d.]+)", text)) == {flet.version}
    assert set(re.findall(r"FLUTTER: \"([\d.]+)\"", text)) == {flet.flutter}


def test_the_hosted_build_says_first_that_nobody_has_run_it():
    assert WORKFLOW.read_text("utf-8").splitlines()[0] == "# not run yet: nobody has built this"


# ------------------------------------------------------------------- the start


def test_a_phones_secret_lies_beside_its_home_and_never_inside(tmp_path):
    settings = phone_settings({"FLET_APP_STORAGE_DATA": str(tmp_path)})
    assert (settings.home, settings.secrets) == (tmp_path / "home", tmp_path / "secrets")


def test_without_flets_folder_the_app_keeps_to_the_persons_own_data(tmp_path):
    own = {"HOME": str(tmp_path), "APPDATA": str(tmp_path), "LOCALAPPDATA": str(tmp_path)}
    settings = phone_settings(own)
    assert settings.home.is_relative_to(tmp_path)
    assert not settings.secrets.is_relative_to(settings.home)


@pytest.fixture
def windows(tmp_path, monkeypatch):
    """Two windows of one phone, one after the other, as when the system makes the app's window anew."""
    monkeypatch.setenv("FLET_APP_STORAGE_DATA", str(tmp_path))
    this_phone.cache_clear()
    opened = [Window.on(main), Window.on(main)]
    yield opened
    for window in opened:
        window.close()
    this_phone.cache_clear()


def test_a_new_phone_begins_with_what_is_kept_of_whom(windows):
    assert all(window.sees("使用前请了解") for window in windows)
    assert this_phone() is this_phone()


def test_a_start_without_a_screen_serves_this_machine_alone():
    """Flet itself decides what to serve; here it is asked what main.py tells it."""
    ask = (
        "import runpy, flet; flet.run = lambda main, **told: print(main.__module__, told['host'], told['no_cdn']);"
        "runpy.run_path('main.py', run_name='__main__')"
    )
    told = subprocess.run(
        [sys.executable, "-c", ask], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    ).stdout
    assert told.split() == ["field_app.phone", "127.0.0.1", "True"]
