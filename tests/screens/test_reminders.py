"""Does what was promised come in its order, and does one tap settle it?"""

from datetime import datetime

import pytest

from field_app.actions import reminders
from field_app.places import Place
from field_app.screens.look import Look
from field_app.screens.reminders import reminders_screen
from tests.app.fakes import FakeClock, FakeServer
from tests.app.phones import a_phone
from tests.screens.doing import Doing
from tests.screens.promised import at, day, promised


@pytest.fixture
def do(tmp_path):
    """A rep's phone with nothing on it."""
    return Doing(a_phone(tmp_path / "phone", FakeServer(FakeClock())).store)


def test_reminders_stand_late_first_then_today_then_later(window, do):
    promised(do, "以后", ahead=3)
    promised(do, "今天", ahead=0)
    promised(do, "逾期", ahead=-1)
    screen = window(reminders_screen, reminders.load(do.store), do, Look())
    titles = [text for text in screen.texts() if text in ("已逾期", "今天", "以后")]
    assert titles[0] == "已逾期"
    assert [each.customer for each in reminders.load(do.store).told] == ["逾期", "今天", "以后"]


def test_a_reminder_is_done_with_one_tap(window, do):
    promised(do)
    window(reminders_screen, reminders.load(do.store), do, Look()).tap("张三：完成")
    assert reminders.load(do.store).told == []
    assert do.said == ["已完成"]


def test_a_late_reminder_that_waits_a_day_is_due_tomorrow_at_the_same_time(window, do):
    promised(do, ahead=-4, remind_at=at(do, 15, ahead=-4))
    window(reminders_screen, reminders.load(do.store), do, Look()).tap("张三：推迟一天")
    told = reminders.load(do.store).told[0]
    assert str(told.due) == day(do, 1)
    assert datetime.fromisoformat(told.at.replace("Z", "+00:00")).astimezone().hour == 15


def test_no_reminder_leads_back_to_the_day(window, do):
    window(reminders_screen, reminders.load(do.store), do, Look()).tap("去今日")
    assert do.went == [Place("today")]
