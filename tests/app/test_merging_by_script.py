"""Does a script find customers who may be one, merge them and part them again?"""

import pytest


@pytest.fixture
def sue(enrolled):
    return enrolled("sue", "supervisor")


@pytest.fixture
def two(sue, clock) -> tuple[str, str]:
    one = sue.add("customer", "name=韩梅", "mobile=13811112222", "address_detail=学院路5号2-1-102", "remark=晚上在家")
    clock.passes(60_000)
    other = sue.add("customer", "name=韩梅", "mobile=13811112222", "address_detail=学院路5号2-1-102", "email=h@m.cn")
    return one, other


def test_a_pair_is_told_with_masked_numbers_and_its_visits(sue, two):
    sue.add("visit", f"customer_id={two[1]}", "outcome=interested")
    (pair,) = sue.ask("duplicates")["pairs"]
    assert (pair["by"], pair["same_door"]) == ("number", True)
    assert [(one["id"], one["phone"], one["visits"]) for one in pair["customers"]] == [
        (two[0], "138****2222", 0),
        (two[1], "138****2222", 1),
    ]


def test_a_dry_run_tells_where_they_differ_and_merges_nothing(sue, two):
    told = sue.ask("merge", *two, "--dry-run")["differences"]
    takes = {each["fields"][0]: each["takes"] for each in told}
    assert (takes["remark"], takes["email"]) == ("kept", "other")
    assert len(sue.list("customer")) == 2


def test_a_merge_and_its_undoing(sue, two):
    told = sue.ask("merge", *two, "--keep", "email")
    assert sue.get("customer", two[1])["id"] == two[0] == told["customer"]
    assert sue.get("customer", two[0])["email"] is None
    (said,) = sue.ask("duplicates")["merges"]
    assert (said["id"], said["state"], said["in_force"], said["may_be_undone"]) == (told["id"], "merged", True, True)
    sue.ask("unmerge", told["id"])
    assert sorted(one["id"] for one in sue.list("customer")) == sorted(two)
    assert sue.refuse(2, "unmerge", told["id"])["why"] == "merge_undone"


def test_who_are_two_are_no_pair(sue, two):
    sue.ask("apart", *two)
    assert sue.ask("duplicates")["pairs"] == []


def test_what_came_late_is_told_and_set_aside(sue, two, enrolled):
    ana = enrolled("ana")
    sue.sync()
    ana.sync()
    sue.ask("merge", *two)
    sue.sync()
    ana.ask("set", "customer", two[1], "wechat_id=hanmei_88")
    ana.sync()
    sue.sync()
    (late,) = sue.ask("late", two[0])["late"]
    assert (late["other"], late["field"], late["value"], late["stands"]) == (two[1], "wechat_id", "hanmei_88", None)
    assert sue.ask("late", two[0], "--set-aside", two[1], "wechat_id")["late"] == []
    assert sue.refuse(2, "late", two[0], "--take", two[1], "wechat_id")["code"] == "not_found"


def test_a_rep_merges_nobody(sue, two, enrolled):
    ana = enrolled("ana")
    sue.sync()
    ana.sync()
    assert ana.refuse(2, "merge", *two)["code"] == "not_allowed"
    assert ana.refuse(2, "set", "customer", two[0], f"merged_into={two[1]}")["code"] == "not_allowed"
