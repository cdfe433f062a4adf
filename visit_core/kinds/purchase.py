"""What a customer bought: a fact, corrected by a new change, never by a second record."""

from typing import Annotated, ClassVar

from visit_core.fields import EVERY, QUICK, STANDARD, Asked, Entered
from visit_core.picklists import picklist
from visit_core.shapes import Amount, Day, Line, OneOf, Passage, Reference

PAYMENT = picklist(
    "payment",
    "cash · 现金 · Cash",
    "wechat · 微信支付 · WeChat Pay · 微信",
    "alipay · 支付宝 · Alipay",
    "bank · 银行转账 · Bank transfer",
    "card · 银行卡 · Card",
    "instalment · 分期 · Instalments",
    "other · 其他 · Other",
)


class Purchase(Entered):
    """What a customer bought. In the quick template quantity and amount may be unknown."""

    kind_name: ClassVar[str] = "purchase"
    zh: ClassVar[str] = "购买记录"
    en: ClassVar[str] = "Purchase"
    filled_in: ClassVar[bool] = True
    listed: ClassVar[tuple[str, ...]] = ("purchase_date", "product_name", "amount")

    customer_id: Annotated[str | None, Reference("customer"), Asked("客户", "Customer", must=EVERY)] = None
    purchase_date: Annotated[
        str | None,
        Day(past=True),
        Asked(
            "购买日期(yyyy-mm-dd)",
            "Purchase date (yyyy-mm-dd)",
            "behaviour",
            must=EVERY,
            help_zh="请按照此格式填写日期",
            help_en="Please write the date in this form",
        ),
    ] = None
    product_name: Annotated[str | None, Line(80), Asked("产品名称", "Product", "behaviour", must=EVERY)] = None
    quantity: Annotated[
        str | None,
        Amount("999999", places=3, above_zero=True),
        Asked("购买数量", "Quantity", "behaviour", must=STANDARD, soft=QUICK),
    ] = None
    amount: Annotated[
        str | None,
        Amount("99999999.99", money=True),
        Asked("购买金额", "Amount (CNY)", "behaviour", must=STANDARD, soft=QUICK),
    ] = None
    payment_method: Annotated[str | None, OneOf(PAYMENT), Asked("支付方式", "Paid by", "behaviour")] = None
    feedback: Annotated[str | None, Passage(2000), Asked("反馈意见", "Feedback", "behaviour")] = None
    visit_id: Annotated[str | None, Reference("visit"), Asked("关联拜访", "Visit", control="hidden")] = None
    campaign_id: Annotated[str | None, Reference("campaign"), Asked("来自活动", "From campaign", "behaviour")] = None
