"""Does a device that was away from its server for too long lock itself, whatever its clocks say, and lose nothing?"""

import pytest

from field_app.actions.validity import validity
from field_app.validity import Watch
from tests.app.device import Device
from tests.app.fakes import FakeClock
from tests.app.phones import a_phone
from visit_core.errors import DeviceRevoked

DAY = 86_400_000


@pytest.fixture
def ana(enrolled) -> Device:
    device: Device = enrolled("ana")
    device.sync()
    return device


def test_t50_after_fourteen_days_without_the_server_nothing_of_a_customer_is_to_be_had(ana, clock):
    customer = ana.add("customer", "name=王芳")
    clock.passes(14 * DAY)
    assert ana.get("customer", customer)["name"] == "王芳"
    clock.passes(60_000)
    tried = (("get", "customer", customer), ("list", "customer"), ("add", "customer", "name=李强"), ("conflicts",))
    for words in tried:
        told = ana.refuse(4, *words)
        assert told["code"] == "out_of_touch"
        assert "王芳" not in str(told)
    assert "14 天" in told["message"]


def test_t50_a_sync_opens_it_again_and_brings_what_was_unsent(ana, clock, server):
    customer = ana.add("customer", "name=王芳")
    clock.passes(15 * DAY)
    assert (ana.ask("status")["is_valid"], ana.ask("status")["waiting"]) == (False, 1)
    assert ana.sync()["pushed"] == 1
    assert ana.ask("status")["is_valid"] is True
    assert ana.get("customer", customer)["name"] == server.records["customer", customer]["name"] == "王芳"


def test_t50_a_revoked_device_keeps_its_unsent_work_and_gives_it_into_a_rescue_file(ana, clock, server, tmp_path):
    ana.add("customer", "name=王芳")
    server.raises = DeviceRevoked(device="x")
    ana.refuse(6, "sync")
    clock.passes(15 * DAY)
    ana.refuse(6, "sync")
    ana.refuse(4, "list", "customer")
    assert ana.ask("rescue", str(tmp_path / "file.json"))["rescued"] == 1
    assert (tmp_path / "file.json").stat().st_size > 0


def test_the_organisation_says_how_many_days(ana, clock, server):
    server.offline_days = 3
    ana.sync()
    clock.passes(3 * DAY + 60_000)
    assert ana.refuse(4, "list", "customer")["code"] == "out_of_touch"
    server.offline_days = 0
    ana.sync()
    clock.passes(900 * DAY)
    assert ana.list("customer") == []
    assert ana.ask("status")["valid_until"] is None


def test_a_wall_clock_that_is_turned_back_changes_nothing_in_the_same_boot(ana, clock):
    clock.passes(15 * DAY)
    clock.wall -= 40 * DAY
    ana.refuse(4, "list", "customer")


def test_a_wall_clock_that_is_wrong_locks_nobody_out(ana, clock, server):
    server.clock = FakeClock(clock.wall)
    clock.wall += 400 * DAY
    assert ana.list("customer") == []
    ana.sync()
    clock.restarts()
    assert ana.list("customer") == []


def test_turning_the_clock_back_after_a_restart_does_not_make_younger_what_was_seen(ana, clock):
    clock.passes(10 * DAY)
    clock.restarts()
    ana.ask("status")
    clock.wall -= 9 * DAY
    clock.passes(5 * DAY)
    assert ana.refuse(4, "list", "customer")["code"] == "out_of_touch"


def test_what_every_boot_has_counted_adds_up_although_the_wall_clock_stands_still(ana, clock):
    stands = clock.wall
    for _ in range(15):
        clock.passes(DAY)
        clock.wall = stands
        ana.run("status")
        clock.restarts()
    assert ana.refuse(4, "list", "customer")["code"] == "out_of_touch"


def test_where_no_boot_has_a_name_only_the_time_that_was_seen_counts():
    watch = Watch(boot="process-1", seen_ms=5 * DAY)
    other, later = FakeClock(0, 40 * DAY, "process-2"), FakeClock(0, 41 * DAY, "process-2")
    assert watch.looked(other, 0).away_ms == 0
    assert watch.looked(other, 0).looked(later, 0).away_ms == DAY


def test_little_is_written_for_it(tmp_path, server, clock):
    phone = a_phone(tmp_path / "ana", server)
    before = phone.store.together.vault.version
    for _ in range(9):
        clock.passes(60_000)
        validity(phone.store)
    assert phone.store.together.vault.version == before
    clock.passes(60_000)
    validity(phone.store)
    assert phone.store.together.vault.version > before
