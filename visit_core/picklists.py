"""The closed choices: a code that is stored, a Chinese and an English label that people see.

A code never changes its meaning and is never reused. Source: the picklists of the product's catalogue.
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


@dataclass(frozen=True, slots=True)
class Picklist:
    """A closed set of choices, in the order they are offered."""

    name: str
    choices: tuple[Choice, ...]
    _code_by_word: dict[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        words = {word.casefold(): c.code for c in self.choices for word in (*c.also, c.en, c.zh, c.code)}
        object.__setattr__(self, "_code_by_word", words)

    def code_of(self, word: str) -> str | None:
        """The code that a code or label stands for; None if no choice is called so."""
        return self._code_by_word.get(word.casefold())

    def label(self, code: str, lang: Language) -> str:
        """What a person reads for a code; an unknown code (from a newer version) stands for itself."""
        return next((c.label(lang) for c in self.choices if c.code == code), code)

    def labels(self, lang: Language) -> list[str]:
        """All labels, in order."""
        return [choice.label(lang) for choice in self.choices]


def _list(name: str, *lines: str) -> Picklist:
    """Each line: code · zh · en, and perhaps other names."""
    parts = [[part.strip() for part in line.split("·")] for line in lines]
    return Picklist(name, tuple(Choice(code, zh, en, tuple(also)) for code, zh, en, *also in parts))


TEMPLATE = _list("template", "standard · 标准客户表 · Standard", "quick · 上门快速登记 · Quick")
GENDER = _list("gender", "male · 男 · Male", "female · 女 · Female", "unknown · 未知 · Unknown")
CUSTOMER_KIND = _list("customer_kind", "person · 个人 · Person", "company · 公司 · Company")
CUSTOMER_TYPE = _list(
    "customer_type",
    "prospect · 潜在客户 · Prospect",
    "existing · 现有客户 · Existing",
    "loyal · 忠诚客户 · Loyal · 忠实客户",
    "partner · 合作伙伴 · Partner",
    "other · 其他 · Other",
)
LIFECYCLE_STAGE = _list(
    "lifecycle_stage",
    "lead · 初次接触 · First contact",
    "prospect · 潜在客户 · Prospect",
    "new · 新客户 · New",
    "active · 现有客户 · Active",
    "loyal · 忠诚客户 · Loyal · 忠实客户",
    "at_risk · 流失预警 · At risk",
    "churned · 流失客户 · Churned",
)
INTENTION = _list(
    "intention",
    "very · 非常感兴趣 · Very interested",
    "yes · 感兴趣 · Interested",
    "neutral · 一般 · Neutral",
    "hesitant · 犹豫 · Hesitant",
    "no · 不感兴趣 · Not interested",
    "unknown · 未知 · Unknown",
)
OUTCOME = _list(
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
VISIT_TYPE = _list(
    "visit_type",
    "first · 首次拜访 · First visit · 首次",
    "revisit · 回访 · Revisit",
    "service · 上门服务 · Service",
    "delivery · 送货安装 · Delivery",
    "survey · 满意度调查 · Survey",
    "collection · 收款 · Collection",
)
VISIT_STATUS = _list(
    "visit_status",
    "planned · 计划 · Planned",
    "in_progress · 进行中 · In progress",
    "done · 已完成 · Done",
    "cancelled · 已取消 · Cancelled",
    "missed · 爽约 · Missed",
)
GEO_VERDICT = _list(
    "geo_verdict",
    "verified · 已验证 · Verified",
    "outside · 范围外 · Outside",
    "unverified · 未验证 · Unverified",
)
REVIEW_STATE = _list(
    "review_state",
    "pending · 待审 · Pending",
    "approved · 已通过 · Approved",
    "returned · 已退回 · Returned · 退回",
    "question · 有疑问 · Question",
    "exempt · 无需审核 · Exempt",
)
CHANNEL = _list(
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
CONTACT_KIND = _list(
    "contact_kind",
    "follow_up · 跟进 · Follow-up",
    "phone · 电话 · Phone",
    "email · 邮件 · E-mail · 电子邮件",
    "social · 社交媒体 · Social media",
    "face · 面谈 · Face to face · 面对面",
    "meeting · 会议 · Meeting",
    "service · 服务 · Service",
)
DIRECTION = _list("direction", "in · 呼入 · Incoming", "out · 呼出 · Outgoing")
SOURCE = _list(
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
PAYMENT = _list(
    "payment",
    "cash · 现金 · Cash",
    "wechat · 微信支付 · WeChat Pay · 微信",
    "alipay · 支付宝 · Alipay",
    "bank · 银行转账 · Bank transfer",
    "card · 银行卡 · Card",
    "instalment · 分期 · Instalments",
    "other · 其他 · Other",
)
FOLLOWUP_KIND = _list(
    "followup_kind",
    "revisit · 回访 · Revisit",
    "call · 电话 · Call",
    "deliver · 送资料 · Deliver material",
    "service · 售后 · After-sales",
    "birthday · 生日 · Birthday",
    "other · 其他 · Other",
)
FOLLOWUP_STATUS = _list(
    "followup_status",
    "open · 待办 · Open",
    "done · 完成 · Done",
    "snoozed · 推迟 · Snoozed",
    "dropped · 取消 · Dropped",
)
REPEAT = _list(
    "repeat",
    "none · 无 · None",
    "weekly · 每周 · Weekly",
    "monthly · 每月 · Monthly",
    "quarterly · 每季 · Quarterly",
)
PROFILE_STATUS = _list(
    "profile_status",
    "incomplete · 待完善 · Incomplete",
    "complete · 完整 · Complete",
    "to_verify · 待核实 · To verify",
    "invalid · 失效 · Invalid",
)
ROLE = _list(
    "role",
    "rep · 外勤代表 · Rep",
    "supervisor · 主管 · Supervisor",
    "marketing · 市场人员 · Marketing",
    "admin · 管理员 · Admin",
    "auditor · 审计员 · Auditor",
)
CONFLICT_RULE = _list(
    "conflict_rule",
    "last · 较晚的修改 · Later edit",
    "first · 最先的记录 · First record",
    "delete · 删除与修改 · Delete and edit",
    "reopened · 审核后又有修改 · Edited after review",
)
CONFLICT_STATE = _list(
    "conflict_state",
    "open · 待看 · Open",
    "seen · 已确认 · Seen",
    "restored · 已恢复另一值 · Restored",
)
