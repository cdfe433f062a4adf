"""A picture, a voice memo, a signature or a file: what is known of it; its bytes travel by themselves."""

from typing import Annotated, Any, ClassVar

from visit_core.blobs import MOST_BYTES
from visit_core.fields import EVERY, Asked, Entered
from visit_core.picklists import picklist
from visit_core.shapes import Fix, Line, OneOf, Pattern, Reference, When, Whole

ATTACHMENT_KIND = picklist(
    "attachment_kind",
    "photo · 照片 · Photo",
    "voice · 语音 · Voice",
    "signature · 签名 · Signature",
    "file · 文件 · File",
)
ATTACHMENT_SOURCE = picklist(
    "attachment_source", "camera · 相机 · Camera", "album · 相册 · Album", "file · 文件 · File"
)
UPLOAD_POLICY = picklist("upload_policy", "now · 立即 · At once", "wifi · 仅WiFi · On Wi-Fi only")


class Attachment(Entered):
    """What is known of a picture, a memo or a file. Its fingerprint is taken before anything is drawn on it."""

    kind_name: ClassVar[str] = "attachment"
    zh: ClassVar[str] = "附件"
    en: ClassVar[str] = "Attachment"
    listed: ClassVar[tuple[str, ...]] = ("kind", "taken_at", "size")

    customer_id: Annotated[str | None, Reference("customer"), Asked("客户", "Customer", rule="first")] = None
    visit_id: Annotated[str | None, Reference("visit"), Asked("拜访", "Visit", rule="first")] = None
    kind: Annotated[str | None, OneOf(ATTACHMENT_KIND), Asked("类型", "Kind", must=EVERY, rule="first")] = "photo"
    sha256: Annotated[
        str | None, Pattern(r"[0-9a-f]{64}", "sha256"), Asked("指纹", "Fingerprint", must=EVERY, rule="first")
    ] = None
    size: Annotated[int | None, Whole(1, MOST_BYTES), Asked("大小(字节)", "Bytes", must=EVERY, rule="first")] = None
    mime: Annotated[str | None, Line(80), Asked("格式", "Format", must=EVERY, rule="first")] = None
    width: Annotated[int | None, Whole(0, 100_000), Asked("宽(像素)", "Width (px)", rule="first")] = None
    height: Annotated[int | None, Whole(0, 100_000), Asked("高(像素)", "Height (px)", rule="first")] = None
    taken_at: Annotated[
        str | None, When(past=True), Asked("拍摄时间", "Taken at", must=EVERY, rule="first", usual="now")
    ] = None
    fix: Annotated[dict[str, Any] | None, Fix(), Asked("定位", "Place", rule="first", sensitive=True)] = None
    source: Annotated[str | None, OneOf(ATTACHMENT_SOURCE), Asked("来源", "Source", rule="first")] = "camera"
    watermark: Annotated[str | None, Line(200), Asked("水印文本", "Watermark")] = None
    upload_policy: Annotated[str | None, OneOf(UPLOAD_POLICY), Asked("上传策略", "Upload")] = "wifi"
    received_at: Annotated[str | None, When(), Asked("送达时间", "Received at", control="hidden", writer="server")] = (
        None  # every byte is there and the hash was right; not `first`: bytes that are let go of take it back
    )
