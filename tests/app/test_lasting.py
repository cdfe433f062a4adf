"""What is made to last is looked at no more by the collector, until it may go."""

import gc

import pytest

from field_app.lasting import MANY, let_go, made_to_last


class Knot:
    """Something that only the collector can take away."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(autouse=True)
def afterwards():
    let_go()
    yield
    let_go()


def test_many_things_are_left_alone_once_they_are_made() -> None:
    with made_to_last(MANY):
        kept = [Knot() for _ in range(10)]
        assert not gc.isenabled()
    assert gc.isenabled()
    assert not any(isinstance(each, Knot) for each in gc.get_objects())
    assert len(kept) == 10


def test_few_things_are_not_worth_it() -> None:
    before = gc.get_freeze_count()
    with made_to_last(MANY - 1):
        assert gc.isenabled()
    assert gc.get_freeze_count() == before


def test_a_failure_leaves_the_collector_at_work() -> None:
    with pytest.raises(ZeroDivisionError), made_to_last(MANY):
        raise ZeroDivisionError
    assert gc.isenabled()


def test_what_may_go_is_taken_away() -> None:
    before = gc.get_freeze_count()
    with made_to_last(MANY):
        Knot()
    let_go()
    assert gc.get_freeze_count() <= before
    assert not any(isinstance(each, Knot) for each in gc.get_objects())
