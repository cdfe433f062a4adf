"""What we put over Flet's web client: our page, our icon, and our font in its manifest.

Flutter loads the fonts of its manifest before the first frame and draws with the family "Roboto" until it has
heard of a theme. So our font takes that name, and nobody ever sees boxes for Chinese. The overlay is made anew
at each start, in a folder that goes when the server does: it is never older than Flet or our font.
"""

import json
import shutil
from pathlib import Path
from typing import Any

import flet_web

from field_app.theme.colours import LIGHT, Tone
from field_app.theme.type import FAMILY
from field_app.web.emoji import EMOJI_FILE

ASSETS = Path(__file__).resolve().parents[2] / "assets"
PAGE = Path(__file__).with_name("index.html")
FONT_FILE_BY_WEIGHT = {400: "noto-sans-sc-regular.woff2", 700: "noto-sans-sc-bold.woff2"}
PICTURES = ("icon.png", "splash.svg", "splash_dark.svg")


def lay(folder: Path) -> None:
    """Fill an empty folder with all that is served in place of Flet's own files."""
    shutil.copyfile(PAGE, folder / PAGE.name)
    for name in PICTURES:
        shutil.copyfile(ASSETS / name, folder / name)
    fonts = folder / "assets" / "fonts"
    fonts.mkdir(parents=True)
    for name in (*FONT_FILE_BY_WEIGHT.values(), EMOJI_FILE):
        shutil.copyfile(ASSETS / "fonts" / name, fonts / name)
    _write(folder / "assets" / "FontManifest.json", font_manifest())
    _write(folder / "manifest.json", app_manifest())


def font_manifest() -> list[dict[str, Any]]:
    """Flet's fonts and ours: one family, each weight with a file of its own."""
    flets = Path(flet_web.__file__).parent / "web" / "assets" / "FontManifest.json"
    own = [{"asset": f"fonts/{name}", "weight": weight} for weight, name in FONT_FILE_BY_WEIGHT.items()]
    return [*json.loads(flets.read_text("utf-8")), {"family": FAMILY, "fonts": own}]


def app_manifest() -> dict[str, object]:
    """What a browser is told that wants to put the app on a home screen."""
    return {
        "name": "拜访",
        "short_name": "拜访",
        "lang": "zh-CN",
        "start_url": ".",
        "display": "standalone",
        "background_color": LIGHT[Tone.PAGE],
        "theme_color": LIGHT[Tone.PAGE],
        "icons": [{"src": "icon.png", "sizes": "1024x1024", "type": "image/png"}],
    }


def _write(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
