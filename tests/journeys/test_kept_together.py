"""Two records kept at once: the server takes both or neither, and once one is mended both go."""

import pytest

from field_app.actions import sync_centre
from field_app.local_store import Edit
from visit_core.change import Registers


@pytest.fixture
def refused(street):
    """A customer that the server refuses, and another kept in the same moment."""
    ana = street.phone("安娜")
    bad, good = ana.store.fresh_id(), ana.store.fresh_id()
    ana.store.keep(
        Edit("create", "customer", bad, {"name": "王芳", "mobile": "1"}),
        Edit("create", "customer", good, {"name": "李雷"}),
    )
    report = ana.syncs()
    assert (report.quarantined, report.waiting) == (2, 0)
    return street, ana, bad, good


def names(street, ana):
    return sorted(one.cells["name"].value for one in _customers(street, ana))


def _customers(street, ana):
    return street.office.store.read(ana.me.team, lambda reading: reading.records_of("customer", 10))


def test_both_are_told_why_and_neither_stands_anywhere(refused):
    street, ana, bad, good = refused
    why = {item.record: item.why.facts["why"] for item in sync_centre.load(ana.store, "").items if item.why}
    assert why == {bad: "mobile", good: "not_together"}
    assert names(street, ana) == []
    assert {ana.sees("customer", one)["sync_state"] for one in (bad, good)} == {"rejected"}


def test_mending_the_one_sends_both_again(refused):
    street, ana, bad, _ = refused
    ana.sets("customer", bad, mobile="13800000000")
    assert (ana.waiting(), ana.store.quarantined()) == (2, [])
    ana.restarts()
    assert ana.syncs().pushed == 2
    assert names(street, ana) == ["李雷", "王芳"]


def test_letting_go_of_the_one_sends_the_other_alone(refused):
    street, ana, bad, _ = refused
    ana.deletes("customer", bad)
    assert ana.syncs().pushed == 1
    assert names(street, ana) == ["李雷"]
    assert ana.store.quarantined() == []


def test_a_bad_row_of_many_kept_each_for_itself_refuses_no_other(street):
    ana = street.phone("安娜")
    rows: list[Registers] = [{"name": "王芳", "mobile": "1"}, {"name": "李雷"}]
    ana.store.keep_each([Edit("create", "customer", ana.store.fresh_id(), row)] for row in rows)
    report = ana.syncs()
    assert (report.quarantined, report.pushed) == (1, 1)
    assert names(street, ana) == ["李雷"]
