"""The app's typeface in a browser, cut from Debian's Noto Sans CJK SC to the characters people's names need.

A browser has no Chinese font that Flutter can see, so the desk carries one, in two real weights. Phones use
the font of their system. Cutting takes a minute and needs Debian's package; the result is kept in `assets/fonts`.
"""

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from devtools.environment import MAIN, ROOT, ensure
from devtools.pythons import this_one
from devtools.say import StepFailed, line, run_step

FONTS = ROOT / "assets" / "fonts"
DEBIAN_PACKAGE = "fonts-noto-cjk"
SOURCES = Path("/usr/share/fonts/opentype/noto")
WEIGHTS = ("Regular", "Bold")
SIMPLIFIED_CHINESE = 2  # the third of the faces in one of Noto's collections

# Latin with its accents, punctuation, arrows, marks and figures in circles, kana, full-width forms.
RANGES = (
    *((0x20, 0x7E), (0xA0, 0x17F), (0x2010, 0x205E), (0x20AC, 0x20AC), (0x2100, 0x2199), (0x2200, 0x22FF)),
    *((0x2460, 0x24FF), (0x2500, 0x26FF), (0x2713, 0x2717), (0x3000, 0x30FF), (0xFF00, 0xFFEF)),
)
# Of the characters that the standard list of 2013 allows in names, those that GBK has no place for.
BEYOND_GBK = (
    "㑇㑊㕮㘎㙍㙘㙦㛃㛚㛹㟃㠇㠓㤘㥄㧐㧑㧟㫰㬊㬎㬚㭎㭕㮾㰀㳇㳘㳚㴔㵐㶲㸆㸌㺄㻬㽏㿠䁖䂮䃅䃎䅟䌹䎃䎖䏝䏡䏲䐃䓖䓛䓨䓫䓬䗖䗛䗪䗴"
    "䜣䝙䢺䢼䣘䥽䦃䲟䲠䲢䴓䴔䴕䴖䴗䴘䴙䶮龦龧龨龩龪龫龬龭龮龯龰龱龲龳龴龵龶龷龸龹龺龻鿃鿍鿎鿏"
    "𠅤𠙶𠳐𡎚𡐓𣗋𣲗𣲘𣸣𤧛𤩽𤫉𥔲𥕢𥖨𥻗𦈡𦒍𦙶𦝼𦭜𦰡𧿹𨐈𨙸𨚕𨟠𨭉𨱇𨱏𨱑𨱔𨺙𩽾𩾃𩾌𪟝𪣻𪤗𪨰𪨶𪩘𪾢𫄧𫄨𫄷𫄸𫇭𫌀𫍣"
    "𫍯𫍲𫍽𫐄𫐐𫐓𫑡𫓧𫓯𫓶𫓹𫔍𫔎𫔶𫖮𫖯𫖳𫗧𫗴𫘜𫘝𫘦𫘧𫘨𫘪𫘬𫚕𫚖𫚭𫛭𫞩𫟅𫟦𫟹𫟼𫠆𫠊𫠜𫢸𫫇𫭟𫭢𫭼𫮃𫰛𫵷𫶇𫷷𫸩𬀩𬀪𬂩𬃊𬇕𬇙"
    "𬇹𬉼𬊈𬊤𬌗𬍛𬍡𬍤𬒈𬒔𬒗𬕂𬘓𬘘𬘡𬘩𬘫𬘬𬘭𬘯𬙂𬙊𬙋𬜬𬜯𬞟𬟁𬟽𬣙𬣞𬣡𬣳𬤇𬤊𬤝𬨂𬨎𬩽𬪩𬬩𬬭𬬮𬬱𬬸𬬹𬬻𬬿𬭁𬭊𬭎𬭚𬭛𬭤𬭩𬭬𬭯𬭳𬭶"
    "𬭸𬭼𬮱𬮿𬯀𬯎𬱖𬱟𬳵𬳶𬳽𬳿𬴂𬴃𬴊𬶋𬶍𬶏𬶐𬶟𬶠𬶨𬶭𬶮𬷕𬸘𬸚𬸣𬸦𬸪𬹼𬺈𬺓"
)


def font(more: Sequence[str], *, may_install: bool) -> int:
    """Cut both weights anew from the fonts that Debian has."""
    if not SOURCES.is_dir():
        line(f"The whole font is not on this machine. Run\n  apt-get install {DEBIAN_PACKAGE}")
        raise StepFailed("Then give this command again.")
    ensure(MAIN, this_one(), may_install=may_install)
    FONTS.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        wanted = Path(scratch) / "wanted.txt"
        wanted.write_text("\n".join(f"{point:x}" for point in sorted(set(code_points()))), encoding="utf-8")
        for weight in WEIGHTS:
            _cut(weight, wanted, more)
    return 0


def code_points() -> Iterator[int]:
    """Every character the font shall have, some more than once."""
    for first, last in RANGES:
        yield from range(first, last + 1)
    yield from map(ord, BEYOND_GBK)
    for lead in range(0x81, 0xFF):
        for trail in range(0x40, 0xFF):
            yield from map(ord, bytes([lead, trail]).decode("gbk", "ignore"))


def _cut(weight: str, wanted: Path, more: Sequence[str]) -> None:
    target = FONTS / f"noto-sans-sc-{weight.lower()}.woff2"
    subset = [
        *(MAIN.python, "-m", "fontTools.subset", str(SOURCES / f"NotoSansCJK-{weight}.ttc")),
        *(f"--font-number={SIMPLIFIED_CHINESE}", f"--unicodes-file={wanted}", f"--output-file={target}"),
        *("--flavor=woff2", "--layout-features=ccmp,kern,mark", "--no-hinting", "--notdef-outline"),
    ]
    run_step(f"cutting {target.name} (half a minute)", [*subset, *more])
    line(f"  {target.stat().st_size:,} bytes")
