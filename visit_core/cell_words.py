"""What a cell of a table says of a value: words that people read, and that are read back to the same value."""

from pydantic import JsonValue

from visit_core import divisions, phones
from visit_core.picklists import Language
from visit_core.shapes import Division, LabelledLines, Landline, Mobile, OneOf, SetOf, Shape
from visit_core.shapes.lines import line_text


def cell_words(shape: Shape, value: JsonValue, lang: Language) -> str:
    """The text of the cell; empty for no value."""
    match value:
        case None:
            return ""
        case bool():
            return ("是" if value else "否") if lang == "zh" else ("yes" if value else "no")
        case list() if isinstance(shape, LabelledLines):
            return "\n".join(line_text(each) for each in value if isinstance(each, dict))
        case list():
            return "、".join(
                cell_words(shape.member if isinstance(shape, SetOf) else shape, each, lang) for each in value
            )
        case str() if isinstance(shape, OneOf):
            return shape.picklist.label(value, lang)
        case str() if isinstance(shape, Division):
            return divisions.name_of(value) or value
        case str() if isinstance(shape, Mobile | Landline):
            return phones.digits(value)
        case _:
            return str(value)
