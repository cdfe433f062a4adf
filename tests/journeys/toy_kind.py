"""An animal that a customer has: a kind of no use but to show what a kind costs."""

from typing import Annotated, ClassVar

from visit_core.fields import EVERY, Asked, Entered
from visit_core.shapes import Line, Reference


class Pet(Entered):
    """An animal that a customer has."""

    kind_name: ClassVar[str] = "pet"
    zh: ClassVar[str] = "宠物"
    en: ClassVar[str] = "Pet"
    filled_in: ClassVar[bool] = True
    listed: ClassVar[tuple[str, ...]] = ("name",)

    customer_id: Annotated[str | None, Reference("customer"), Asked("客户", "Customer", must=EVERY)] = None
    name: Annotated[str | None, Line(50), Asked("名字", "Name", must=EVERY)] = None
