"""Settings: each described, each checked, and an error that names what was expected."""

import re
from pathlib import Path

import pytest
from pydantic import ValidationError

from sync_server.home import fresh_settings, last_address, remember_address
from sync_server.settings import Settings, keep_settings, read_settings
from visit_core.errors import NotValid
from visit_core.explain import explain

DOCS = Path(__file__).parents[2] / "docs" / "settings.md"


def described() -> dict[str, str]:
    part = DOCS.read_text("utf-8").partition("## The server")[2].partition("\n## ")[0]
    return {match[1]: match[2] for match in re.finditer(r"^\| `(\w+)` \| ([^|]+) \|", part, re.MULTILINE)}


def test_every_setting_is_described_with_its_default():
    told = described()
    assert set(told) == set(Settings.model_fields)
    for name, field in Settings.model_fields.items():
        if isinstance(field.default, int):
            assert told[name] == str(field.default)
        assert field.description


def test_the_environment_is_stronger_than_the_file_and_the_file_than_the_default(tmp_path):
    keep_settings(fresh_settings(tmp_path, organisation="好邻居").model_copy(update={"code_minutes": 5}))
    read = read_settings(tmp_path, {"SYNC_SERVER_CODE_MINUTES": "7"})
    assert (read.organisation, read.code_minutes, read.threads) == ("好邻居", 7, 8)
    assert read_settings(tmp_path, {}).code_minutes == 5


@pytest.mark.parametrize(("name", "value"), [("threads", "many"), ("threads", "0"), ("wire_bytes", "-1")])
def test_a_wrong_value_is_named_with_what_was_expected(tmp_path, name, value):
    keep_settings(fresh_settings(tmp_path))
    with pytest.raises(NotValid) as refused:
        read_settings(tmp_path, {f"SYNC_SERVER_{name.upper()}": value})
    sentence = explain(refused.value, "en")
    assert name in sentence
    assert value in sentence


@pytest.mark.parametrize("text", ["", "[]", "{", '{"unknown_setting": 1}', '{"store_id": "x"}'])
def test_a_settings_file_that_makes_no_sense_is_refused(tmp_path, text):
    (tmp_path / "settings.json").write_text(text)
    with pytest.raises(NotValid):
        read_settings(tmp_path, {})


def test_a_folder_without_a_home_is_said_to_be_so(tmp_path):
    with pytest.raises(NotValid) as refused:
        read_settings(tmp_path, {})
    assert "init" in explain(refused.value, "en")


def test_settings_cannot_be_changed_on_the_way(tmp_path):
    settings = fresh_settings(tmp_path)
    with pytest.raises(ValidationError):
        settings.threads = 3  # type: ignore[misc]


def test_invites_name_the_address_set_or_else_the_one_last_served(tmp_path):
    settings = fresh_settings(tmp_path)
    assert last_address(settings) == ""
    remember_address(tmp_path, "http://127.0.0.1:1")
    assert last_address(settings) == "http://127.0.0.1:1"
    assert last_address(settings.model_copy(update={"address": "https://a:1"})) == "https://a:1"
