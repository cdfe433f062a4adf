"""A person or a company that reps call on."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, ClassVar

from pydantic import JsonValue

from visit_core.errors import NotValid
from visit_core.fields import EVERY, QUICK, STANDARD, Asked, Condition, Entered, Fields, Reasoned
from visit_core.lying import apart, street_left
from visit_core.picklists import (
    CUSTOMER_TYPE,
    GENDER,
    GRADE,
    INDUSTRY,
    INTENTION,
    LIFECYCLE_STAGE,
    REGION,
    SOURCE,
    TEMPLATES,
    picklist,
)
from visit_core.shapes import (
    LABELLED_LINES,
    Day,
    Degrees,
    Division,
    Email,
    Entries,
    Landline,
    Line,
    Mobile,
    Moment,
    Name,
    OneOf,
    OneOfOrOwn,
    Passage,
    Pattern,
    Reference,
    SetOf,
    When,
    Whole,
    YesNo,
)

CUSTOMER_KIND = picklist("customer_kind", "person · 个人 · Person", "company · 公司 · Company")
DECISION_ROLE = picklist(
    "decision_role",
    "decider · 决策者 · Decides",
    "influencer · 影响者 · Influences",
    "user · 使用者 · Uses",
    "gatekeeper · 把关人 · Keeps the gate",
    "unknown · 未知 · Unknown",
)
PHONE_COLUMNS = {"type": Line(20), "number": Line(30), "note": Line(50)}
SOCIAL_COLUMNS = {"kind": Line(20), "handle": Line(60)}
ABROAD_OR_NOT = tuple(each.words() for each in reversed(REGION.choices))
GUARDIAN = ("guardian_name", "guardian_relation")
YOUNGEST_ALONE = 15  # years; of somebody younger a guardian decides
TELLS_WHO = ("name", "mobile", "landline", "email", "wechat_id", "address_detail", "phones_extra", "social_accounts")


class Customer(Entered):
    """A person or a company that reps call on; kept from the first word on, and completed later."""

    kind_name: ClassVar[str] = "customer"
    zh: ClassVar[str] = "客户"
    en: ClassVar[str] = "Customer"
    filled_in: ClassVar[bool] = True
    saved_incomplete: ClassVar[bool] = True
    listed: ClassVar[tuple[str, ...]] = ("name", "mobile", "address_detail")
    reasoned: ClassVar[tuple[Reasoned, ...]] = (Reasoned(Condition("grade_manual", "filled", ""), "grade_reason"),)
    worked_out: ClassVar[dict[str, tuple[str, str]]] = {
        "profile_status": ("资料状态", "Profile"),
        "completeness": ("完整度", "Complete (%)"),
        "allows": ("同意情况", "Allows"),
        "missing": ("还缺", "Missing"),
        "grade": ("客户评级", "Grade"),
        "grade_auto": ("自动评级", "Grade by the rule"),
        "grade_score": ("评级得分", "Grade score"),
        "grade_terms": ("评级依据", "Grade terms"),
        "prospect_score": ("潜力得分", "Prospect score"),
        "stage_auto": ("按规则的阶段", "Stage by the rule"),
        "referral_count": ("推荐次数", "Referrals"),
    }

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
    guardian_name: Annotated[
        str | None,
        Name(50),
        Asked("监护人姓名", "Guardian", masked="name", help_zh="14岁及以下必填", help_en="Needed up to age 14"),
    ] = None
    guardian_relation: Annotated[str | None, Line(20), Asked("与监护人关系", "Guardian is")] = None
    wechat_id: Annotated[
        str | None,
        Pattern(r"[A-Za-z][-_A-Za-z0-9]{5,19}|1[3-9][0-9]{9}", "wechat_id"),
        Asked("微信号", "WeChat ID", masked="phone"),
    ] = None
    phones_extra: Annotated[
        list[dict[str, Any]] | None, Entries(PHONE_COLUMNS, most=10), Asked("其他电话", "Other phones", masked="phone")
    ] = None
    social_accounts: Annotated[
        list[dict[str, Any]] | None, Entries(SOCIAL_COLUMNS, most=10), Asked("社交媒体账号", "Social accounts")
    ] = None
    province: Annotated[str | None, Division("province"), Asked("省", "Province", group="division")] = None
    city: Annotated[str | None, Division("city"), Asked("市", "City", group="division")] = None
    district: Annotated[str | None, Division("district"), Asked("区县", "District", group="division")] = None
    street: Annotated[str | None, Division("street"), Asked("街道", "Street", group="division")] = None
    household_id: Annotated[str | None, Reference("household"), Asked("所属住户", "Door")] = None
    postal_code: Annotated[
        str | None, Pattern(r"[0-9]{6}", "postal_code", "number"), Asked("邮政编码", "Postal code")
    ] = None
    is_international: Annotated[bool | None, YesNo(*ABROAD_OR_NOT), Asked("境外", "Abroad")] = False
    lat: Annotated[float | None, Degrees(90), Asked("纬度", "Latitude", group="place", sensitive=True)] = None
    lng: Annotated[float | None, Degrees(180), Asked("经度", "Longitude", group="place", sensitive=True)] = None
    coord_acc_m: Annotated[
        int | None, Whole(0, 40_000_000), Asked("坐标精度(米)", "Accuracy (m)", group="place", control="hidden")
    ] = None
    coord_sys: Annotated[
        str | None, Pattern("WGS-84", "coord_sys"), Asked("坐标系", "Datum", group="place", control="hidden")
    ] = None
    coord_at: Annotated[str | None, When(), Asked("坐标时间", "Located at", group="place", control="hidden")] = None
    occupation: Annotated[str | None, Line(50), Asked("职业", "Occupation")] = None
    code: Annotated[
        str | None,
        Pattern(r"[A-Za-z0-9][-A-Za-z0-9_./]{0,29}", "customer_code"),
        Asked("客户编号", "Customer number", control="hidden", usual="number"),
    ] = None
    company_id: Annotated[str | None, Reference("company"), Asked("所属公司", "Works at")] = None
    company_name: Annotated[str | None, Name(80), Asked("公司名称", "Company")] = None
    position: Annotated[str | None, Line(50), Asked("职位", "Position")] = None
    decision_role: Annotated[str | None, OneOf(DECISION_ROLE), Asked("决策角色", "Decision role")] = None
    is_key_contact: Annotated[bool | None, YesNo(), Asked("关键联系人", "Key contact")] = None
    industry: Annotated[str | None, OneOf(INDUSTRY), Asked("行业", "Industry")] = None
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
    purchase_power: Annotated[int | None, Whole(0, 5, control="stars"), Asked("购买力", "Buying power", "leads")] = None
    willingness: Annotated[int | None, Whole(0, 5, control="stars"), Asked("合作意愿", "Willingness", "leads")] = None
    strategic_value: Annotated[
        int | None, Whole(0, 5, control="stars"), Asked("战略价值", "Strategic value", "leads", writer="supervisor")
    ] = None
    referrer_id: Annotated[str | None, Reference("customer"), Asked("推荐人", "Referred by", "leads")] = None
    grade_manual: Annotated[
        str | None, OneOf(GRADE, chips=True), Asked("人工评级", "Grade by hand", "leads", group="grade")
    ] = None
    grade_reason: Annotated[
        str | None, Line(200), Asked("人工评级原因", "Reason for the grade", "leads", group="grade")
    ] = None
    grade_manual_on: Annotated[
        str | None, Day(), Asked("人工评级日期", "Graded by hand on", "leads", group="grade", control="hidden")
    ] = None
    tags: Annotated[list[str] | None, SetOf(Line(12)), Asked("标签", "Tags", "remarks")] = None
    remark: Annotated[str | None, Passage(2000), Asked("附加备注", "Remarks", "remarks")] = None
    extra_lines: Annotated[
        list[dict[str, Any]] | None, LABELLED_LINES, Asked("附加项", "Lines of one's own", "remarks", control="lines")
    ] = None
    do_not_visit: Annotated[bool | None, YesNo(), Asked("谢绝上门", "Do not visit", "remarks")] = None
    do_not_visit_until: Annotated[str | None, Day(), Asked("谢绝上门至", "Do not visit until", "remarks")] = None
    marketing_opt_out: Annotated[bool | None, YesNo(), Asked("拒绝营销", "No marketing", "remarks")] = None
    verified_at: Annotated[str | None, Day(past=True), Asked("联系方式核实日期", "Contacts verified", "remarks")] = None
    retention_until: Annotated[
        str | None, Day(), Asked("保存期限", "Keep until", "remarks", control="hidden", writer="server")
    ] = None
    merged_into: Annotated[
        str | None,
        Reference("customer"),
        Asked("合并到", "Merged into", "remarks", control="hidden", writer="supervisor"),
    ] = None
    owner_id: Annotated[
        str | None, Reference("person"), Asked("负责人", "Owner", "remarks", control="hidden", usual="me")
    ] = None
    template_id: Annotated[str | None, OneOfOrOwn(TEMPLATES), Asked("模板", "Template", "remarks")] = "quick"

    @classmethod
    def follows(cls, before: Fields, given: Fields, moment: Moment) -> dict[str, JsonValue]:
        """A grade given by hand has its day, and is asked for again after a while; a street goes with its district."""
        moved = street_left(before, given)
        if "grade_manual" not in given or given["grade_manual"] == before.get("grade_manual"):
            return moved
        return {**moved, "grade_manual_on": moment.today.isoformat() if given["grade_manual"] else None}

    @classmethod
    def flaws(cls, fields: Fields) -> Iterator[NotValid]:
        """Of a child a guardian decides, a grade by hand has a reason, and places lie in one another."""
        age = fields.get("age")
        if isinstance(age, int) and age < YOUNGEST_ALONE:
            yield from _without_guardian(fields)
        yield from super().flaws(fields)
        yield from apart(fields)

    @classmethod
    def flaws_on(cls, fields: Fields, today: date) -> Iterator[NotValid]:
        """Whose year of birth alone is known may be a child until the year in which nobody born then is one."""
        born = fields.get("birth_year")
        if isinstance(born, int) and fields.get("age") is None and today.year - born <= YOUNGEST_ALONE:
            yield from _without_guardian(fields)


def _without_guardian(fields: Fields) -> Iterator[NotValid]:
    if any(fields.get(name) for name in TELLS_WHO):
        yield from (NotValid("guardian", field=name) for name in GUARDIAN if not fields.get(name))
