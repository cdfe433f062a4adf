"""What is sold: what interests, purchases and campaigns may name; free words stay allowed there."""

from typing import Annotated, ClassVar

from visit_core.fields import ALL_WHO_WRITE, EVERY, Asked, Entered, Place
from visit_core.shapes import Amount, Line, Name, YesNo


class Product(Entered):
    """What is sold."""

    kind_name: ClassVar[str] = "product"
    zh: ClassVar[str] = "产品"
    en: ClassVar[str] = "Product"
    listed: ClassVar[tuple[str, ...]] = ("name", "category", "unit_price")
    written_by: ClassVar[frozenset[str]] = ALL_WHO_WRITE
    lies_in: ClassVar[Place] = "form"

    name: Annotated[str | None, Name(80), Asked("产品名称", "Product name", must=EVERY)] = None
    category: Annotated[str | None, Line(40), Asked("产品类别", "Category")] = None
    unit_price: Annotated[str | None, Amount("99999999.99", money=True), Asked("单价", "Unit price (CNY)")] = None
    active: Annotated[bool | None, YesNo(), Asked("在售", "On sale")] = True
