"""The closed choices: a code that is stored, a Chinese and an English label that people see.

A code never changes its meaning and is never reused. Here stand the lists that several rooms need; one that a
single kind asks for stands in the file of that kind.
"""

from dataclasses import dataclass, field
from typing import Literal

Language = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of a picklist."""

    code: str
    zh: str
    en: str
    also: tuple[str, ...] = ()  # other names people and files use

    def label(self, lang: Language) -> str:
        """What a person reads."""
        return self.zh if lang == "zh" else self.en

    def words(self) -> tuple[str, ...]:
        """Everything that it is called, in small letters."""
        return tuple(word.casefold() for word in (*self.also, self.en, self.zh, self.code))


@dataclass(frozen=True, slots=True)
class Picklist:
    """A closed set of choices, in the order they are offered."""

    name: str
    choices: tuple[Choice, ...]
    retired: tuple[Choice, ...] = ()  # read and shown where they stand, offered no more
    _code_by_word: dict[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        words = {word: choice.code for choice in self._all() for word in choice.words()}
        object.__setattr__(self, "_code_by_word", words)

    def code_of(self, word: str) -> str | None:
        """The code that a code or label stands for; None if no choice is called so."""
        return self._code_by_word.get(word.casefold())

    def label(self, code: str, lang: Language) -> str:
        """What a person reads for a code; an unknown code (from a newer version) stands for itself."""
        return next((c.label(lang) for c in self._all() if c.code == code), code)

    def _all(self) -> tuple[Choice, ...]:
        return (*self.retired, *self.choices)

    def labels(self, lang: Language) -> list[str]:
        """All labels, in order."""
        return [choice.label(lang) for choice in self.choices]


def picklist(name: str, *lines: str) -> Picklist:
    """Each line: code · zh · en, and perhaps other names."""
    parts = [[part.strip() for part in line.split("·")] for line in lines]
    return Picklist(name, tuple(Choice(code, zh, en, tuple(also)) for code, zh, en, *also in parts))


TEMPLATE = picklist("template", "standard · 标准客户表 · Standard", "quick · 上门快速登记 · Quick")
TEMPLATES = picklist(
    "templates",
    "standard · 标准客户表 · Standard",
    "quick · 上门快速登记 · Quick",
    "management_sheet · 客户管理表 · Management sheet",
    "data_sheet · 客户资料管理表格样板 · Data sheet · 客户资料管理表",
    "directory_sheet · 客户名录管理表 · Directory",
    "door_sheet · 上门客户管理表格模板 · Door sheet · 上门客户管理表",
)
"""All forms of ours; the first two are those that the fields' declarations speak of."""
GENDER = picklist("gender", "male · 男 · Male", "female · 女 · Female", "unknown · 未知 · Unknown")
CUSTOMER_KIND = picklist("customer_kind", "person · 个人 · Person", "company · 公司 · Company")
CUSTOMER_TYPE = picklist(
    "customer_type",
    "prospect · 潜在客户 · Prospect",
    "existing · 现有客户 · Existing",
    "loyal · 忠诚客户 · Loyal · 忠实客户",
    "partner · 合作伙伴 · Partner",
    "other · 其他 · Other",
)
LIFECYCLE_STAGE = picklist(
    "lifecycle_stage",
    "lead · 初次接触 · First contact",
    "prospect · 潜在客户 · Prospect",
    "new · 新客户 · New",
    "active · 现有客户 · Active",
    "loyal · 忠诚客户 · Loyal · 忠实客户",
    "at_risk · 流失预警 · At risk",
    "churned · 流失客户 · Churned",
)
INTENTION = picklist(
    "intention",
    "very · 非常感兴趣 · Very interested",
    "yes · 感兴趣 · Interested",
    "neutral · 一般 · Neutral",
    "hesitant · 犹豫 · Hesitant",
    "no · 不感兴趣 · Not interested",
    "unknown · 未知 · Unknown",
)
OUTCOME = picklist(
    "outcome",
    "sold · 成交 · Sold",
    "interested · 感兴趣 · Interested",
    "follow_up · 需跟进 · Follow up",
    "info_left · 已留资料 · Info left",
    "not_home · 无人在家 · Not home",
    "refused · 拒访 · Refused",
    "moved · 已搬迁 · Moved",
    "invalid · 地址无效 · Invalid address · Invalid",
    "service_done · 服务完成 · Service done",
    "rescheduled · 改约 · Rescheduled",
)
VISIT_TYPE = picklist(
    "visit_type",
    "first · 首次拜访 · First visit · 首次",
    "revisit · 回访 · Revisit",
    "service · 上门服务 · Service",
    "delivery · 送货安装 · Delivery",
    "survey · 满意度调查 · Survey",
    "collection · 收款 · Collection",
)
REVIEW_STATE = picklist(
    "review_state",
    "pending · 待审 · Pending",
    "approved · 已通过 · Approved",
    "returned · 已退回 · Returned · 退回",
    "question · 有疑问 · Question",
    "exempt · 无需审核 · Exempt",
)
CHANNEL = picklist(
    "channel",
    "phone · 电话 · Phone",
    "email · 电子邮件 · E-mail · 邮件",
    "wechat · 微信 · WeChat",
    "sms · 短信 · SMS",
    "social · 社交媒体 · Social media",
    "face · 面对面/面谈 · Face to face · 面对面 · 面谈",
    "meeting · 会议 · Meeting",
    "other · 其他 · Other",
)
SOURCE = picklist(
    "source",
    "visit · 上门拜访 · Visit",
    "referral · 客户推荐 · Referral",
    "campaign · 市场活动 · Campaign",
    "survey · 市场调查 · Survey",
    "inbound · 客户主动联系 · Inbound",
    "team · 销售团队反馈 · Team feedback",
    "import · 导入 · Import",
    "other · 其他 · Other",
)
FOLLOWUP_KIND = picklist(
    "followup_kind",
    "revisit · 回访 · Revisit",
    "call · 电话 · Call",
    "deliver · 送资料 · Deliver material",
    "service · 售后 · After-sales",
    "birthday · 生日 · Birthday",
    "other · 其他 · Other",
)
FOLLOWUP_STATUS = picklist(
    "followup_status",
    "open · 待办 · Open",
    "done · 完成 · Done",
    "snoozed · 推迟 · Snoozed",
    "dropped · 取消 · Dropped",
)
PROFILE_STATUS = picklist(
    "profile_status",
    "incomplete · 待完善 · Incomplete",
    "complete · 完整 · Complete",
    "to_verify · 待核实 · To verify",
    "invalid · 失效 · Invalid",
)
ROLE = picklist(
    "role",
    "rep · 外勤代表 · Rep",
    "supervisor · 主管 · Supervisor",
    "marketing · 市场人员 · Marketing",
    "admin · 管理员 · Admin",
    "auditor · 审计员 · Auditor",
)
CONFLICT_STATE = picklist(
    "conflict_state",
    "open · 待看 · Open",
    "seen · 已确认 · Seen",
    "restored · 已恢复另一值 · Restored",
)
GRADE = picklist("grade", "A · 重要客户 · Key", "B · 一般客户 · Ordinary", "C · 潜在客户 · Potential")
INDUSTRY = picklist(
    "industry",
    "manufacturing · 制造业 · Manufacturing",
    "retail · 零售业 · Retail",
    "finance · 金融业 · Finance",
    "property · 房地产 · Property",
    "catering · 餐饮 · Catering",
    "education · 教育 · Education",
    "health · 医疗健康 · Health",
    "it · 信息技术 · Information technology",
    "logistics · 物流 · Logistics",
    "government · 政府事业 · Government",
    "household · 家庭 · Household",
    "other · 其他 · Other",
)
REGION = picklist("region", "domestic · 国内 · Domestic · 境内", "abroad · 境外 · Abroad · 国际 · 国外 · International")
TASK_STATUS = picklist(
    "task_status",
    "open · 待处理 · Open",
    "doing · 处理中 · In progress",
    "done · 已解决 · Solved",
    "dropped · 不处理 · Dropped",
)
CONSENT_PURPOSE = picklist(
    "consent_purpose",
    "service · 客户服务 · Service",
    "marketing · 营销推送 · Marketing",
    "location · 精确定位 · Exact location",
    "photo · 照片影像 · Pictures",
    "audio · 录音 · Sound recording",
    "share · 第三方共享 · Sharing with others",
    "minor · 未成年人 · Child",
)
CONSENT_STATE = picklist(
    "consent_state", "given · 同意 · Given", "refused · 拒绝 · Refused", "withdrawn · 撤回 · Withdrawn"
)
REQUIRED_LEVEL = picklist(
    "required_level",
    "must · 必填 · Required",
    "soft · 建议填 · Wanted",
    "none · 选填 · Optional",
    "off · 不显示 · Not shown",
)
SECTION = picklist(
    "section",
    "basic · 客户基本信息 · Basics · 基本信息",
    "behaviour · 客户行为及偏好 · Behaviour · 行为及偏好",
    "contact · 联系记录 · Contact",
    "leads · 销售线索 · Leads",
    "remarks · 附加备注 · Remarks",
)
