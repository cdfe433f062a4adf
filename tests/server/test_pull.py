"""The feed: pages that can be cut anywhere, and never skip a change (M4)."""

import pytest

from tests.server.world import Phone
from visit_core.errors import WrongEpoch
from visit_core.protocol import FeedRow, PullResponse


def walked(phone: Phone, **asked: int) -> tuple[list[FeedRow], PullResponse]:
    rows: list[FeedRow] = []
    cursors: dict[str, int] = {}
    while True:
        page = phone.syncs(pull={"cursors": cursors, **asked}).pull
        assert page
        rows += page.rows
        cursors = page.cursors
        if not page.more:
            return rows, page


def test_pages_of_any_size_give_every_record_once_and_in_order(office):
    ana = office.phone("Ana")
    ids = [ana.creates(name=f"客户{i}") for i in range(23)]
    ana.syncs()
    for limit in (1, 7, 100):
        rows, _ = walked(ana, limit=limit)
        assert [row.id for row in rows if row.kind == "customer"] == ids
        assert [row.seq for row in rows] == sorted(row.seq for row in rows)


def test_a_page_is_also_limited_in_bytes_but_never_empty(office):
    ana = office.phone("Ana")
    ids = [ana.creates(name="王芳", remark="x" * 2000) for _ in range(20)]
    ana.syncs()
    answer = ana.syncs(pull={"max_bytes": 10_000})
    assert 1 <= len(answer.pull.rows) < 10
    rows, _ = walked(ana, max_bytes=10_000)
    assert [row.id for row in rows if row.kind == "customer"] == ids


def test_a_changed_record_comes_once_at_its_new_place(office):
    ana = office.phone("Ana")
    id = ana.creates(name="王芳")
    ana.syncs()
    ana.sets("customer", id, remark="x")
    ana.sets("customer", id, remark="y")
    answer = ana.syncs()
    (row,) = answer.pull.rows
    assert row.seq == answer.results[-1].seq == answer.pull.head


def test_a_cursor_at_the_head_gets_nothing_and_stays(office):
    ana = office.phone("Ana")
    ana.creates(name="王芳")
    first = ana.syncs().pull
    again = ana.syncs().pull
    assert (again.rows, again.more, again.cursors) == ([], False, first.cursors)


def test_scopes_are_told_once_and_again_when_they_changed(office):
    ana = office.phone("Ana")
    first = ana.syncs(pull={}).pull
    assert first.scopes
    assert ana.syncs(pull={"scopes_v": first.scopes_v}).pull.scopes is None


@pytest.mark.parametrize("cursor", [-(2**70), -1, 2**53, 2**63, 10**400])
def test_absurd_cursors_do_no_harm(office, cursor):
    ana = office.phone("Ana")
    assert ana.syncs(pull={"cursors": {f"team:{ana.team}": cursor}}).pull.head >= 0


def test_another_epoch_is_refused_and_named(office):
    ana = office.phone("Ana")
    with pytest.raises(WrongEpoch) as refused:
        ana.syncs(epoch="0" * 32)
    assert refused.value.facts["epoch"] == ana.syncs().epoch
