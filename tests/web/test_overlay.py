"""Is what a browser gets ours where it should be, and can its font write every name?"""

import json
import re
from pathlib import Path

import flet_web
import pytest
from fontTools.ttLib import TTFont

from devtools.font import BEYOND_GBK, code_points
from field_app.theme.colours import DARK, LIGHT, Tone
from field_app.theme.type import FACES, FAMILY
from field_app.web.overlay import ASSETS, FONT_FILE_BY_WEIGHT, PAGE, font_manifest, lay
from visit_core.explain import LANGUAGES, sentences

FLETS = Path(flet_web.__file__).parent / "web"
RARE_NAMES = "喆堃垚玥珺翀昇旻璟祎犇䶮𬱖𫖯㛃"


@pytest.fixture(scope="module", params=FONT_FILE_BY_WEIGHT)
def font(request):
    """One weight, as it is served."""
    return request.param, TTFont(ASSETS / "fonts" / FONT_FILE_BY_WEIGHT[request.param])


def test_the_font_has_all_of_gbk_and_the_rarer_characters_of_names(font):
    written = set(font[1].getBestCmap())
    chinese = {point for point in code_points() if point >= 0x3400 and chr(point).isprintable()}
    ideographs = {point for point in chinese if point <= 0x9FFF or point >= 0x20000}
    assert ideographs <= written
    assert set(map(ord, RARE_NAMES + BEYOND_GBK)) <= written


def test_the_font_has_every_character_of_our_own_texts(font):
    said = {ord(letter) for lang in LANGUAGES for text in sentences(lang).values() for letter in text} - {ord("\n")}
    assert said <= set(font[1].getBestCmap())


def test_bold_is_drawn_and_not_smeared(font):
    weight, face = font
    assert face["OS/2"].usWeightClass == weight


def test_every_weight_that_is_used_has_a_font():
    assert {face.weight for face in FACES.values()} == FONT_FILE_BY_WEIGHT.keys()


def test_both_weights_are_small_enough_to_be_carried_along():
    assert sum((ASSETS / "fonts" / name).stat().st_size for name in FONT_FILE_BY_WEIGHT.values()) < 14_000_000
    assert "SIL OPEN FONT LICENSE" in (ASSETS / "fonts" / "OFL.txt").read_text("utf-8")


def test_our_font_bears_the_name_that_is_drawn_with_before_any_theme():
    named = {entry["family"]: entry["fonts"] for entry in font_manifest()}
    assert [face["weight"] for face in named[FAMILY]] == [400, 700]
    assert "MaterialIcons" in named


def test_all_that_the_page_and_the_manifests_name_is_there(tmp_path):
    lay(tmp_path)
    named = re.findall(r'(?:src|href|srcset)="([^"/][^"]*)"', PAGE.read_text("utf-8"))
    named += [icon["src"] for icon in json.loads((tmp_path / "manifest.json").read_text("utf-8"))["icons"]]
    fonts = json.loads((tmp_path / "assets" / "FontManifest.json").read_text("utf-8"))
    named += [f"assets/{face['asset']}" for entry in fonts for face in entry["fonts"]]
    assert [name for name in named if not any((place / name).is_file() for place in (tmp_path, FLETS))] == []


def test_our_page_leaves_flets_server_its_place_and_its_client_what_it_reads():
    page = PAGE.read_text("utf-8")
    assert "<!-- fletAppConfig -->" in page
    read_by_the_client = re.findall(r"\bflet\.(\w+)", (FLETS / "flutter_bootstrap.js").read_text("utf-8"))
    set_by_the_server = {"entrypointBaseUrl", "assetBase", "webRenderer", "flutterApp", "noCdn"}
    assert {name for name in read_by_the_client if name not in page} <= set_by_the_server


def test_the_page_begins_in_the_colours_of_the_app():
    page = PAGE.read_text("utf-8")
    assert {LIGHT[Tone.PAGE], DARK[Tone.PAGE]} == set(re.findall(r"#[0-9A-F]{6}", page))
    assert 'lang="zh-CN"' in page
