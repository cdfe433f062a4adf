"""When app and server need an update, the day goes on: what is safe and what to do is told, and all is sent."""

from functools import partial

import pytest

from field_app.actions import records
from field_app.places import SYNC
from tests.screens.house import enter
from visit_core.errors import ProtocolTooNew, ProtocolTooOld

TOLD = [(ProtocolTooOld, "应用需要更新"), (ProtocolTooNew, "服务器需要更新")]


@pytest.mark.parametrize(("refusal", "title"), TOLD)
@pytest.mark.parametrize("route", ["/", str(SYNC)])
def test_it_is_told_on_the_day_and_in_the_sync_centre(house, route, refusal, title):
    house.belongs_to_ana()
    house.server.raises = refusal()
    window = house.window(route=route)
    enter(window)
    house.run_here(house.device.meet())
    assert window.sees(title)
    assert window.sees("记录都保存在本机")
    assert house.device.meeting.state == "stopped"


def test_what_is_recorded_meanwhile_is_kept_and_sent_after_the_update(house):
    house.belongs_to_ana()
    house.server.raises = ProtocolTooOld()
    window = house.window()
    enter(window)
    house.run_here(house.device.meet())
    house.run_here(house.apps[0].act(partial(records.add, kind_name="customer", given={"name": "李四"})))
    assert window.sees("应用需要更新")
    assert window.sees("待同步 2")
    house.server.raises = None
    house.run_here(house.device.meet())
    assert not window.sees("应用需要更新")
    assert not window.sees("待同步")
    names = {record.get("name") for (kind, _), record in house.server.records.items() if kind == "customer"}
    assert names == {"张三", "李四"}
