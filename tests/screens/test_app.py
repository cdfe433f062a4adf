"""The window itself: in by PIN, from screen to screen, out by the lock; over a real store and a server in memory."""

import io
import json
from contextlib import asynccontextmanager

import pytest

from field_app.app import App
from field_app.cli import Surroundings, main
from field_app.device import Device
from field_app.places import CUSTOMERS, MINE, SYNC, Place
from field_app.preferences import Preferences, keep_preferences, read_preferences
from field_app.settings import Settings
from field_app.worker import StoreThread
from tests.app.device import CHEAP, PIN
from tests.app.fakes import FakeClock, FakeServer
from tests.screens.driver import Window
from visit_core.invite import Invite, make_invite


class Here(StoreThread):
    """No thread of its own: a test waits for nothing."""

    async def run(self, step, /, together=None):
        return step()


class House:
    """One home, its server and its windows."""

    def __init__(self, folder):
        self.clock = FakeClock()
        self.server = FakeServer(self.clock)
        self.settings = Settings(home=folder / "home", secrets=folder / "secrets")
        self.device = Device(
            self.settings, self.clock, cost=CHEAP, connect=self._connect, pinned=self._pinned, thread=Here()
        )
        self.apps, self.windows = [], []

    def belongs_to_ana(self, role="rep"):
        """Ana has enrolled, knows one customer and has read the notice."""
        self.run("enrol", "--server", "http://127.0.0.1:1", "--code", self.server.invites("安娜", role))
        self.run("add", "customer", "name=张三", "mobile=13800000000")
        keep_preferences(self.settings.home, Preferences(has_read_notice=True))

    def run(self, *words):
        return json.loads(self.told(*words))

    def told(self, *words, stdin=""):
        out = io.StringIO()
        environ = {"FIELD_APP_PIN": PIN, "FIELD_APP_SECRETS": str(self.settings.secrets)}
        around = Surroundings(environ, io.StringIO(stdin), out, self.clock, CHEAP, self.server)
        assert main(["--home", str(self.settings.home), *words], around) == 0, out.getvalue()
        return out.getvalue()

    def works_all_day(self):
        """Sixty customers, a visit at each, and a promise for today to each."""
        lines = [json.dumps({"name": f"客户{chr(0x4E00 + n)}", "address_detail": f"幸福路{n}号"}) for n in range(60)]
        customers = self.add_lines("customer", lines)
        said = {"outcome": "interested", "content": "想看手表，约了下次带样品来" * 3}
        self.add_lines("visit", [json.dumps({"customer_id": c, **said}) for c in customers])
        promised = {"title": "回访", "due_date": "2026-11-21"}
        self.add_lines("followup", [json.dumps({"customer_id": c, **promised}) for c in customers])

    def add_lines(self, kind, lines):
        out = self.told("add", kind, "--lines", stdin="\n".join(lines))
        return [json.loads(line)["id"] for line in out.splitlines()]

    def window(self, route="/", width=390):
        def show(page):
            self.apps.append(App(self.device, page))
            self.apps[-1].show()

        self.windows.append(Window.on(show, route=route, width=width))
        return self.windows[-1]

    def run_here(self, doing):
        self.windows[-1].runner.run(doing)
        self.windows[-1].settle()

    @asynccontextmanager
    async def _connect(self, me):
        yield self.server

    @asynccontextmanager
    async def _pinned(self, invite):
        yield self.server, None


@pytest.fixture
def house(tmp_path):
    made = House(tmp_path)
    yield made
    for each in made.windows:
        each.runner.run(made.device.lock())
        each.close()


@pytest.fixture
def at_home(house):
    """Ana's window, unlocked."""
    house.belongs_to_ana()
    window = house.window()
    enter(window)
    return window


def enter(window, pin=PIN):
    window.type("PIN", pin)
    window.tap("解锁")


def test_before_anything_is_asked_one_is_told_what_is_kept_of_whom(house):
    window = house.window()
    assert window.sees("使用前请了解")
    window.tap("知道了，继续")
    assert window.sees("登记这台设备")
    assert read_preferences(house.settings.home).has_read_notice


def test_an_invite_and_a_pin_make_a_home_somebodys_device(house):
    window = house.window()
    window.tap("知道了，继续")
    window.type("邀请", make_invite(Invite("http://127.0.0.1:1", None, house.server.invites("安娜"))))
    window.type("PIN", PIN)
    window.type("再输一次 PIN", PIN)
    window.tap("登记")
    assert house.device.me.name == "安娜"
    assert window.sees("今日")


def test_who_has_no_invite_types_address_and_code(house):
    window = house.window()
    window.tap("知道了，继续")
    window.tap("没有邀请？输入地址和登记码")
    window.type("服务器地址", "http://127.0.0.1:1")
    window.type("登记码", house.server.invites("安娜"))
    window.type("PIN", PIN)
    window.type("再输一次 PIN", PIN)
    window.tap("登记")
    assert house.device.me.name == "安娜"


def test_two_pins_that_are_not_alike_enrol_nobody(house):
    window = house.window()
    window.tap("知道了，继续")
    window.type("PIN", PIN)
    window.type("再输一次 PIN", "000000")
    window.tap("登记")
    assert window.sees("两次输入的 PIN 不一样")


