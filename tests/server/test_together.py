"""Changes that stand or fall together: a visit with its follow-up is taken whole or refused whole."""

import pytest

from tests.server.world import Office, Phone

REFUSED = "mobile"


def a_pair(phone: Phone, *, tx: int = 1, bad: str = "") -> tuple[str, str]:
    """Two new customers under one `tx`; what is bad about the first, if anything."""
    first = phone.creates(name="王芳", **({"mobile": bad} if bad else {}))
    second = phone.creates(name="李雷")
    for change in phone.unsent[-2:]:
        change["tx"] = tx
    return first, second


def stands(office: Office, phone: Phone, id: str) -> bool:
    return bool(office.store.read(phone.team, lambda reading: reading.records([("customer", id)])))


def test_what_belongs_together_is_taken_together(office: Office) -> None:
    ana = office.phone("Ana")
    first, second = a_pair(ana)
    answer = ana.syncs()
    assert [result.status for result in answer.results] == ["applied", "applied"]
    assert stands(office, ana, first)
    assert stands(office, ana, second)


@pytest.mark.parametrize("place", [0, 1])
def test_one_flaw_refuses_all_of_a_transaction_and_nothing_else(office: Office, place: int) -> None:
    ana = office.phone("Ana")
    alone = ana.creates(name="之前")
    pair = a_pair(ana)
    after = ana.creates(name="之后")
    ana.unsent[1 + place]["fields"]["mobile"] = "1"
    answer = ana.syncs()
    assert [result.status for result in answer.results] == ["applied", "rejected", "rejected", "applied"]
    errors = [result.error for result in answer.results[1:3]]
    why = [error.facts["why"] for error in errors if error]
    assert why[place] == REFUSED
    assert why[1 - place] == "not_together"
    assert [error.facts.get("n") for error in errors if error][1 - place] == 2 + place
    assert [stands(office, ana, id) for id in (alone, *pair, after)] == [True, False, False, True]
    assert answer.expect_n == 5


def test_a_refused_transaction_uses_no_numbers_and_leaves_no_conflict(office: Office) -> None:
    ana, ben = office.phone("Ana"), office.phone("Ben")
    id = ana.creates(name="王芳", remark="一")
    ana.syncs()
    ben.syncs()
    ben.sets("customer", id, remark="二")
    ben.syncs()
    before = ana.syncs(pull={"cursors": {}}).pull
    ana.sets("customer", id, remark="三")
    ana.creates(name="李雷", mobile="1")
    for change in ana.unsent:
        change["tx"] = 7
    ana.syncs()
    after = ana.syncs(pull={"cursors": {}}).pull
    assert before
    assert after
    assert after.head == before.head
    assert office.conflicts(ana.team) == []
    assert office.sees(ana.team, "customer", id)["remark"] == "二"


def test_a_retry_of_a_transaction_gets_the_first_answers(office: Office) -> None:
    ana = office.phone("Ana")
    a_pair(ana, tx=1)
    a_pair(ana, tx=2, bad="1")
    sent = list(ana.unsent)
    first = ana.syncs()
    ana.unsent = sent
    again = ana.syncs()
    assert [result.status for result in again.results] == ["duplicate", "duplicate", "rejected", "rejected"]
    assert again.results[2:] == first.results[2:]
    assert [result.seq for result in again.results] == [result.seq for result in first.results]


def test_each_flaw_of_a_transaction_is_told(office: Office) -> None:
    ana = office.phone("Ana")
    a_pair(ana, bad="1")
    ana.unsent[1]["fields"]["email"] = "x"
    ana.unsent.append({**ana.sets("customer", "no id", name="x"), "tx": 1})
    del ana.unsent[-2]
    answer = ana.syncs()
    why = [result.error.facts["why"] for result in answer.results if result.error]
    assert why == ["mobile", "email", "shape"]


def test_a_number_missing_within_a_transaction_takes_none_of_it(office: Office) -> None:
    ana = office.phone("Ana")
    ana.creates(name="之前")
    a_pair(ana)
    ana.unsent[2]["n"] = 4
    answer = ana.syncs()
    assert (len(answer.results), answer.expect_n) == (1, 2)
