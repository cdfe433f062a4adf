"""What a customer allowed us, for one purpose, after hearing one text; and when they took it back."""

from collections.abc import Iterator
from typing import Annotated, ClassVar

from pydantic import JsonValue

from visit_core import notices
from visit_core.errors import NotValid
from visit_core.fields import EVERY, Asked, Entered, Fields
from visit_core.picklists import CONSENT_PURPOSE, CONSENT_STATE, picklist
from visit_core.shapes import Line, Name, OneOf, Pattern, Reference, When, Whole

GUARDIAN = ("guardian_name", "guardian_relation")
BASIS = picklist("consent_basis", "consent · 同意 · Consent", "contract · 合同 · Contract", "law · 法定 · Law")
METHOD = picklist(
    "consent_method",
    "signature · 手写签名 · Signature",
    "verbal · 口头+复述 · Said and repeated · 口头",
    "sms · 短信 · SMS",
    "written · 书面 · In writing",
    "self · 自助 · By themselves",
)


class Consent(Entered):
    """What a customer allowed us. Never corrected: a withdrawal is another record, and as easy as the consent was."""

    kind_name: ClassVar[str] = "consent"
    zh: ClassVar[str] = "同意"
    en: ClassVar[str] = "Consent"
    listed: ClassVar[tuple[str, ...]] = ("purpose", "state", "given_at")
    append_only: ClassVar[bool] = True

    customer_id: Annotated[str | None, Reference("customer"), Asked("客户", "Customer", must=EVERY, rule="first")] = (
        None
    )
    purpose: Annotated[
        str | None, OneOf(CONSENT_PURPOSE, chips=True), Asked("目的", "Purpose", must=EVERY, rule="first")
    ] = None
    basis: Annotated[str | None, OneOf(BASIS), Asked("依据", "On the ground of", must=EVERY, rule="first")] = "consent"
    state: Annotated[str | None, OneOf(CONSENT_STATE, chips=True), Asked("状态", "State", must=EVERY, rule="first")] = (
        None
    )
    notice_id: Annotated[str | None, Line(40), Asked("告知书", "Notice", rule="first", control="hidden")] = None
    notice_version: Annotated[
        int | None, Whole(1, 100_000), Asked("告知书版本", "Notice version", rule="first", control="hidden")
    ] = None
    notice_hash: Annotated[
        str | None,
        Pattern(r"[0-9a-f]{64}", "sha256"),
        Asked("告知书指纹", "Notice fingerprint", rule="first", control="hidden"),
    ] = None
    method: Annotated[str | None, OneOf(METHOD, chips=True), Asked("方式", "How", must=EVERY, rule="first")] = "verbal"
    guardian_name: Annotated[str | None, Name(50), Asked("监护人姓名", "Guardian", masked="name", rule="first")] = None
    guardian_relation: Annotated[str | None, Line(20), Asked("与监护人关系", "Guardian is", rule="first")] = None
    given_at: Annotated[
        str | None,
        When(past=True, date_alone=False),
        Asked("时间", "At", must=EVERY, rule="first", usual="now", control="hidden"),
    ] = None
    place: Annotated[str | None, Line(100), Asked("地点", "Where", rule="first", masked="address")] = None
    rep_id: Annotated[
        str | None, Reference("person"), Asked("征得人", "Asked by", rule="first", usual="me", control="hidden")
    ] = None
    receipt_code: Annotated[
        str | None,
        Pattern(r"[2-9A-HJKMNP-Z]{4}(-[2-9A-HJKMNP-Z]{4}){2}", "receipt_code"),
        Asked("回执码", "Receipt", rule="first", usual="code", control="hidden"),
    ] = None
    visit_id: Annotated[str | None, Reference("visit"), Asked("关联拜访", "Visit", rule="first", control="hidden")] = (
        None
    )

    @classmethod
    def completed(cls, given: Fields) -> dict[str, JsonValue]:
        """The text that was read out is the present one of that purpose, unless another is named."""
        fields = super().completed(given)
        told = notices.notice(str(fields.get("purpose")))
        if told is None or fields.get("notice_id"):
            return fields
        return {**fields, "notice_id": told.id, "notice_version": told.version, "notice_hash": told.hash}

    @classmethod
    def flaws(cls, fields: Fields) -> Iterator[NotValid]:
        """For a child a guardian allows it, by name."""
        if fields.get("purpose") == "minor" and fields.get("state") == "given":
            yield from (NotValid("guardian", field=name) for name in GUARDIAN if not fields.get(name))
