"""Are emoji drawn in a browser, with a font of our own and whatever the engine calls its own?"""

import asyncio

import pytest
from fontTools.ttLib import TTFont

from field_app.web.emoji import EMOJI_FILE, GIVEN, with_emoji
from field_app.web.overlay import ASSETS, lay

EVERYDAY = "😀😂🙏👍👌🎉🏠🐕🚪📞⏰☎❤✅⚠"


async def never(*told):
    raise AssertionError("nobody is asked or told anything here")


def path_given_for(path, kind="http"):
    seen = []

    async def app(scope, receive, send):
        seen.append((scope["path"], scope["raw_path"]))

    scope = {"type": kind, "path": path, "raw_path": path.encode()}
    asyncio.run(with_emoji(app)(scope, never, never))
    return seen[0]


@pytest.mark.parametrize(
    "name", ["notocoloremoji/v32/Yq6P.9.woff2", "notocoloremoji/v99/x.woff2", "notosanssymbols2/v1/y"]
)
def test_whatever_font_for_emoji_the_engine_asks_for_it_gets_ours(name):
    assert path_given_for(f"/assets/fonts/{name}") == (GIVEN, GIVEN.encode())


@pytest.mark.parametrize("path", ["/", "/assets/fonts/notosanssc/v37/a.woff2", "/assets/FontManifest.json"])
def test_everything_else_is_given_as_it_is_asked_for(path):
    assert path_given_for(path) == (path, path.encode())


def test_the_font_is_laid_where_it_is_looked_for_with_its_licence_beside_its_source(tmp_path):
    lay(tmp_path)
    assert (tmp_path / GIVEN.lstrip("/")).stat().st_size < 500_000
    assert "SIL OPEN FONT LICENSE" in (ASSETS / "fonts" / "OFL-noto-emoji.txt").read_text("utf-8").upper()


def test_the_font_has_the_emoji_of_every_day():
    written = set(TTFont(ASSETS / "fonts" / EMOJI_FILE).getBestCmap())
    assert set(map(ord, EVERYDAY)) <= written