def test_a_wrong_pin_says_so_and_the_right_one_opens(house):
    house.belongs_to_ana()
    window = house.window()
    enter(window, "111222")
    assert window.sees("PIN 不正确")
    enter(window)
    assert window.sees("今日")


def test_the_lock_asks_for_the_pin_again(house):
    house.belongs_to_ana()
    window = house.window(route=str(MINE))
    enter(window)
    window.tap("立即锁定")
    assert window.sees("没有网络也可以解锁")
    assert not house.device.is_open


def test_a_window_that_nobody_touches_locks_itself(house, at_home):
    house.clock.passes(4 * 60_000)
    at_home.runner.run(house.apps[0].lock_if_idle())
    assert house.device.is_open
    house.clock.passes(2 * 60_000)
    at_home.runner.run(house.apps[0].lock_if_idle())
    assert not house.device.is_open


def test_a_second_window_enters_the_same_pin_and_sees_the_same_store(house, at_home):
    second = house.window()
    enter(second, "111222")
    assert second.sees("PIN 不正确")
    enter(second)
    assert second.sees("今日")


def test_whose_edit_was_overruled_is_told_so_on_the_day_and_finds_both_values(house):
    house.belongs_to_ana()
    house.run("sync")
    (customer,) = house.run("list", "customer")["records"]
    device = house.run("status")["device"]
    values = {"loser": device, "stands": "+8613822223333", "lost": "+8613811112222"}
    house.server.overrules("customer", customer["id"], "mobile", **values)
    window = house.window()
    enter(window)
    assert window.sees("您的修改未被采用")
    window.tap("您的修改未被采用")
    window.tap("张三·联系电话")
    assert window.sees("2222")
    assert window.sees("3333")
    assert "改用这个" in window.names()


def test_nobody_signs_out_while_anything_is_unsent(house):
    house.belongs_to_ana()
    house.server.is_off = True
    window = house.window(route=str(MINE))
    enter(window)
    window.tap("退出登记")
    window.tap("删除本机数据并退出")
    assert window.sees("还有 1 条没有发送")
    assert house.device.is_open


def test_who_signs_out_leaves_nothing_on_the_device(house):
    house.belongs_to_ana()
    window = house.window(route=str(MINE))
    enter(window)
    house.run_here(house.device.meet())
    window.tap("退出登记")
    window.tap("删除本机数据并退出")
    assert window.sees("登记这台设备")
    assert not list(house.settings.home.rglob("data.vault*"))
    assert not list(house.settings.secrets.glob("*.secret"))


def test_an_address_opens_its_screen_once_one_is_in(house):
    house.belongs_to_ana()
    window = house.window(route=str(SYNC))
    enter(window)
    assert window.sees("同步中心")
    window.tap("返回")
    assert window.sees("今日")


def test_a_new_customer_and_the_visit_take_eight_taps_at_most_besides_typing(house):
    house.belongs_to_ana()
    window = house.window(route=str(CUSTOMERS))
    enter(window)
    taps = [
        lambda: window.tap("新客户"),
        lambda: window.type("客户姓名", "张小伟"),  # a tap into the field
        lambda: window.type("联系电话", "13800138000"),  # another
        lambda: window.tap("保存并开始拜访"),
        lambda: window.tap("感兴趣"),
        lambda: window.tap("保存并离开"),
    ]
    for tap in taps:
        tap()
    assert len(taps) <= 7  # the tap on the bar's 客户 is the eighth
    house.run_here(house.device.lock())
    assert '"outcome": "interested"' in house.told("list", "visit")


def test_another_language_and_size_are_there_at_once_and_next_time(house):
    house.belongs_to_ana()
    window = house.window(route=str(MINE))
    enter(window)
    window.tap("English")
    assert window.sees("Language")
    window.tap("200%")
    kept = read_preferences(house.settings.home)
    assert (kept.lang, kept.scale) == ("en", 2.0)


def test_the_sync_centre_shows_what_waits_by_its_name_and_empties_when_it_was_sent(house):
    house.belongs_to_ana()
    house.server.is_off = True
    window = house.window(route=str(SYNC))
    enter(window)
    assert window.sees("张三·客户")
    assert window.sees("没有网络")
    house.server.is_off = False
    window.tap("立即同步")
    assert window.sees("全部已发送")


@pytest.mark.parametrize(
    ("role", "screen"),
    [
        *(("rep", name) for name in ("today", "customers", "reminders", "sync", "new_visit", "mine", "returned")),
        *(("supervisor", name) for name in ("review", "customers", "conflicts")),
    ],
)
@pytest.mark.parametrize("width", [390, 1280])
def test_no_message_after_the_first_is_larger_than_a_poor_network_likes(house, role, screen, width):
    house.belongs_to_ana(role)
    house.works_all_day()
    window = house.window(route=str(SYNC), width=width)
    enter(window)
    first = len(window.line.sent)
    window.page.run_task(house.apps[0].home, Place(screen))
    window.settle()
    sent = window.line.sent[first:]
    assert max(message.size for message in sent) <= 20_000
    assert max(message.controls for message in sent) <= 600
