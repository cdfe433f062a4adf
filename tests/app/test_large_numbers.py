"""Thousands of customers on one device: whom one looks for is found, and nothing is read that is known already."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import JsonValue

from field_app.actions import records, today
from field_app.actions.customer_list import CustomerRow, load, matching
from field_app.base_rows import BaseRows
from field_app.vault.table import VaultTable
from tests.app.fakes import EPOCH, FakeClock, FakeServer
from tests.app.phones import Phone, a_phone
from visit_core.protocol import FeedRow

CUSTOMERS, VISITS = 4_100, 6_000
WANTED = 3_777  # the one whom everybody looks for
SURNAMES, GIVEN = "王李赵刘陈杨黄周吴徐", "伟芳娜敏静丽强磊军洋"


def customer(number: int) -> dict[str, JsonValue]:
    """A customer of that number; only the wanted one is called so, lives there and has that tag."""
    if number == WANTED:
        own: dict[str, JsonValue] = {"name": "欧阳靖", "address_detail": "栖霞大道 8 号", "tags.养猫": 1}
    else:
        name = SURNAMES[number % 10] + GIVEN[number // 10 % 10] + GIVEN[number // 100 % 10]
        own = {"name": name, "address_detail": f"幸福路 {number} 号"}
    return {**own, "mobile": f"+86139{number:04d}{number * 7 % 10_000:04d}", "company_id": record(9, number % 40)}


def record(group: int, number: int) -> str:
    return f"{1_795_000_000_000 + number:012x}7{group:03x}8{number:015x}"


def rows() -> Iterator[FeedRow]:
    """What a server sends of companies, customers and visits."""
    made: list[tuple[str, str, dict[str, JsonValue]]] = []
    made += [("company", record(9, n), {"name": "海棠物业" if n == WANTED % 40 else f"第{n}公司"}) for n in range(40)]
    made += [("customer", record(1, n), customer(n)) for n in range(CUSTOMERS)]
    called: dict[str, JsonValue] = {
        "check_in_at": "2026-10-01T02:00:00.000Z",
        "outcome": "interested",
        "owner_id": "a" * 32,
    }
    made += [("visit", record(2, n), {**called, "customer_id": record(1, n % CUSTOMERS)}) for n in range(VISITS)]
    for seq, (kind, id, fields) in enumerate(made, start=1):
        yield FeedRow(scope="team:north", seq=seq, op="put", kind=kind, id=id, fields=fields)


@pytest.fixture(scope="module")
def ana(tmp_path_factory: pytest.TempPathFactory) -> Phone:
    folder: Path = tmp_path_factory.mktemp("large")
    phone = a_phone(folder / "ana", FakeServer(FakeClock()))
    with phone.store.together.transaction():
        BaseRows(phone.store.together).take(rows(), EPOCH)
    return phone


@pytest.fixture
def known(ana: Phone) -> tuple[CustomerRow, ...]:
    return load(ana.store).rows


NUMBER = f"139{WANTED:04d}{WANTED * 7 % 10_000:04d}"


@pytest.mark.parametrize(
    ("typed", "others"),
    [
        ("欧阳靖", 0),
        ("阳靖", 0),
        ("ouyangjing", 0),
        ("oyj", 0),
        ("oyjing", 0),
        ("OY", 0),
        (NUMBER, 0),
        (NUMBER[2:8], 5),
        ("栖霞大道", 0),
        ("养猫", 0),
        ("海棠", 102),
    ],
)
def test_one_of_thousands_is_found_by_whatever_one_remembers(known, typed: str, others: int) -> None:
    found = [row.id for row in matching(known, typed)]
    assert record(1, WANTED) in found
    assert len(found) - 1 <= others


def test_by_the_end_of_the_number_one_is_found_before_those_who_have_it_elsewhere(known) -> None:
    assert matching(known, NUMBER[-4:])[0].number.endswith(NUMBER[-4:])
    assert record(1, WANTED) in [row.id for row in matching(known, NUMBER[-4:]) if row.number.endswith(NUMBER[-4:])]


def test_who_was_written_down_last_is_found_among_thousands_at_once(ana: Phone, known) -> None:
    fresh = records.add(ana.store, "customer", {"name": "诸葛瑾", "mobile": "13700009999"})
    assert [row.id for row in matching(load(ana.store).rows, "zgj")] == [fresh]
    assert len(load(ana.store).rows) == len(known) + 1
    records.delete(ana.store, "customer", fresh)


def test_what_is_in_mind_is_not_read_again(ana: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the list nor the day goes through a table of thousands a second time, not even after a save."""
    for look in (load, today.load):
        look(ana.store)
    records.add(ana.store, "visit", {"customer_id": record(1, 4), "outcome": "interested"})
    read: list[str] = []
    through = VaultTable.__iter__

    def noted(table: VaultTable):
        read.append(table.name)
        return through(table)

    monkeypatch.setattr(VaultTable, "__iter__", noted)
    records.add(ana.store, "visit", {"customer_id": record(1, 5), "outcome": "interested"})
    for look in (load, today.load):
        look(ana.store)
    assert read
    assert not {"base.visit", "base.customer"} & set(read)


def test_a_locked_device_has_none_of_them_in_mind(ana: Phone) -> None:
    load(ana.store)
    assert len(ana.store.gists) > CUSTOMERS + VISITS
    ana.store.gists.forget()
    assert len(ana.store.gists) == 0
