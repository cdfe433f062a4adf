"""Tables that come in and go out, through the browser's own file chooser."""

from pathlib import Path

from demo.pictures.before import Before
from demo.pictures.picture import Picture, at
from visit_core.picklists import REGION

GOOD_AND_BAD = (
    "客户姓名,手机,家庭住址,备注一\n孙丽,13711110000,朝阳区幸福路 9 号,喜欢喝茶\n"
    "钱进,1371111,东城区胡同口 3 号,\n张三,13822223333,北京市海淀区学院路30号,老客户\n"
)
MANY = 30_000


def table_pictures() -> tuple[Picture, ...]:
    """From the choice of a file to what became of it."""
    return (
        at("tables", "supervisor", "tables"),
        at("table-in", "supervisor", "table_in"),
        at("table-in-looked-at", "supervisor", "table_in", _looks),
        at("table-in-columns", "supervisor", "table_in", _looks_below),
        Picture("table-in-underway", "supervisor", lambda _: "table_in", _waits, moves=True),
        at("table-out", "supervisor", "table_out"),
        at("table-out-of-a-region", "supervisor", "table_out", _narrows),
        at("table-out-in-full", "supervisor", "table_out", _in_full),
        at("table-in-done", "supervisor", "table_in", _takes),
    )


def _looks(before: Before) -> None:
    before.chooses_file("tables.pick", _table(before, "customers.csv", GOOD_AND_BAD))
    before.finds(before.says("tables.take_rows", count=1))


def _looks_below(before: Before) -> None:
    _looks(before)
    before.scrolls(2)


def _waits(before: Before) -> None:
    rows = (f"客户{number},1371{number:07}\n" for number in range(MANY))
    before.chooses_file("tables.pick", _table(before, "many.csv", "客户姓名,手机\n" + "".join(rows)))
    before.settles()


def _takes(before: Before) -> None:
    _looks(before)
    before.taps("tables.take_rows", count=1)
    before.finds(before.says("tables.revert"))


def _narrows(before: Before) -> None:
    before.chooses(REGION.label("domestic", before.lang))


def _in_full(before: Before) -> None:
    before.taps("tables.masking.full")
    before.taps_on_exactly(before.says("tables.leave"))


def _table(before: Before, name: str, text: str) -> Path:
    file = before.stage.folder / name
    file.write_text(text, "utf-8")
    return file
