"""Which column of a stranger's table is which field: guessed by what people call it, in Chinese and English."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

from visit_core.errors import NotValid
from visit_core.fields import Specs

Headings = Mapping[str, str]
"""The field that a heading, as `folded`, stands for."""

WHOSE = "customer_id"
_HEADER_WITHIN = 10  # rows: above it stand titles, dates, who made the list
_SAID_TOO: Mapping[str, Sequence[str]] = {
    "name": ("姓名", "客户名称", "客户", "名字", "顾客姓名", "full name", "customer", "customer name", "client"),
    "mobile": (
        "手机",
        "手机号",
        "手机号码",
        "电话",
        "电话号码",
        "联系方式",
        "移动电话",
        "phone",
        "tel",
        "telephone",
        "mobile",
        "mobile number",
        "phone number",
        "mobile phone",
        "cell",
        "cellphone",
    ),
    "email": ("电子邮件", "邮箱", "邮件", "e-mail", "mail", "email address"),
    "address_detail": ("地址", "住址", "详细地址", "家庭地址", "联系地址", "address", "home address"),
    "company_name": ("公司", "单位", "工作单位", "单位名称", "company", "employer", "organisation", "organization"),
    "gender": ("sex",),
    "is_international": ("国内/国际", "国际客户", "境外客户", "domestic/international", "international"),
    "customer_id": (
        "客户编号",
        "手机",
        "手机号",
        "手机号码",
        "联系电话",
        "客户手机",
        "客户电话",
        "phone",
        "mobile",
        "phone number",
        "customer number",
        "客户",
        "客户姓名",
        "客户名称",
        "姓名",
        "customer",
        "customer name",
    ),
    "remark": ("备注", "附注", "说明", "notes", "note", "remarks", "comment", "comments"),
}


def folded(heading: str) -> str:
    """A heading in one spelling: without blanks, a star for what is needed, a colon, or what brackets say of it."""
    plain = unicodedata.normalize("NFKC", heading).casefold()
    return re.sub(r"\((?:必填|选填|required|optional|yyyy-mm-dd)\)|[\s*:]", "", plain)


def headings_of(specs: Specs, remembered: Mapping[str, str] | None = None) -> dict[str, str]:
    """What each field is called; what a person said of a heading goes before every guess."""
    guessed = {folded(word): name for name, words in _SAID_TOO.items() if name in specs for word in words}
    # What is declared goes before what an organisation added under the same name.
    own = {folded(word): s.name for s in reversed(list(specs.values())) for word in (s.name, s.asked.en, s.asked.zh)}
    told = {folded(heading): name for heading, name in (remembered or {}).items() if name in specs or not name}
    return {**guessed, **own, **told}


def columns_of(header: Sequence[str], headings: Headings) -> dict[int, str]:
    """Which field stands where; NotValid if one stands twice. Of several that say whose a record is, the surest."""
    columns: dict[int, str] = {}
    whose = _surest(header, headings)
    for place, heading in enumerate(header):
        name = headings.get(folded(heading))
        if name == WHOSE and folded(heading) != whose:
            continue
        if name and name in columns.values():
            raise NotValid("table_twice", column=heading)
        if name:
            columns[place] = name
    return columns


def _surest(header: Sequence[str], headings: Headings) -> str:
    """The heading under which a customer's record is named best: its id, their number, a phone number, a name."""
    words = [folded(word) for word in _SAID_TOO[WHOSE]]
    rank = {word: place for place, word in reversed(list(enumerate(words)))}
    named = (folded(heading) for heading in header if headings.get(folded(heading)) == WHOSE)
    return min(named, key=lambda word: rank.get(word, -1), default="")


def header_in(rows: Sequence[Sequence[str]], headings: Headings) -> tuple[tuple[str, ...], int]:
    """The header and how many rows there are down to its end; (), 0 where no row is one."""
    best: tuple[int, tuple[str, ...], int] = (0, (), 0)
    for place, row in enumerate(rows[:_HEADER_WITHIN]):
        above = rows[place - 1] if place else ()
        for header in (tuple(row), _joined(above, row, headings)):
            count = _known(header, headings)
            if count > best[0]:
                best = (count, header, place + 1)
    return best[1], best[2]


def _joined(above: Sequence[str], below: Sequence[str], headings: Headings) -> tuple[str, ...]:
    """A header of two rows as one: in each column the name that is known, by the lower word first."""
    width = max(len(above), len(below))
    pairs = zip(*((*row, *[""] * (width - len(row))) for row in (above, below)), strict=True)
    return tuple(_one_of(upper, lower, headings) for upper, lower in pairs)


def _one_of(upper: str, lower: str, headings: Headings) -> str:
    said = (lower, f"{upper}{lower}", upper)
    return next((word for word in said if folded(word) in headings), lower or upper)


def _known(header: Sequence[str], headings: Headings) -> int:
    return len({headings[folded(cell)] for cell in header if headings.get(folded(cell))})
