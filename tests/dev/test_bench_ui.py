"""What is measured of the app is the app: the records are valid, every deed is done, what is looked for is found."""

import asyncio
from datetime import date
from pathlib import Path

import pytest

from bench.ui.alone import SEARCHES, a_day
from bench.ui.device import PERSON, fill
from bench.ui.importing import importing
from bench.ui.made_up import mobile_of, rows
from bench.ui.run import _figures
from bench.ui.steps import Longest, every_step_timed
from field_app.lasting import let_go
from visit_core.fields import Fields
from visit_core.kinds import kind_named
from visit_core.registers import fold, read_registers
from visit_core.shapes import Moment

CUSTOMERS, VISITS = 130, 200
LATER = Moment(1_900_000_000_000, date(2030, 3, 17))

pytestmark = pytest.mark.usefixtures("small_heap")


def test_what_the_app_is_measured_with_are_records_as_a_server_sends_them():
    kinds = set()
    for row in rows(CUSTOMERS, VISITS, PERSON):
        kind, registers = kind_named(row.kind), row.fields or {}
        fields: Fields = fold(row.kind, registers)
        assert read_registers(row.kind, registers, LATER) == registers
        assert list(kind.flaws(fields)) == []
        kinds.add(row.kind)
    assert kinds == {"company", "customer", "visit", "followup"}


def test_no_two_made_up_customers_share_a_number():
    assert len({mobile_of(number) for number in range(20_000)}) == 20_000


def test_every_deed_of_the_day_is_done_and_told(tmp_path: Path):
    fill(tmp_path / "device", CUSTOMERS, VISITS)
    longest = Longest()
    with every_step_timed(longest):
        deeds = asyncio.run(a_day(tmp_path / "device", longest))
    let_go()
    assert {f"search: {what}" for what in SEARCHES} <= deeds.keys()
    assert all(spent["cpu_ms"] > 0 for spent in deeds.values())
    assert all(spent["bytes"] > 0 for name, spent in deeds.items() if name not in ("unlock", "customers after a save"))
    figures = list(_figures([{"deeds": deeds, "load_ms": 1.0, "memory_mb": 1.0}]))
    assert len(figures) == len(deeds) + 7


def test_a_workbook_comes_in_whole_beside_the_bare_read(tmp_path: Path):
    told = {figure.name: figure.value for figure in importing(tmp_path / "import", 20)}
    assert told["import, CPU / openpyxl's alone"] > 1


def test_the_longest_step_of_a_loop_is_told():
    longest = Longest()

    async def busy() -> None:
        sum(range(200_000))

    with every_step_timed(longest):
        asyncio.run(busy())
    assert longest.cpu_ms > 0


@pytest.mark.parametrize("what", ["name", "last four digits", "digits in the middle", "address"])
def test_a_search_looks_for_somebody_who_is_there(what: str):
    told = [str(value) for row in rows(CUSTOMERS, 0, PERSON) for value in (row.fields or {}).values()]
    assert any(SEARCHES[what] in value for value in told)
