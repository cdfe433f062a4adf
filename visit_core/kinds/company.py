"""A company that customers work at."""

from collections.abc import Iterator
from typing import Annotated, ClassVar

from pydantic import JsonValue

from visit_core.errors import NotValid
from visit_core.fields import EVERY, Asked, Entered, Fields
from visit_core.lying import apart, street_left
from visit_core.picklists import INDUSTRY, picklist
from visit_core.shapes import CreditCode, Division, Line, Moment, Name, OneOf

SIZE = picklist(
    "company_size",
    "1-9 · 1-9人 · 1-9",
    "10-49 · 10-49人 · 10-49",
    "50-249 · 50-249人 · 50-249",
    "250+ · 250人以上 · 250+",
)


class Company(Entered):
    """A company that customers work at; it tells their line of business and its size."""

    kind_name: ClassVar[str] = "company"
    zh: ClassVar[str] = "公司"
    en: ClassVar[str] = "Company"
    filled_in: ClassVar[bool] = True
    listed: ClassVar[tuple[str, ...]] = ("name", "industry", "address")

    name: Annotated[str | None, Name(80), Asked("公司名称", "Company name", must=EVERY)] = None
    address: Annotated[str | None, Line(200), Asked("公司地址", "Company address", soft=EVERY)] = None
    province: Annotated[str | None, Division("province"), Asked("省", "Province", group="division")] = None
    city: Annotated[str | None, Division("city"), Asked("市", "City", group="division")] = None
    district: Annotated[str | None, Division("district"), Asked("区县", "District", group="division")] = None
    street: Annotated[str | None, Division("street"), Asked("街道", "Street", group="division")] = None
    industry: Annotated[str | None, OneOf(INDUSTRY), Asked("行业", "Industry", soft=EVERY)] = None
    size: Annotated[str | None, OneOf(SIZE, chips=True), Asked("规模", "Size")] = None
    credit_code: Annotated[str | None, CreditCode(), Asked("统一社会信用代码", "Social credit code")] = None

    @classmethod
    def follows(cls, before: Fields, given: Fields, moment: Moment) -> dict[str, JsonValue]:
        """A street is left with its district."""
        return street_left(before, given)

    @classmethod
    def flaws(cls, fields: Fields) -> Iterator[NotValid]:
        """Places lie in one another."""
        return apart(fields)
