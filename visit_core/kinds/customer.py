"""A person or a company that reps call on."""

from typing import Annotated, ClassVar

from visit_core.fields import EVERY, QUICK, STANDARD, Asked, Record
from visit_core.picklists import (
    CUSTOMER_KIND,
    CUSTOMER_TYPE,
    GENDER,
    INTENTION,
    LIFECYCLE_STAGE,
    SOURCE,
    TEMPLATE,
)
from visit_core.shapes import (
    Day,
    Email,
    Landline,
    Line,
    Mobile,
    Name,
    OneOf,
    Passage,
    Pattern,
    Reference,
    SetOf,
    Whole,
    YesNo,
)


class Customer(Record):
    """A person or a company that reps call on; kept from the first word on, and completed later."""

    kind_name: ClassVar[str] = "customer"
    zh: ClassVar[str] = "客户"
    en: ClassVar[str] = "Customer"
    saved_incomplete: ClassVar[bool] = True
    listed: ClassVar[tuple[str, ...]] = ("name", "mobile", "address_detail")

    name: Annotated[str | None, Name(50), Asked("客户姓名", "Name", must=EVERY, masked="name")] = None
    mobile: Annotated[str | None, Mobile(), Asked("联系电话", "Mobile", must=EVERY, masked="phone")] = None
    email: Annotated[str | None, Email(), Asked("电子邮箱", "E-mail", must=STANDARD, soft=QUICK, masked="email")] = None
    address_detail: Annotated[
        str | None, Line(200), Asked("家庭住址", "Home address", soft=EVERY, masked="address")
    ] = None
    landline: Annotated[str | None, Landline(), Asked("固定电话", "Landline", masked="phone")] = None
    gender: Annotated[str | None, OneOf(GENDER), Asked("性别", "Gender")] = None
    age: Annotated[int | None, Whole(0, 120), Asked("年龄", "Age")] = None
    birth_year: Annotated[int | None, Whole(1900, 2199), Asked("出生年", "Year of birth")] = None
    wechat_id: Annotated[
        str | None,
        Pattern(r"[A-Za-z][-_A-Za-z0-9]{5,19}|1[3-9][0-9]{9}", "wechat_id"),
        Asked("微信号", "WeChat ID", masked="phone"),
    ] = None
    postal_code: Annotated[
        str | None, Pattern(r"[0-9]{6}", "postal_code", "number"), Asked("邮政编码", "Postal code")
    ] = None
    occupation: Annotated[str | None, Line(50), Asked("职业", "Occupation")] = None
    company_name: Annotated[str | None, Name(80), Asked("公司名称", "Company")] = None
    position: Annotated[str | None, Line(50), Asked("职位", "Position")] = None
    customer_kind: Annotated[str | None, OneOf(CUSTOMER_KIND), Asked("客户性质", "Person or company")] = "person"
    customer_type: Annotated[str | None, OneOf(CUSTOMER_TYPE), Asked("客户类型", "Customer type", "behaviour")] = (
        "prospect"
    )
    customer_source: Annotated[str | None, OneOf(SOURCE), Asked("客户来源", "Source", "behaviour")] = "visit"
    lifecycle_stage: Annotated[str | None, OneOf(LIFECYCLE_STAGE), Asked("生命周期阶段", "Stage", "behaviour")] = "lead"
    purchase_intention: Annotated[
        str | None, OneOf(INTENTION, chips=True), Asked("购买意向", "Intention", "leads", soft=STANDARD)
    ] = None
    interests: Annotated[list[str] | None, SetOf(Line(30)), Asked("产品兴趣", "Interests", "leads")] = None
    referrer_id: Annotated[str | None, Reference("customer"), Asked("推荐人", "Referred by", "leads")] = None
    tags: Annotated[list[str] | None, SetOf(Line(12)), Asked("标签", "Tags", "remarks")] = None
    remark: Annotated[str | None, Passage(2000), Asked("附加备注", "Remarks", "remarks")] = None
    do_not_visit: Annotated[bool | None, YesNo(), Asked("谢绝上门", "Do not visit", "remarks")] = None
    do_not_visit_until: Annotated[str | None, Day(), Asked("谢绝上门至", "Do not visit until", "remarks")] = None
    marketing_opt_out: Annotated[bool | None, YesNo(), Asked("拒绝营销", "No marketing", "remarks")] = None
    verified_at: Annotated[str | None, Day(past=True), Asked("联系方式核实日期", "Contacts verified", "remarks")] = None
    owner_id: Annotated[str | None, Reference("person"), Asked("负责人", "Owner", "remarks", control="hidden")] = None
    template_id: Annotated[str | None, OneOf(TEMPLATE), Asked("模板", "Template", "remarks")] = "quick"
