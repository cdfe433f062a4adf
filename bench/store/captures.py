"""What a capture costs, at each size, turn by turn against the peers."""

import itertools
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from bench.figures import Figure, Goal
from bench.store.made_up import Made, a_visit, an_entry, customers_of, visits
from bench.store.peers import Peer
from bench.store.peers.raw import RawAppend
from bench.store.peers.sqlcipher import SqlCipher
from bench.store.peers.tinydbs import WholeFile, plain, sealed_whole
from bench.store.peers.vault import EagerDisk, Vault
from bench.turns import Turns, Work, take_turns

A_TURN = 20
TURN_LASTS_S = 1.0  # a peer that rewrites its whole file does fewer a turn
WHOLE_FILES_UP_TO = 50_000
SIZE_OF_RISE = 50_000

Pairs = Sequence[Sequence[tuple[Made, Made]]]
"""Visits with their changes, for each turn."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """The peers that hold so many visits, open."""

    records: int
    vault: Vault
    sqlcipher: SqlCipher
    whole: tuple[WholeFile, ...]

    def fresh_visits(self) -> Iterator[Made]:
        """Visits that are not there yet."""
        customers = customers_of(self.records)
        return (a_visit(number, customers) for number in itertools.count(self.records))

    def close(self) -> None:
        """Close all of them."""
        self.vault.close()
        self.sqlcipher.close()
        for file in self.whole:
            file.close()


def a_shelf(records: int, folder: Path) -> Shelf:
    """Fill the peers with the same visits."""
    folder.mkdir(parents=True)
    for filled in (Vault(folder, EagerDisk()), SqlCipher(folder, "off")):
        filled.fill(visits(0, records, customers_of(records)))
        filled.close()
    whole = (sealed_whole(folder), plain(folder)) if records <= WHOLE_FILES_UP_TO else ()
    for file in whole:
        file.fill(visits(0, records, customers_of(records)))
    return Shelf(records, Vault(folder), SqlCipher(folder), whole)


def capturing(shelves: Iterable[Shelf], folder: Path, turns: int) -> Turns:
    """Let every peer at every size capture in turn, and the bare disk with them."""
    raw = RawAppend(folder)
    works: dict[str, Work] = {raw.name: lambda _turn: _repeat(lambda _n: raw.append(), range(A_TURN))}
    for shelf in shelves:
        works |= {f"{name}@{shelf.records}": work for name, work in _works_of(shelf, turns).items()}
    taken = take_turns(works, turns, rests=[name for name in works if name.startswith(("plain@", "sealed whole@"))])
    raw.close()
    return taken


def _works_of(shelf: Shelf, turns: int) -> Mapping[str, Work]:
    """What each peer does in a turn; all that is made up is made up before the clock runs."""
    fresh = shelf.fresh_visits()
    made = [[(visit, an_entry(visit)) for visit in islice(fresh, A_TURN)] for _ in range(turns)]
    known = [_known_ids(shelf.records, turn) for turn in range(turns)]
    peers = (shelf.vault, shelf.sqlcipher)
    captures = {peer.name: _captures(peer, made) for peer in peers}
    updates = {f"update {peer.name}": _updates(peer, known) for peer in peers}
    return {**captures, **updates, **{file.name: _inserts(file, made) for file in shelf.whole}}


def _known_ids(records: int, turn: int) -> list[str]:
    numbers = (7_919 * (turn * A_TURN + n) % records for n in range(A_TURN))
    return [a_visit(number, customers_of(records))["visit_id"] for number in numbers]


def _captures(peer: Peer, made: Pairs) -> Work:
    return lambda turn: _repeat(lambda pair: peer.capture(*pair), made[turn])


def _updates(peer: Peer, known: Sequence[Sequence[str]]) -> Work:
    def work(turn: int) -> int:
        fields = {"sync": "sent", "need_summary": f"第 {turn} 次修改"}
        return _repeat(lambda visit_id: peer.update(visit_id, fields), known[turn])

    return work


def _inserts(file: WholeFile, made: Pairs) -> Work:
    return lambda turn: _repeat(lambda pair: file.insert(pair[0]), made[turn])


def _repeat(act: Callable[[Any], None], with_each: Iterable[Any]) -> int:
    until, done = time.monotonic() + TURN_LASTS_S, 0
    for one in with_each:
        act(one)
        done += 1
        if time.monotonic() > until:
            break
    return done


def figures_of(taken: Turns, sizes: Iterable[int]) -> Iterator[Figure]:
    """What the turns say."""
    yield Figure("raw append of 1 KiB + sync, wall", taken.median("raw", "wall_us"), "us")
    yield Figure("raw append of 1 KiB + sync, CPU", taken.median("raw"), "us")
    for size in sizes:
        yield from _of_size(taken, size)
    small, large = min(sizes), max((size for size in sizes if size <= SIZE_OF_RISE), default=min(sizes))
    if large > small:
        rise = taken.ratio(f"vault@{large}", f"vault@{small}")
        yield Figure(f"CPU per capture, {large:,} against {small:,}", rise, "x", Goal(1.15))


def _of_size(taken: Turns, size: int) -> Iterator[Figure]:
    vault, sqlcipher, at = f"vault@{size}", f"sqlcipher@{size}", f"@ {size:,}"
    yield Figure(f"capture, CPU {at}", taken.median(vault), "us")
    yield Figure(f"capture, wall {at}", taken.median(vault, "wall_us"), "us")
    yield Figure(f"capture, CPU / SQLCipher FULL {at}", taken.ratio(vault, sqlcipher), "x", Goal(0.50, 0.40))
    faster = taken.ratio(sqlcipher, vault, "wall_us")
    is_quick = taken.median("raw", "wall_us") <= 500
    goal = Goal(2.0 if is_quick else 1.0, 2.0, more=True)
    yield Figure(f"capture, SQLCipher FULL's wall / ours {at}", faster, "x", goal)
    yield _against_raw(taken, vault, at)
    updating = taken.ratio(f"update sqlcipher@{size}", f"update vault@{size}", "wall_us")
    yield Figure(f"update by id, SQLCipher FULL's wall / ours {at}", updating, "x", Goal(1.4, more=True))
    yield from _against_whole_files(taken, vault, size)


def _against_raw(taken: Turns, vault: str, at: str) -> Figure:
    if taken.median("raw", "wall_us") >= 1_000:
        return Figure(f"capture, wall / raw append {at}", taken.ratio(vault, "raw", "wall_us"), "x", Goal(1.3, 1.0))
    pairs = zip(taken.costs[vault], taken.costs["raw"], strict=True)
    over = sorted(ours.cpu_us - raw.cpu_us for ours, raw in pairs)
    return Figure(f"capture, CPU above raw append {at}", over[len(over) // 2], "us", Goal(150))


def _against_whole_files(taken: Turns, vault: str, size: int) -> Iterator[Figure]:
    goals = {10_000: Goal(500, more=True), 50_000: Goal(3_000, more=True), 1_000: Goal(100, more=True)}
    for name, goal in (("sealed whole", goals.get(size)), ("plain", None)):
        if f"{name}@{size}" in taken.costs:
            ratio = taken.ratio(f"{name}@{size}", vault)
            yield Figure(f"capture, CPU of a {name}-file TinyDB / ours @ {size:,}", ratio, "x", goal)
