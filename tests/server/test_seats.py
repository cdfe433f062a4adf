"""Too many at once: some are asked to come again, nobody is lost, and those who are served are asked for patience."""

import json

import pytest

from sync_server.seats import CROWDED_S, LATEST_S, QUIET_S, SOONEST_S, Seats
from tests.server.world import Office
from visit_core.errors import Busy


def test_who_finds_no_seat_is_told_when_to_come_again() -> None:
    seats = Seats(1, chance=lambda: 0.5)
    with seats.one():
        with pytest.raises(Busy) as refused, seats.one():
            pass
        assert SOONEST_S < int(refused.value.facts["wait_s"]) < LATEST_S
    with seats.one():
        pass


def test_from_half_of_the_seats_on_devices_are_asked_to_stay_away_each_for_another_while() -> None:
    chances = iter([0.0, 0.999])
    seats = Seats(3, chance=lambda: next(chances))
    with seats.one():
        assert seats.back_off_s() == 0
        with seats.one():
            assert seats.back_off_s() == QUIET_S
            assert seats.back_off_s() == pytest.approx(CROWDED_S, abs=1)


def test_a_full_server_answers_busy_with_the_wait_and_takes_nothing(office: Office) -> None:
    office.store.close()
    office.settings = office.settings.model_copy(update={"syncs_at_once": 1})
    office.opens()
    ana = office.phone("Ana")
    ana.creates(name="王芳")
    body = json.dumps(ana.request()).encode()
    with office.app.state.machinery.seats.one():
        answer = ana.posts(body)
    assert (answer.status_code, answer.json()["code"]) == (503, "busy")
    assert answer.headers["Retry-After"] == str(answer.json()["facts"]["wait_s"])
    served = ana.posts(body)
    assert served.status_code == 200
    assert [result["status"] for result in served.json()["results"]] == ["applied"]
    assert served.json()["backoff_s"] >= QUIET_S
