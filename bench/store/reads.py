"""What a look costs: one visit, and a customer's visits of some days."""

import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bench.figures import Figure, Goal
from bench.store.captures import Shelf
from bench.store.made_up import DAYS, FIRST_DAY, a_visit, customer_id, customers_of
from bench.store.peers import Peer
from bench.turns import Work, take_turns

A_TURN, HOT, RANGE_DAYS = 200, 200, 30
TURN_LASTS_S = 1.0  # where a look reads every record there are fewer a turn


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: drawn by dice among so many records, and put to a peer."""

    name: str
    draw: Callable[[random.Random, int], Any]
    put: Callable[[Peer, Any], Any]
    cold: Goal | None = None
    hot: Goal | None = None


def _number(dice: random.Random, records: int) -> int:
    return dice.randrange(records) + 1


def _id(dice: random.Random, records: int) -> str:
    return str(a_visit(dice.randrange(records), customers_of(records))["visit_id"])


def _days(dice: random.Random, records: int) -> tuple[str, str, str]:
    since = FIRST_DAY.date() + timedelta(days=dice.randrange(DAYS - RANGE_DAYS))
    return customer_id(dice.randrange(customers_of(records))), str(since), str(since + timedelta(days=RANGE_DAYS))


def at_least(ratio: float) -> Goal:
    """So many times as quick as SQLCipher."""
    return Goal(ratio, more=True)


QUESTIONS = (
    Question("get by number", _number, lambda peer, n: peer.visit(n), at_least(0.9), at_least(1.8)),
    Question("get by visit_id", _id, lambda peer, visit_id: peer.visit_by_id(visit_id)),
    Question(
        "customer + dates", _days, lambda peer, days: peer.visits_at(*days), Goal(0.8, more=True), Goal(1.0, more=True)
    ),
)


def reading(shelf: Shelf, turns: int) -> Iterator[Figure]:
    """Ask SQLCipher and the vault the same, turn by turn; different things each time, then the same few."""
    for question in QUESTIONS:
        dice = random.Random(f"{question.name}/{shelf.records}")
        cold = [[question.draw(dice, shelf.records) for _ in range(A_TURN)] for _ in range(turns)]
        hot = [question.draw(dice, shelf.records) for _ in range(HOT)]
        _agree(shelf, question, hot[:3])
        yield from _compared(shelf, question, "cold", cold)
        _warm(shelf, question, hot)
        yield from _compared(shelf, question, "hot", [hot] * turns)


def _agree(shelf: Shelf, question: Question, asked: Sequence[Any]) -> None:
    for one in asked:
        ours, theirs = (_in_order(question.put(peer, one)) for peer in (shelf.vault, shelf.sqlcipher))
        if ours != theirs:
            raise AssertionError(f"{question.name}: the vault and SQLCipher answer differently")


def _in_order(answer: Any) -> list[Any]:
    found = answer if isinstance(answer, list) else [answer]
    return sorted(found, key=lambda visit: str(visit["visit_id"]))


def _warm(shelf: Shelf, question: Question, asked: Sequence[Any]) -> None:
    for peer in (shelf.vault, shelf.sqlcipher):
        _put_all(peer, question, asked)


def _compared(shelf: Shelf, question: Question, how: str, asked: Sequence[Sequence[Any]]) -> Iterator[Figure]:
    works = {peer.name: _work(peer, question, asked) for peer in (shelf.vault, shelf.sqlcipher)}
    taken = take_turns(works, len(asked))
    what, at = f"{question.name}, {how}", f"@ {shelf.records:,}"
    yield Figure(f"{what}, CPU {at}", taken.median("vault"), "us")
    goal = question.cold if how == "cold" else question.hot
    yield Figure(f"{what}, SQLCipher's CPU / ours {at}", taken.ratio("sqlcipher", "vault"), "x", goal)


def _work(peer: Peer, question: Question, asked: Sequence[Sequence[Any]]) -> Work:
    return lambda turn: _put_all(peer, question, asked[turn])


def _put_all(peer: Peer, question: Question, asked: Sequence[Any]) -> int:
    until = time.monotonic() + TURN_LASTS_S
    for done, one in enumerate(asked, 1):
        question.put(peer, one)
        if time.monotonic() > until:
            return done
    return len(asked)
