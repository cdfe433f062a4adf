"""`python -m tests.journeys.toy_at_work FOLDER`, where the toy is a kind: does with one what people do with any."""

import json
import sys
from pathlib import Path

from field_app.actions import own_fields, tables_here
from field_app.actions.happenings import happenings_of
from field_app.actions.importing import Asked, import_table
from field_app.screens.adding import KINDS as ON_THE_SHEET
from sync_server.commands.importing import KINDS as OF_FILES
from tests.street import Street

ROWS = "客户,名字\n13800000000,旺财\n13800000000,来福\n".encode()


def main(folder: Path) -> None:
    """Everything once; prints what was seen."""
    street = Street(folder)
    ana, ben, ada = street.phone("安娜"), street.phone("本"), street.phone("艾达", "admin")
    customer = ana.adds("customer", name="张三", mobile="13800000000")
    ana.adds("pet", customer_id=customer, name="小花")
    taken = import_table(ana.store, ROWS, Asked(kind="pet"))
    street.everyone_syncs()
    told = {
        "elsewhere": sorted(one["name"] for one in ben.lists("pet")),
        "by file": len(taken.ids),
        "timeline": sorted(one.words for one in happenings_of(ben.store, customer) if one.kind == "pet"),
        "own fields": "pet" in own_fields.load(ada.store, ""),
        "on the sheet": "pet" in ON_THE_SHEET,
        "tables": "pet" in tables_here.load_out(ana.store, "").kinds,
        "at the server": "pet" in OF_FILES,
        "waiting": [ana.waiting(), len(ana.store.quarantined())],
    }
    street.close()
    print(json.dumps(told, ensure_ascii=False))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
