"""Names, addresses and mailboxes with stray blanks, unseen marks or full-width letters and digits."""

import re
from collections.abc import Iterator

from field_app.actions.cleaning.finding import Finding, Register, respelled
from visit_core.errors import NotValid
from visit_core.fields import Fields, FieldSpec
from visit_core.shapes import Email, Line, Moment, Name

_WIDE = str.maketrans({chr(code): chr(code - 0xFEE0) for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B))})
_WIDE |= str.maketrans({chr(code): chr(code - 0xFEE0) for code in range(0xFF41, 0xFF5B)})
_WIDE |= {0xFF20: "@", 0xFF0E: "."}
_BLANKS = re.compile(r"[\s\u3000\u00a0]+")
_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_BETWEEN_SIGNS = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")


def found(_id: str, fields: Fields, register: Register) -> Iterator[Finding]:
    """Every line of text that says the same in a plainer form."""
    for name, spec in register.specs.items():
        said = fields.get(name)
        if isinstance(spec.shape, Line | Email) and isinstance(said, str):
            better = _plain(said, spec, register.moment)
            if better and better != said:
                yield respelled(name, said, better)


def _plain(said: str, spec: FieldSpec, moment: Moment) -> str:
    """The plainer form; empty where the field would refuse it."""
    if said.isascii() and said.isprintable() and "  " not in said and said == said.strip():
        plain = said
    else:
        plain = _BLANKS.sub(" ", _UNSEEN.sub("", _translated(said, spec))).strip()
    plain = _BETWEEN_SIGNS.sub("", plain) if isinstance(spec.shape, Name) else plain
    try:
        return str(spec.read(plain, moment) or "")
    except NotValid:
        return ""


def _translated(said: str, spec: FieldSpec) -> str:
    """Full-width dots and at-signs are letters only in a mailbox."""
    if isinstance(spec.shape, Email):
        return said.translate(_WIDE)
    return said.translate({code: sign for code, sign in _WIDE.items() if code not in (0xFF20, 0xFF0E)})
