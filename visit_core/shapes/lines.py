"""Lines that a person adds to a record under labels of their own: 鞋码：42."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pydantic import JsonValue

from visit_core.errors import NotValid
from visit_core.shapes.several import Entries
from visit_core.shapes.shape import Moment, Shape
from visit_core.shapes.text import Line, Pattern

LABEL, VALUE = "label", "value"
_COLUMNS: Mapping[str, Shape] = {LABEL: Pattern(r"[^:：]{1,20}", "line_label"), VALUE: Line(200)}


@dataclass(frozen=True, slots=True)
class LabelledLines(Entries):
    """A list of {label, value}, each merged by itself; as text a line each, the label before a colon."""

    def read(self, value: JsonValue, moment: Moment) -> JsonValue:
        given = list(_parted(value)) if isinstance(value, str) else value if isinstance(value, list) else [value]
        written = [line for line in given if _said(line) != ("", "")]
        if not all(map(all, map(_said, written))):
            raise NotValid("half_line")
        return Entries.read(self, [*map(_trimmed, written)], moment)


LABELLED_LINES = LabelledLines(_COLUMNS, key=LABEL, ordered=True, most=30)


def line_text(line: Mapping[str, JsonValue]) -> str:
    """A line as one reads it."""
    return f"{line.get(LABEL)}：{line.get(VALUE)}"


def _parted(text: str) -> Iterator[JsonValue]:
    for line in text.splitlines():
        label, _, value = line.replace("：", ":").partition(":")
        yield {LABEL: label, VALUE: value}


def _said(line: JsonValue) -> tuple[str, str]:
    parts = line if isinstance(line, dict) else {LABEL: "?", VALUE: ""}
    label, value = (str(parts.get(name) or "").strip() for name in (LABEL, VALUE))
    return label, value


def _trimmed(line: JsonValue) -> JsonValue:
    label, value = _said(line)
    return {**(line if isinstance(line, dict) else {}), LABEL: label, VALUE: value}
