"""One home, its server in memory and its windows: the app as a whole, for tests, without a wait anywhere."""

import io
import json
from contextlib import asynccontextmanager

from field_app.app import App
from field_app.cli import Surroundings, main
from field_app.device import Device
from field_app.preferences import Preferences, keep_preferences
from field_app.settings import Settings
from field_app.worker import StoreThread
from tests.app.device import CHEAP, PIN
from tests.app.fakes import FakeClock, FakeServer
from tests.screens.driver import Window


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
            self.settings,
            self.clock,
            cost=CHEAP,
            connect=self._connect,
            pinned=self._pinned,
            reach=self._connect,
            thread=Here(),
        )
        self.apps, self.windows = [], []

    def belongs_to_ana(self, role="rep"):
        """Ana has enrolled, knows one customer, if she may, and has read the notice."""
        self.run("enrol", "--server", "http://127.0.0.1:1", "--code", self.server.invites("安娜", role))
        if role != "admin":
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

    def window(self, route="/", width=390, *, web=False):
        def show(page):
            self.apps.append(App(self.device, page))
            self.apps[-1].show()

        self.windows.append(Window.on(show, route=route, width=width, web=web))
        return self.windows[-1]

    def run_here(self, doing):
        answer = self.windows[-1].runner.run(doing)
        self.windows[-1].settle()
        return answer

    @asynccontextmanager
    async def _connect(self, device):
        yield self.server

    @asynccontextmanager
    async def _pinned(self, invite):
        yield self.server, None


def enter(window, pin=PIN):
    window.type("PIN", pin)
    window.tap("解锁")
