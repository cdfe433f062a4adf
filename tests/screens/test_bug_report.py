"""Can a person keep a report of a problem, and does it say whether it was kept?"""

import json

import pytest

from field_app.places import MINE
from field_app.screens.bug_report import bug_report
from field_app.screens.look import Look
from tests.app.fakes import FakeClock, FakeServer
from tests.app.phones import a_phone
from tests.screens.doing import Doing
from tests.screens.house import enter


@pytest.fixture
def store(tmp_path):
    phone = a_phone(tmp_path / "ana", FakeServer(FakeClock()))
    phone.records("欧阳静怡")
    phone.syncs()
    return phone.store


def test_one_tap_hands_the_report_to_the_system(window, store):
    do = Doing(store)
    window(bug_report, store.me.device, do, Look()).tap("报告问题")
    ((name, content),) = do.outside.saved.items()
    assert name == f"field-visits-report-{store.me.device}.json"
    assert [change["kind"] for change in json.loads(content)["changes"]] == ["customer"]
    assert "欧阳静怡" not in content.decode("utf-8")
    assert do.said == [f"报告已保存：{name}"]


def test_where_it_was_not_kept_it_says_so(window, store):
    do = Doing(store)
    do.outside.can = False
    window(bug_report, store.me.device, do, Look()).tap("报告问题")
    assert do.said == ["没有保存报告"]


def test_the_line_stands_under_mine(house):
    house.belongs_to_ana()
    window = house.window(route=str(MINE))
    enter(window)
    assert window.sees("报告问题")
