"""A long import tells how far it has come, and can be stopped before anything is kept."""

from pathlib import Path

import pytest

from field_app.actions.book_in import take_book
from field_app.actions.heeding import Gauge
from field_app.actions.importing import Asked, import_table
from tests.journeys.books import edits, lends, takes
from visit_core.errors import NotValid

ROWS = 120


@pytest.fixture
def ana(street):
    return street.phone("安娜")


def a_table(folder: Path) -> Path:
    file = folder / "customers.csv"
    file.write_text("\n".join(["客户姓名,联系电话", *(f"客户{n}号,138{n:08d}" for n in range(ROWS))]), "utf-8")
    return file


class StopsAt:
    """Listens, and stops the step once it is so far."""

    def __init__(self, done: int) -> None:
        self.gauge, self.at, self.told = Gauge(), done, list[int]()

    def __call__(self, done: int, of: int) -> None:
        self.told.append(done)
        if done >= self.at:
            self.gauge.stop()
        self.gauge(done, of)


def test_a_table_tells_how_many_rows_are_done(ana, tmp_path):
    gauge = Gauge()
    import_table(ana.store, a_table(tmp_path), Asked(), gauge)
    assert (gauge.done, gauge.of) == (ROWS, ROWS)


def test_a_table_that_is_stopped_half_way_leaves_nothing(ana, tmp_path):
    stops = StopsAt(100)
    with pytest.raises(NotValid, match="stopped"):
        import_table(ana.store, a_table(tmp_path), Asked(), stops)
    assert stops.told == [50, 100]
    assert ana.lists("customer") == []


def test_a_workbook_that_is_stopped_leaves_nothing_and_can_be_brought_again(ana, tmp_path):
    ana.adds("customer", name="张三")
    book = edits(lends(ana, tmp_path / "book.xlsx"), ("张三", "附加备注", "周六在家"))
    with pytest.raises(NotValid, match="stopped"):
        take_book(ana.store, book, Asked(), StopsAt(0))
    assert ana.lists("customer")[0]["remark"] is None
    assert len(takes(ana, book).changes) == 1
