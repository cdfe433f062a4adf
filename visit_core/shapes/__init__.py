"""What a field's value may be, and the one form it is kept in.

`read` takes what a person typed, a file held or a message carried, and gives the canonical JSON value, or
raises `NotValid` with the code of the broken rule. Reading a canonical value gives it back unchanged.
"""

from visit_core.shapes.choice import OneOf, OneOfOrOwn, Reference, YesNo
from visit_core.shapes.lines import LABELLED_LINES, LabelledLines
from visit_core.shapes.number import Amount, Degrees, Whole
from visit_core.shapes.several import AnyValue, Entries, Fix, Parts, SetOf
from visit_core.shapes.shape import Control, Moment, Shape
from visit_core.shapes.text import (
    AnyPhone,
    CreditCode,
    Division,
    Email,
    KindName,
    Landline,
    Line,
    Mobile,
    Name,
    Passage,
    Pattern,
)
from visit_core.shapes.time import Day, When

__all__ = [
    "LABELLED_LINES",
    "Amount",
    "AnyPhone",
    "AnyValue",
    "Control",
    "CreditCode",
    "Day",
    "Degrees",
    "Division",
    "Email",
    "Entries",
    "Fix",
    "KindName",
    "LabelledLines",
    "Landline",
    "Line",
    "Mobile",
    "Moment",
    "Name",
    "OneOf",
    "OneOfOrOwn",
    "Parts",
    "Passage",
    "Pattern",
    "Reference",
    "SetOf",
    "Shape",
    "When",
    "Whole",
    "YesNo",
]
