"""The wire is cut, slow of mind or lying: nothing is lost, nothing is doubled."""

import contextlib
import random

import httpx
import pytest

from sync_server import people
from tests.server.world import MINUTE
from visit_core.errors import DeviceRevoked, Unreachable


@pytest.fixture
def pair(street):
    ana, ben = street.phone("安娜"), street.phone("本")
    customer = ana.adds("customer", name="张三", mobile="13800000000")
    street.everyone_syncs()
    return street, ana, ben, customer


def log_length(street):
    return street.office.store.counts()["change_log"]


def test_an_answer_lost_after_the_commit_is_asked_for_again_and_changes_nothing(pair):
    street, ana, _, customer = pair
    ana.sets("customer", customer, remark="一次")
    ana.wire.loses_answers = True
    for _ in range(3):
        with pytest.raises(Unreachable):
            ana.syncs()
    taken, seq = log_length(street), street.office.store.counts()
    ana.wire.loses_answers = False
    assert ana.waiting() == 1
    ana.syncs()
    assert (ana.waiting(), log_length(street), street.office.store.counts()) == (0, taken, seq)
    assert len({request.split(b'"changes"')[1].split(b'"pull"')[0] for request in ana.wire.requests[-4:]}) == 1


def test_an_answer_cut_anywhere_leaves_a_state_that_the_next_sync_completes(pair):
    _, ana, ben, customer = pair
    ben.sets("customer", customer, address_detail="幸福路12号")
    ben.syncs()
    ana.sets("customer", customer, remark="有狗")
    ana.wire.cut_answer_at = 0
    with pytest.raises(Unreachable):
        ana.syncs()
    whole = len(ana.wire.last_answer)
    for cut_at in (*range(1, whole, 29), whole - 1):
        ana.wire.cut_answer_at = cut_at
        with pytest.raises(Unreachable):
            ana.syncs()
    assert ana.waiting() == 1
    ana.wire.cut_answer_at = None
    ana.syncs()
    shown = ana.sees("customer", customer)
    assert (ana.waiting(), shown["remark"], shown["address_detail"]) == (0, "有狗", "幸福路12号")


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(500, text="boom"),
        httpx.Response(200, text="<html>请登录校园网</html>"),
        httpx.Response(200, json={"epoch": "x"}),
        httpx.Response(200, content=b"\x00\xff" * 50),
        httpx.Response(302, headers={"location": "http://example.com"}),
        httpx.Response(503, json={"code": "nonsense", "facts": {}}),
        httpx.Response(200, json=[]),
    ],
)
def test_whatever_a_stranger_answers_in_place_of_the_server_loses_nothing(pair, answer):
    _, ana, _, customer = pair
    ana.sets("customer", customer, remark="还在")
    ana.wire.answers = answer
    with pytest.raises(Unreachable):
        ana.syncs()
    ana.wire.answers = None
    ana.restarts()
    assert (ana.waiting(), ana.sees("customer", customer)["remark"]) == (1, "还在")
    ana.syncs()
    assert ana.waiting() == 0


def test_edits_made_while_others_changes_come_in_survive_and_are_pushed(pair):
    _, ana, ben, _ = pair
    many = [ben.adds("customer", name=f"客户{chr(0x4E00 + n)}") for n in range(120)]
    ben.syncs()
    mine = [ana.adds("customer", name=f"我的{chr(0x5E00 + n)}") for n in range(5)]
    ana.syncs()
    ben.syncs()
    assert {one["id"] for one in ben.lists("customer")} >= {*many, *mine}
    assert ben.lists("customer") == ana.lists("customer")


def test_a_revoked_device_is_told_so_and_keeps_its_work(pair):
    street, ana, _, customer = pair
    people.revoke(street.office.store, ana.me.device, street.office.clock)
    ana.sets("customer", customer, remark="没送出去的")
    with pytest.raises(DeviceRevoked):
        ana.syncs()
    assert (ana.waiting(), ana.sees("customer", customer)["remark"]) == (1, "没送出去的")


FIELDS = ("remark", "address_detail", "occupation")


@pytest.mark.parametrize("seed", range(12))
def test_three_phones_on_bad_wires_end_with_the_same_records_and_every_overruled_word_is_kept(street, seed):
    dice = random.Random(seed)
    phones = [street.phone(name, ahead_min=dice.choice([0, 45, -90])) for name in ("安娜", "本", "陈")]
    customers = [phones[0].adds("customer", name="张三"), phones[0].adds("customer", name="李四")]
    street.everyone_syncs()
    written: list[tuple[str, str, str, str | None]] = []
    for step in range(60):
        street.office.clock.now_ms += dice.randrange(1, 3 * MINUTE)
        phone = dice.choice(phones)
        _lives_a_moment(dice, phone, customers, written, word=f"话{seed}-{step}")
    for phone in phones:
        phone.wire.is_cut = phone.wire.loses_answers = False
    street.everyone_syncs(3)
    seen = [[_as_all_see_it(phone, customer) for customer in customers] for phone in phones]
    assert seen[0] == seen[1] == seen[2]
    _every_word_is_somewhere(street, phones[0], written)


def _as_all_see_it(phone, customer):
    """Without the mark of a conflict, which only those see whom it concerns."""
    return {**phone.sees("customer", customer), "sync_state": None}


def _lives_a_moment(dice, phone, customers, written, word):
    phone.wire.is_cut, phone.wire.loses_answers = dice.random() < 0.3, dice.random() < 0.2
    match dice.randrange(6):
        case 0 | 1 | 2:
            customer, field = dice.choice(customers), dice.choice(FIELDS)
            written.append((customer, field, word, phone.sees("customer", customer)[field]))
            phone.sets("customer", customer, **{field: word})
        case 3 | 4:
            with contextlib.suppress(Unreachable):
                phone.syncs()
        case 5:
            phone.restarts()


def _every_word_is_somewhere(street, phone, written):
    """A word stands, or whoever replaced it was looking at it, or it is in the conflict log."""
    in_the_log = street.overruled()
    replaced_in_sight = {(customer, field, seen) for customer, field, _, seen in written}
    for customer, field, word, _ in written:
        stands = phone.sees("customer", customer)[field] == word
        assert stands or word in in_the_log or (customer, field, word) in replaced_in_sight, word
