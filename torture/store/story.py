"""What the writer does: act number n of a seed is always the same act, on a vault and on a plain TinyDB alike."""

import random
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext, suppress
from typing import Any

from tinydb import TinyDB, where
from tinydb.table import Document

from bench.store.made_up import a_visit, an_entry, customer_id
from field_app.vault.database import VaultDB
from torture.store.vaults import checkpointed, compacted, rotated

CUSTOMERS, VISITS_KEPT, PULLED_KEPT, DIARY_KEPT = 12, 150, 300, 60
PER_ACT = 1_000  # document ids an act may take for itself


class InVainError(Exception):
    """What makes a part of a commit fail."""


def capture(db: TinyDB, n: int, dice: random.Random) -> None:
    """A visit, its change, and a line in a table that numbers itself: three tables, one commit."""
    visit = a_visit(n, CUSTOMERS)
    with together(db):
        db.table("visits").insert(Document(visit, doc_id=n * PER_ACT))
        db.table("outbox").insert(Document(an_entry(visit), doc_id=n * PER_ACT))
        db.table("diary").insert({"n": n, "draw": dice.random()})
        _keep_newest(db, "visits", VISITS_KEPT)
        _keep_newest(db, "diary", DIARY_KEPT)


def correct(db: TinyDB, n: int, dice: random.Random) -> None:
    """Fields of a visit, found by its id, or of all of its customer's."""
    known = list(db.table("visits"))
    if not known:
        return capture(db, n, dice)
    visit = dice.choice(known)
    if dice.random() < 0.7:
        fields = {"content": f"第 {n} 次修改", "sync": "sent"}
        db.table("visits").update(fields, where("visit_id") == visit["visit_id"])
    else:
        fields = {"visit_date": f"2026-{n % 12 + 1:02}-01"}
        db.table("visits").update(fields, where("customer_id") == visit["customer_id"])
    return None


def settle(db: TinyDB, n: int, dice: random.Random) -> None:
    """The oldest changes go; what they told of is marked, in the same commit."""
    oldest = [document.doc_id for document in db.table("outbox")][: dice.randint(1, 30)]
    if not oldest:
        return capture(db, n, dice)
    with together(db):
        db.table("outbox").remove(doc_ids=oldest)
        still = [doc_id for doc_id in oldest if db.table("visits").contains(doc_id=doc_id)]
        db.table("visits").update({"sync": f"settled {n}"}, doc_ids=still)
    return None


def pull(db: TinyDB, n: int, dice: random.Random) -> None:
    """Many documents in one commit: more than fit one frame of the log."""
    many = dice.choice((3, 40, 150))
    rows = [Document(_a_customer(n, i, dice), doc_id=n * PER_ACT + i) for i in range(many)]
    with together(db):
        if len(db.table("customers")) > PULLED_KEPT:
            db.table("customers").truncate()
        db.table("customers").insert_multiple(rows)


def sweep(db: TinyDB, n: int, dice: random.Random) -> None:
    """A table goes, and comes back empty or not at all."""
    with together(db):
        db.drop_table("customers")
        if dice.random() < 0.5:
            db.table("customers").insert(Document({"n": n}, doc_id=n * PER_ACT))


def undo(db: TinyDB, n: int, _dice: random.Random) -> None:
    """A part of a commit that fails alone, and one that stands."""
    with together(db):
        if isinstance(db, VaultDB):
            with suppress(InVainError), db.attempt():
                db.table("visits").insert(Document(a_visit(n, CUSTOMERS), doc_id=n * PER_ACT))
                db.table("visits").update({"sync": "in vain"})
                db.drop_table("customers")
                raise InVainError
        db.table("diary").insert({"n": n, "undone": True})


def compact(db: TinyDB, _n: int, _dice: random.Random) -> None:
    """Nothing that a reader sees: the log is written anew without what is no longer there."""
    compacted(db)


def rotate(db: TinyDB, _n: int, _dice: random.Random) -> None:
    """Nothing that a reader sees: the log is written anew under another key."""
    rotated(db)


def checkpoint(db: TinyDB, _n: int, _dice: random.Random) -> None:
    """Nothing that a reader sees: the index is brought to the disk."""
    checkpointed(db)


Act = Callable[[TinyDB, int, random.Random], None]
ACTS: dict[Act, int] = {
    capture: 12,
    correct: 4,
    settle: 2,
    pull: 2,
    sweep: 1,
    undo: 2,
    compact: 2,
    rotate: 1,
    checkpoint: 3,
}


def act_of(n: int, seed: int) -> Act:
    """Which act number n is."""
    return random.Random(f"which/{seed}/{n}").choices(list(ACTS), list(ACTS.values()))[0]


def play(db: TinyDB, n: int, seed: int) -> None:
    """Do act number n."""
    act_of(n, seed)(db, n, random.Random(f"act/{seed}/{n}"))


def together(db: Any) -> AbstractContextManager[None]:
    """One commit where there are commits."""
    transaction: Callable[[], AbstractContextManager[None]] = getattr(db, "transaction", nullcontext)
    return transaction()


def seen(db: TinyDB) -> dict[str, list[tuple[int, dict[str, Any]]]]:
    """Everything a reader can see, in the order of the tables."""
    return {name: [(row.doc_id, dict(row)) for row in db.table(name)] for name in sorted(db.tables())}


def index_disagrees(db: TinyDB) -> Iterator[str]:
    """What is found by a condition, and is not what reading everything finds."""
    every = list(db.table("visits"))
    for number in range(CUSTOMERS):
        customer, since, until = customer_id(number), f"2025-{number + 1:02}-01", f"2026-{number + 1:02}-28"
        found = db.table("visits").search(
            (where("customer_id") == customer) & (where("visit_date") >= since) & (where("visit_date") <= until)
        )
        if found != [one for one in every if one["customer_id"] == customer and since <= one["visit_date"] <= until]:
            yield f"visits of customer {number}"
    for visit in every[:: max(1, len(every) // 10)]:
        if db.table("visits").get(where("visit_id") == visit["visit_id"]) != visit:
            yield f"visit {visit.doc_id} by its id"


def _keep_newest(db: TinyDB, table: str, count: int) -> None:
    ids = [document.doc_id for document in db.table(table)] if len(db.table(table)) > count + 20 else []
    if ids:
        db.table(table).remove(doc_ids=ids[:-count])


def _a_customer(n: int, i: int, dice: random.Random) -> dict[str, Any]:
    return {"n": n, "i": i, "name": dice.choice("张李王刘") + "先生", "remark": "备注 " * dice.randrange(60)}
