"""A device that brings nothing is only read to; that it was here is known at once and written later."""

import pytest

from sync_server.home import open_central
from tests.server.world import MINUTE, NINE, Phone


def seen_ms(store, phone: Phone) -> int:
    seen: int = store.read(phone.team, lambda reading: reading.pace(phone.device)).seen_ms
    return seen


@pytest.fixture
def elsewhere(office):
    """Another server process on the same store."""
    store = open_central(office.settings, {})
    yield store
    store.close()


def test_who_only_reads_is_known_to_have_been_here_and_how_far_it_has_read(office):
    ana, bo = office.phone("Ana"), office.phone("Bo")
    ana.creates(name="王芳")
    ana.syncs()
    bo.syncs()
    bo.syncs()
    pace = office.store.read(bo.team, lambda reading: reading.paces())[bo.device]
    assert (pace.seen_ms, pace.cursor) == (NINE, min(bo.cursors.values()))


def test_reading_writes_nothing_until_a_minute_has_passed(office, elsewhere):
    ana = office.phone("Ana")
    ana.syncs()
    assert seen_ms(office.store, ana) == NINE
    assert seen_ms(elsewhere, ana) == 0
    office.clock.at(1)
    ana.syncs()
    assert seen_ms(elsewhere, ana) == NINE + MINUTE


def test_what_another_device_brings_takes_it_along(office, elsewhere):
    ana, bo = office.phone("Ana"), office.phone("Bo")
    ana.syncs()
    bo.creates(name="王芳")
    bo.syncs()
    assert seen_ms(elsewhere, ana) == NINE


def test_a_server_that_ends_writes_it_down(office):
    ana = office.phone("Ana")
    ana.syncs()
    office.store.close()
    office.opens()
    assert seen_ms(office.store, ana) == NINE


def test_a_later_visit_at_another_process_is_not_set_back(office, elsewhere):
    ana = office.phone("Ana")
    ana.syncs()
    office.clock.at(0.5)
    here, office.store = office.store, elsewhere
    ana.creates(name="王芳")
    ana.syncs()
    office.store = here
    office.clock.at(0.6)
    bo = office.phone("Bo")
    bo.creates(name="张伟")
    bo.syncs()
    assert seen_ms(elsewhere, ana) == seen_ms(here, ana) == NINE + MINUTE // 2
