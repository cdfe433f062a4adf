"""Purchases, visits and contacts from a file, by the operator's command: once each, at whom they name."""

from datetime import date

import pytest

from sync_server.facts import bring_in_facts, gather_facts
from sync_server.importing import Asked, record_of_import
from tests.server.running import Operator
from visit_core.kinds import ABOUT_A_CUSTOMER, kind_named
from visit_core.rules.profile import flaws

CUSTOMERS = "客户姓名,联系电话\n张三,13800000000\n李四,13900000000\n"
BOUGHT = "客户,购买日期(yyyy-mm-dd),产品名称,购买数量,购买金额\n{rows}"
ROWS = (
    "13800000000,2026-11-01,智能手表,1,1299",
    "张三,2026-11-10,运动鞋,2,800",
    "王五,2026-11-10,运动鞋,1,400",
    "李四,2026-13-01,健身器材,1,3000",
)


@pytest.fixture
def operator(tmp_path):
    operator = Operator(tmp_path)
    operator.says("init")
    operator.says("add-person", "--name", "安娜", "--role", "rep", "--team", "east")
    (tmp_path / "customers.csv").write_text(CUSTOMERS, "utf-8")
    operator.says("import", str(tmp_path / "customers.csv"), "--team", "east")
    return operator


@pytest.fixture
def bought(tmp_path):
    def table(*rows):
        (tmp_path / "bought.csv").write_text(BOUGHT.format(rows="\n".join(rows)), "utf-8")
        return str(tmp_path / "bought.csv")

    return table


def imports(operator, file, kind="purchase", *more):
    return operator.says("import", file, "--team", "east", "--kind", kind, *more)


def bought_in(operator, told, place):
    return operator.says("get", "purchase", record_of_import(told["import"], place))["record"]


def stage_of(operator, customer):
    return operator.says("why", customer, "--team", "east")["stage"]["is"]


def test_rows_come_in_at_whom_they_name_and_the_others_are_told_with_their_column(operator, bought):
    told = imports(operator, bought(*ROWS))
    assert (told["imported"], [(one["row"], one["column"], one["code"]) for one in told["refused"]]) == (
        2,
        [(4, "客户", "whom_unknown"), (5, "购买日期(yyyy-mm-dd)", "date")],
    )
    watch, shoes = (bought_in(operator, told, place) for place in (0, 1))
    assert watch["customer_id"] == shoes["customer_id"]
    assert (watch["amount"], shoes["product_name"], shoes["quantity"]) == ("1299.00", "运动鞋", "2")


def test_the_same_file_twice_is_once_and_a_row_that_stands_twice_is_two(operator, bought):
    imports(operator, bought(ROWS[0], ROWS[1]))
    again = imports(operator, bought(ROWS[0], ROWS[1], ROWS[1]))
    assert (again["imported"], again["known"]) == (1, 2)


@pytest.fixture
def ana(filed):
    return filed.phone("安娜")


def gathered(ana, *rows, heading="客户,购买日期(yyyy-mm-dd),产品名称"):
    content = "\n".join((heading, *rows)).encode()
    return gather_facts(ana.office.store, ana.team, "purchase", content, Asked(), ana.office.clock())


def taken_in(ana, told):
    bring_in_facts(ana.office.store, ana.team, "purchase", told.fresh, ana.office.clock())


def test_a_row_that_says_fewer_words_than_a_record_made_at_the_door_is_another_purchase(ana):
    customer = ana.creates(name="张三", mobile="13800000000")
    bought = {"customer_id": customer, "purchase_date": "2026-11-10", "product_name": "运动鞋"}
    ana.creates("purchase", **bought, amount="800", quantity="2")
    ana.syncs()
    told = gathered(ana, "张三,2026-11-10,运动鞋", "张三,2026-11-11,运动鞋")
    assert (len(told.fresh), told.known, told.alike) == (2, 0, [2])
    taken_in(ana, told)
    assert (again := gathered(ana, "张三,2026-11-10,运动鞋")).known == 1
    assert not again.alike


def test_what_somebody_added_to_an_imported_record_since_leaves_its_row_known(ana):
    ana.creates(name="张三", mobile="13800000000")
    ana.syncs()
    taken_in(ana, gathered(ana, "张三,2026-11-10,运动鞋"))
    (made,) = ana.office.store.read(ana.team, lambda reading: list(reading.records_of("purchase", 9)))
    ana.office.clock.at(1)
    ana.sets("purchase", made.id, amount="800.00")
    ana.syncs()
    told = gathered(ana, "张三,2026-11-10,运动鞋")
    assert (told.known, told.alike) == (1, [])


def test_what_is_here_of_a_customer_who_was_merged_is_known(ana):
    ana.creates(name="张三", mobile="13800000000")
    ana.syncs()
    taken_in(ana, gathered(ana, "张三,2026-11-10,运动鞋"))
    (gone,) = ana.office.store.read(ana.team, lambda reading: list(reading.records_of("customer", 9)))
    left = ana.creates(name="张珊", mobile="13900000000")
    ana.syncs()
    lea = ana.office.phone("Lea", "supervisor")
    lea.creates("customer_merge", customer_id=left, other_id=gone.id, state="merged")
    lea.sets("customer", gone.id, merged_into=left)
    lea.syncs()
    told = gathered(ana, "张珊,2026-11-10,运动鞋")
    assert (len(told.fresh), told.known) == (0, 1)


def test_a_stage_follows_what_came_in_and_what_is_taken_back(operator, bought):
    told = imports(operator, bought(ROWS[0], ROWS[1]))
    customer = bought_in(operator, told, 0)["customer_id"]
    assert kept_stage(operator, customer) == stage_of(operator, customer) != "lead"
    assert operator.says("revert-import", told["import"], "--team", "east") == {"removed": 2, "stay": []}
    assert kept_stage(operator, customer) == stage_of(operator, customer) == "lead"
    assert imports(operator, bought(ROWS[0]))["imported"] == 1


def test_nothing_comes_in_dry_or_for_one_wrong_row_where_that_is_asked(operator, bought):
    assert imports(operator, bought(*ROWS), "purchase", "--dry-run")["new"] == 2
    assert imports(operator, bought(*ROWS), "purchase", "--all-or-none")["imported"] == 0
    assert imports(operator, bought(*ROWS))["known"] == 0


@pytest.mark.parametrize("kind", sorted({*ABOUT_A_CUSTOMER} - {"followup"}))
def test_what_hangs_on_nobody_is_refused_but_for_a_promise(kind):
    told = list(flaws(kind, kind_named(kind).completed({}), date(2026, 11, 22)))
    assert "customer_id" in {flaw.field for flaw in told}


def kept_stage(operator, customer):
    return operator.says("get", "customer", customer)["record"]["lifecycle_stage"]
