"""Backups by themselves: daily, weekly, monthly; the spare ones go, a failure is seen and tried again."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync_server.care.backup import try_out
from sync_server.care.caretaker import DAY_MS, HOUR_MS, Caretaker, every_minute, good_backup_ms
from sync_server.care.rotation import Keep, made_at, name_at, spare
from sync_server.kept import BACKUP_FAILED
from tests.server.world import MINUTE, NINE, Office
from visit_core.errors import Unreachable


@pytest.fixture
def keeper(office):
    return Caretaker(office.settings, office.store, office.key())


def names_in(folder) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_backup_is_made_at_once_and_then_daily(office, keeper):
    turns = [minute for minute in range(0, 3 * 24 * 60, 30) if keeper.turn(NINE + minute * MINUTE)]
    assert turns == [0, 24 * 60, 48 * 60]
    folder = office.settings.home / "backups"
    assert names_in(folder) == [name_at(NINE + minute * MINUTE) for minute in turns]
    assert try_out(folder / names_in(folder)[-1], office.key()).counts["team"] == 0
    assert good_backup_ms(office.store) == NINE + 2 * DAY_MS


def test_each_goes_to_the_second_folder_too_and_both_are_tidied(filed, tmp_path):
    second = tmp_path / "second"
    settings = filed.settings.model_copy(
        update={"backup_second_folder": second, "backup_days": 2, "backup_weeks": 0, "backup_months": 0}
    )
    keeper = Caretaker(settings, filed.store, filed.key())
    assert all(keeper.turn(NINE + day * DAY_MS) for day in range(4))
    assert names_in(second) == names_in(settings.home / "backups") == [name_at(NINE + day * DAY_MS) for day in (2, 3)]
    try_out(second / names_in(second)[0], filed.key())


def test_a_failure_is_noted_and_tried_again_after_an_hour(filed, tmp_path):
    blocked = tmp_path / "a file"
    blocked.write_text("not a folder")
    settings = filed.settings.model_copy(update={"backup_folder": blocked})
    keeper = Caretaker(settings, filed.store, filed.key())
    assert not keeper.turn(NINE)
    assert filed.store.fact(BACKUP_FAILED) == f"{NINE} FileExistsError"
    blocked.unlink()
    assert not keeper.turn(NINE + HOUR_MS - 1)
    assert keeper.turn(NINE + HOUR_MS)
    assert filed.store.fact(BACKUP_FAILED) == ""


def test_of_two_servers_on_one_store_one_makes_the_backup(office, keeper):
    other = Caretaker(office.settings, office.store, office.key())
    assert [keeper.turn(NINE), other.turn(NINE), other.turn(NINE + DAY_MS), keeper.turn(NINE + DAY_MS)] == [
        True, False, True, False,
    ]  # fmt: skip


def test_with_no_hours_set_nothing_is_made(filed):
    settings = filed.settings.model_copy(update={"backup_hours": 0})
    assert not Caretaker(settings, filed.store, filed.key()).turn(NINE)


def test_it_takes_a_turn_every_minute_until_it_is_over():
    turns: list[int] = []
    waits = iter([False, False, True])
    every_minute(turns.append, lambda: NINE + len(turns), lambda _: next(waits))
    assert turns == [NINE, NINE + 1]


def test_a_turn_that_fails_ends_none_of_the_others(caplog):
    turns: list[int] = []

    def fails_once(now_ms: int) -> None:
        turns.append(now_ms)
        if len(turns) == 1:
            raise Unreachable()

    waits = iter([False, False, True])
    every_minute(fails_once, lambda: NINE, lambda _: next(waits))
    assert len(turns) == 2
    assert "Unreachable" in caplog.text


KEEP = Keep(7, 5, 12)


def test_after_two_years_a_week_of_days_five_weeks_and_a_year_of_months_are_left():
    folder: set[str] = set()
    for day in range(730):
        folder.add(name_at(NINE + day * DAY_MS))
        folder -= spare(folder, KEEP)
    kept = sorted((made for name in folder if (made := made_at(name))), reverse=True)
    assert [(kept[0] - made).days for made in kept[:7]] == list(range(7))
    assert len({made.strftime("%G-%V") for made in kept}) >= 5
    assert len({made.strftime("%Y-%m") for made in kept}) == 12
    assert len(kept) <= 7 + 5 + 12


@given(st.sets(st.integers(0, 10**6), max_size=60), st.integers(0, 3), st.integers(0, 3))
def test_the_latest_stays_and_no_other_file_is_ever_spare(hours, weeks, months):
    names = {name_at(NINE + hour * HOUR_MS) for hour in hours}
    gone = spare(names | {"central.db", "visits-x.backup", "notes.txt"}, Keep(1, weeks, months))
    assert gone <= names
    assert not names or max(names) not in gone


def test_a_name_tells_when_it_was_made():
    assert made_at(name_at(NINE)) == datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=NINE)


def test_an_office_without_a_backup_says_so(office: Office):
    assert good_backup_ms(office.store) == 0
