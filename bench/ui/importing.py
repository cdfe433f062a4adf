"""How fast a workbook of customers becomes records, beside openpyxl's bare read of the same file."""

import io
from collections.abc import Iterator
from pathlib import Path

import openpyxl

from bench.figures import Figure
from bench.turns import Cost, measured
from bench.ui.device import PIN, device_in, fill
from bench.ui.made_up import address_of, company_of, mobile_of, name_of
from field_app.actions.importing import Asked, import_table
from field_app.local_store import LocalStore
from field_app.vault.opening import open_vault

HEADER = ("客户姓名", "手机号码", "电子邮箱", "家庭住址", "公司名称", "标签", "附加备注")
FIRST = 1_000_000  # nobody of the device has such a number


def importing(folder: Path, rows: int) -> Iterator[Figure]:
    """Import a workbook of so many rows into a device that is in use."""
    folder.mkdir()
    file = folder / "customers.xlsx"
    file.write_bytes(a_workbook(rows))
    bare = Cost()
    with measured(bare):
        read = bare_read(file)
    if read != rows + 1:
        raise AssertionError(f"openpyxl read {read} rows")
    fill(folder, 500, 2_000)
    device = device_in(folder)
    vault = open_vault(device.place, PIN)
    ours = Cost()
    with measured(ours):
        made = import_table(LocalStore(vault.db, device.clock), file, Asked())
    vault.close()
    if len(made.ids) != rows:
        raise AssertionError(f"{len(made.ids)} of {rows} came in")
    yield Figure("openpyxl alone, rows a CPU second", rows / bare.cpu_us * 1e6, "rows/s")
    yield Figure("import, rows a CPU second", rows / ours.cpu_us * 1e6, "rows/s")
    yield Figure("import, CPU / openpyxl's alone", ours.cpu_us / bare.cpu_us, "x")


def a_workbook(rows: int) -> bytes:
    """A sheet with a heading and so many customers, no two of one number."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("客户")
    sheet.append(HEADER)
    for number in range(FIRST, FIRST + rows):
        who = name_of(number), mobile_of(number)[3:], f"k{number}@mail.example", address_of(number)
        sheet.append((*who, company_of(number % 300), "老客户、转介绍", "约好周末再来"))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def bare_read(file: Path) -> int:
    """Every cell of the file looked at once, and nothing done with it; gives the rows."""
    sheet = openpyxl.load_workbook(file, data_only=True).worksheets[0]
    return sum(1 for row in sheet.iter_rows(values_only=True) if any(row))
