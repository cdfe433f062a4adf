"""A door: many customers may live behind one."""

from collections.abc import Iterator
from typing import Annotated, ClassVar

from visit_core.errors import NotValid
from visit_core.fields import EVERY, Asked, Entered, Fields
from visit_core.picklists import picklist
from visit_core.shapes import Degrees, Line, OneOf, SetOf, When, Whole

DOOR_STATUS = picklist(
    "door_status",
    "open · 可访 · Open",
    "nobody · 无人 · Nobody home",
    "refused · 拒访 · Refused",
    "moved · 搬迁 · Moved away",
    "vacant · 空置 · Vacant",
    "do_not_visit · 谢绝上门 · Do not visit",
)
BEST_TIME = picklist(
    "best_time",
    "weekday_day · 工作日白天 · Weekday, daytime",
    "weekday_evening · 工作日晚 · Weekday evening",
    "weekend_morning · 周末上午 · Weekend morning",
    "weekend_afternoon · 周末下午 · Weekend afternoon",
    "weekend_evening · 周末晚 · Weekend evening",
)
ADDRESS = ("community", "building", "unit", "room")


class Household(Entered):
    """A door: 小区, 楼栋, 单元, 室. At least one of the four is known."""

    kind_name: ClassVar[str] = "household"
    zh: ClassVar[str] = "门牌"
    en: ClassVar[str] = "Door"
    filled_in: ClassVar[bool] = True
    listed: ClassVar[tuple[str, ...]] = ("community", "building", "unit", "room")
    worked_out: ClassVar[dict[str, tuple[str, str]]] = {"address_key": ("地址指纹", "Address key")}

    community: Annotated[str | None, Line(60), Asked("小区", "Community", soft=EVERY, masked="address")] = None
    building: Annotated[str | None, Line(20), Asked("楼栋", "Building", soft=EVERY, masked="address")] = None
    unit: Annotated[str | None, Line(20), Asked("单元", "Unit", masked="address")] = None
    room: Annotated[str | None, Line(20), Asked("室", "Room", soft=EVERY, masked="address")] = None
    door_status: Annotated[str | None, OneOf(DOOR_STATUS, chips=True), Asked("门状态", "At the door")] = None
    best_time: Annotated[list[str] | None, SetOf(OneOf(BEST_TIME)), Asked("方便时段", "Best time")] = None
    lat: Annotated[float | None, Degrees(90), Asked("纬度", "Latitude", group="place", sensitive=True)] = None
    lng: Annotated[float | None, Degrees(180), Asked("经度", "Longitude", group="place", sensitive=True)] = None
    coord_acc_m: Annotated[
        int | None, Whole(0, 40_000_000), Asked("坐标精度(米)", "Accuracy (m)", group="place", control="hidden")
    ] = None
    coord_at: Annotated[str | None, When(), Asked("坐标时间", "Located at", group="place", control="hidden")] = None

    @classmethod
    def flaws(cls, fields: Fields) -> Iterator[NotValid]:
        """A door of which nothing is known cannot be found again."""
        if not any(fields.get(name) for name in ADDRESS):
            yield NotValid("one_of_address", field="community")
