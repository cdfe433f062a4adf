"""Settings: where they come from, and that each is described."""

import re
from pathlib import Path

import pytest

from field_app.settings import Settings, read_settings

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_described(name: str) -> None:
    assert f"| `{name}` |" in (ROOT / "docs" / "settings.md").read_text("utf-8")
    assert Settings.model_fields[name].description


def test_secrets_go_to_the_persons_configuration_folder_unless_moved() -> None:
    assert read_settings("/h", "zh", {"HOME": "/me", "XDG_CONFIG_HOME": "/c"}).secrets == Path("/c/field-visits")
    assert read_settings("/h", "zh", {"HOME": "/me", "FIELD_APP_SECRETS": "/s"}).secrets == Path("/s")


def test_a_pin_is_never_shown_with_the_settings() -> None:
    assert "482913" not in repr(read_settings("/h", "zh", {"HOME": "/me", "FIELD_APP_PIN": "482913"}))


def test_every_rule_of_the_store_names_tests_that_exist() -> None:
    named = set(re.findall(r"`(test_\w+)`", (ROOT / "docs" / "storage.md").read_text("utf-8")))
    written = "".join(path.read_text("utf-8") for path in (ROOT / "tests" / "app").glob("test_*.py"))
    assert named
    assert {name for name in named if f"def {name}(" not in written} == set()
