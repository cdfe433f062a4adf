"""The rows that the server sent: what lists ask of them is answered by an index, and as reading everything would."""

from pathlib import Path

import pytest

from field_app.base_rows import ASKED_FOR, ASKED_FOR_TOGETHER, INDEXES, BaseRows
from field_app.vault.asked import asked_for
from field_app.vault.database import VaultDB
from field_app.vault.plan import plan
from tests.app.vaults import a_database
from visit_core.protocol import FeedRow

PEOPLE = ("张三", "李四")
STATES = ("submitted", "returned", "approved")
COUNT = 60

ASKED = [
    ("visit", {"customer_id": "c7"}),
    ("visit", {"review_state": "returned"}),
    ("visit", {"review_state": "returned", "owner_id": "张三"}),
    ("followup", {"source_ref": "s8"}),
    ("customer", {"referrer_id": "r2"}),
    ("conflict", {"state": "open"}),
    ("conflict", {"state": "open", "loser_by": "张三"}),
    ("conflict", {"record_id": "x9"}),
    ("custom_field", {"entity": "visit", "key": "k3"}),
    ("form_template", {"entity": "visit"}),
    ("campaign_participation", {"campaign_id": "p1", "customer_id": "c5"}),
]


def a_record(n: int) -> dict[str, object]:
    return {
        "customer_id": f"c{n % 20}",
        "review_state": STATES[n % 3],
        "owner_id": PEOPLE[n % 2],
        "source_ref": f"s{n % 15}",
        "referrer_id": f"r{n % 5}",
        "record_id": f"x{n % 10}",
        "campaign_id": f"p{n % 4}",
        "entity": ("visit", "customer")[n // 30],
        "key": f"k{n % 10}",
        "state": ("open", "closed")[n % 2],
        "loser_by": PEOPLE[n // 3 % 2] if n % 5 else None,
        "version": n,
    }


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> VaultDB:
    path: Path = tmp_path_factory.mktemp("rows") / "data.log"
    db, kinds = a_database(path, indexes=INDEXES), {kind for kind, _ in ASKED}
    rows = [
        FeedRow.model_validate(
            {
                "scope": "u:" + "a" * 32,
                "seq": n + 1,
                "op": "put",
                "kind": kind,
                "id": f"{n:032x}",
                "fields": a_record(n),
            }
        )
        for kind in sorted(kinds)
        for n in range(COUNT)
    ]
    BaseRows(db).take(rows, "e" * 32)
    db.vault.engine.checkpoint()
    return db


@pytest.mark.parametrize(("kind", "asked"), ASKED)
def test_what_a_list_asks_is_found_without_reading_all(db: VaultDB, kind: str, asked: dict[str, str]) -> None:
    found = [row.fields for row in BaseRows(db).of_kind(kind, asked)]
    every = [row.fields for row in BaseRows(db).of_kind(kind)]
    assert found == [fields for fields in every if all(fields[name] == text for name, text in asked.items())]
    engine, table = db.vault.engine, f"base.{kind}"
    wanted = asked_for({("fields", name): text for name, text in asked.items()})
    rows = plan(wanted, engine.layers_of(table), engine.indexes_of(table), engine.document)
    assert rows is not None
    if tuple(sorted(asked)) in {(name,) for name in ASKED_FOR} | {tuple(sorted(pair)) for pair in ASKED_FOR_TOGETHER}:
        assert len(rows) == len(found)
    assert len(found) <= len(rows) <= COUNT // 2


def test_what_no_index_knows_is_found_all_the_same(db: VaultDB) -> None:
    rows = BaseRows(db)
    assert [row.fields["version"] for row in rows.of_kind("visit", {"version": 7})] == [7]
    assert [row.fields["version"] for row in rows.of_kind("visit", {"key": "k3", "version": 13})] == [13]
    assert [row.fields["loser_by"] for row in rows.of_kind("visit", {"loser_by": None, "entity": "visit"})] == [
        None
    ] * 6
    assert list(rows.of_kind("visit", {"owner_id": "nobody"})) == []
