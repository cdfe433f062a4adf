"""What the local store keeps: stamps, the true time, and what it does not understand."""

from pathlib import Path

import pytest

from tests.app.fakes import FakeServer
from tests.app.phones import Phone, a_phone
from visit_core.ids import new_id


@pytest.fixture
def ana(tmp_path: Path, server: FakeServer) -> Phone:
    return a_phone(tmp_path / "ana", server)


def test_a_jumping_clock_still_stamps_forward(ana: Phone) -> None:
    stamps = []
    for by_ms in (0, -3_600_000, 0, 86_400_000 * 3, -86_400_000 * 3):
        ana.server.clock.is_set(by_ms)
        ana.records("张三")
        stamps = [entry.at for entry in ana.store.waiting()]
    assert stamps == sorted(set(stamps))


def test_the_true_time_is_told_by_the_server_whatever_the_wall_clock_says(ana: Phone) -> None:
    ana.syncs()
    true_ms = ana.store.now_ms()
    ana.server.clock.is_set(86_400_000)
    assert ana.store.now_ms() == true_ms


def test_fields_and_kinds_that_this_app_does_not_know_are_kept_and_never_sent(ana: Phone) -> None:
    customer, thing = ana.records("张三"), str(new_id(ana.server.clock.wall))
    ana.syncs()
    ana.server.puts("customer", customer, {"aura": "blue", "moods.happy": True}, ["team:north"])
    ana.server.puts("unicorn", thing, {"horn": 1}, ["team:north"])
    ana.syncs()
    ana.sets(customer, remark="新")
    (entry,) = ana.store.waiting()
    assert set(entry.fields) == {"remark"}
    assert ana.sees(customer)["aura"] == "blue"
    view = ana.store.view("unicorn", thing)
    assert view is not None
    assert view.fields["horn"] == 1
