"""Are two customers who are one merged so that nothing is lost, and parted again?"""

import pytest

from field_app.actions import customer_list, records
from field_app.actions.comparing import differences
from field_app.actions.customer_page import load as page
from field_app.actions.duplicates import load as suspects
from field_app.actions.edits import creation
from field_app.actions.happenings import happenings_of
from field_app.actions.importing import Asked, import_table
from field_app.actions.latecomers import late_at, set_aside, take_late
from field_app.actions.merging import merge, say_apart, undo
from field_app.actions.standings import load as standings
from field_app.actions.twins import known_customers
from field_app.local_store import Edit
from tests.app.phones import a_phone
from visit_core.errors import NotAllowed, NotFound, NotValid

DOOR = "幸福路8号3-2-501"
DAY_MS = 86_400_000


@pytest.fixture
def wang(tmp_path, server, clock):
    return a_phone(tmp_path / "wang", server, "老王", role="supervisor")


@pytest.fixture
def two(wang, clock) -> tuple[str, str]:
    """The same person twice: the second one later, with a mailbox, and with another remark."""
    one = records.add(
        wang.store,
        "customer",
        {"name": "李雷", "mobile": "13912340000", "address_detail": DOOR, "remark": "有狗", "tags": ["老客户"]},
    )
    clock.passes(60_000)
    other = records.add(
        wang.store,
        "customer",
        {
            "name": "李 雷",
            "mobile": "13912340000",
            "address_detail": DOOR,
            "remark": "狗已搬走",
            "email": "l@b.cn",
            "tags": ["邻居"],
        },
    )
    return one, other


def fields(phone, customer):
    return phone.store.view("customer", customer).fields


def said_of(phone, customer):
    return {name: value for name, value in fields(phone, customer).items() if value is not None}


def test_two_with_one_number_at_one_door_are_a_pair(wang, two):
    (pair,) = suspects(wang.store).pairs
    assert (pair.one.id, pair.other.id, pair.by, pair.is_at_one_door) == (*two, "number", True)


def test_the_later_value_that_says_something_stands_unless_somebody_says(wang, two):
    told = {
        each.fields[0]: each.usual for each in differences(wang.store, *(wang.store.view("customer", i) for i in two))
    }
    assert told == {"name": "other", "remark": "other", "email": "other"}


def test_a_merge_leaves_one_customer_with_the_values_that_were_picked(wang, two):
    merge(wang.store, two[0], two[1], picks={"remark": "kept", "name": "kept"})
    told = fields(wang, two[0])
    assert (told["name"], told["remark"], told["email"], told["tags"]) == ("李雷", "有狗", "l@b.cn", ["老客户", "邻居"])
    assert [row.id for row in customer_list.load(wang.store).rows] == [two[0]]
    assert [view.id for view in wang.store.find("customer")] == [two[0]]
    assert [one.id for one in known_customers(wang.store)] == [two[0]]
    assert suspects(wang.store).pairs == ()


def test_whatever_hung_on_either_hangs_on_the_one_that_is_left(wang, two):
    one, other = two
    records.add(
        wang.store,
        "purchase",
        {"customer_id": one, "product_name": "手表", "purchase_date": "2026-11-20", "quantity": "1", "amount": "300"},
    )
    records.add(
        wang.store,
        "purchase",
        {"customer_id": other, "product_name": "鞋", "purchase_date": "2026-11-20", "quantity": "2", "amount": "500"},
    )
    visit = records.add(wang.store, "visit", {"customer_id": other, "outcome": "interested"})
    merge(wang.store, one, other)
    bought = [each for each in happenings_of(wang.store, one) if each.kind == "purchase"]
    assert {each.words for each in bought} == {"手表", "鞋"}
    assert wang.store.view("visit", visit).fields["customer_id"] == one
    assert page(wang.store, one).told.worth.spent == 800
    assert standings(wang.store).of(one).grade == page(wang.store, one).told.grade
    assert customer_list.load(wang.store).rows[0].last_visit


def test_a_link_to_the_merged_customer_leads_to_the_one_that_is_left(wang, two):
    merge(wang.store, *two)
    assert page(wang.store, two[1]).id == two[0]
    assert records.get(wang.store, "customer", two[1])["id"] == two[0]
    records.change(wang.store, "customer", two[1], {"remark": "按门铃"})
    assert fields(wang, two[0])["remark"] == "按门铃"


def test_who_is_left_is_found_by_what_was_known_of_the_other(wang, two):
    one, other = two
    records.change(wang.store, "customer", other, {"name": "韩梅梅", "mobile": "13700008642"})
    said = merge(wang.store, one, other, picks={"name": "kept", "mobile": "kept"})
    for typed in ("8642", "1370000", "韩梅", "hmm"):
        (found,) = customer_list.matching(customer_list.load(wang.store).rows, typed)
        assert (found.id, found.name) == (one, "李雷")
    undo(wang.store, said)
    (found,) = customer_list.matching(customer_list.load(wang.store).rows, "8642")
    assert found.id == other


def test_a_merge_is_written_down_for_the_supervisors(wang, two):
    merge(wang.store, *two)
    (event,) = [view.fields for view in wang.store.find("audit_event") if view.fields["action"] == "merge"]
    assert (event["entity_id"], event["actor_id"], event["records"]) == (two[1], wang.store.me.person, 2)


def test_undoing_a_merge_brings_both_back_as_they_were(wang, two, clock):
    before = [said_of(wang, one) for one in two]
    said = merge(wang.store, *two)
    clock.passes(30 * DAY_MS)
    undo(wang.store, said)
    assert [said_of(wang, one) for one in two] == before
    assert len(customer_list.load(wang.store).rows) == 2
    assert len(suspects(wang.store).pairs) == 1


def test_what_somebody_changed_since_the_merge_stays_when_it_is_undone(wang, two):
    said = merge(wang.store, *two)
    records.change(wang.store, "customer", two[0], {"remark": "只在周末", "tags": ["老客户", "邻居", "新"]})
    undo(wang.store, said)
    assert (fields(wang, two[0])["remark"], fields(wang, two[0])["tags"]) == ("只在周末", ["老客户", "新"])
    assert fields(wang, two[1])["remark"] == "狗已搬走"


def test_after_a_month_a_merge_stays(wang, two, clock):
    said = merge(wang.store, *two)
    clock.passes(30 * DAY_MS + 1)
    with pytest.raises(NotValid) as refused:
        undo(wang.store, said)
    assert refused.value.why == "merge_too_old"
    assert suspects(wang.store).said[0].may_be_undone is False


def test_a_merge_is_undone_once(wang, two):
    said = merge(wang.store, *two)
    undo(wang.store, said)
    with pytest.raises(NotValid):
        undo(wang.store, said)


def test_two_who_only_look_alike_are_not_shown_again_until_that_is_undone(wang, two):
    said = say_apart(wang.store, *two)
    assert suspects(wang.store).pairs == ()
    undo(wang.store, said)
    assert len(suspects(wang.store).pairs) == 1


def test_nobody_is_merged_with_themselves_or_with_who_is_not_there(wang, two):
    merge(wang.store, *two)
    with pytest.raises(NotValid):
        merge(wang.store, *two)
    with pytest.raises(NotFound):
        merge(wang.store, two[0], "0" * 32)


def test_a_field_that_says_the_same_on_both_sides_cannot_be_picked(wang, two):
    with pytest.raises(NotValid) as refused:
        merge(wang.store, two[0], two[1], picks={"mobile": "other"})
    assert refused.value.field == "mobile"


def test_a_rep_sees_one_customer_and_may_not_merge(tmp_path, server, wang, two):
    ana = a_phone(tmp_path / "ana", server, "安娜")
    wang.syncs()
    ana.syncs()
    with pytest.raises(NotAllowed):
        merge(ana.store, *two)
    merge(wang.store, *two)
    wang.syncs()
    ana.syncs()
    assert [row.id for row in customer_list.load(ana.store).rows] == [two[0]]


def test_what_a_phone_wrote_into_the_merged_customer_shows_on_the_one_that_is_left(tmp_path, server, wang, two):
    ana = a_phone(tmp_path / "ana", server, "安娜")
    wang.syncs()
    ana.syncs()
    merge(wang.store, *two)
    wang.syncs()
    records.change(ana.store, "customer", two[1], {"wechat_id": "lilei_2026", "tags": ["邻居", "爱喝茶"]})
    visit = records.add(ana.store, "visit", {"customer_id": two[1], "outcome": "sold"})
    ana.syncs()
    wang.syncs()
    assert visit in {each.id for each in happenings_of(wang.store, two[0])}
    late = {each.spec.name: each.value for each in late_at(wang.store, two[0])}
    assert late == {"wechat_id": "lilei_2026", "tags": ["爱喝茶"]}
    assert page(ana.store, two[0]).late == late_at(ana.store, two[0]) != ()
    take_late(wang.store, two[0], two[1], "wechat_id")
    set_aside(wang.store, two[0], two[1], "tags")
    assert late_at(wang.store, two[0]) == ()
    assert (fields(wang, two[0])["wechat_id"], fields(wang, two[0])["tags"]) == ("lilei_2026", ["老客户", "邻居"])


def test_of_two_merged_opposite_ways_one_is_left_and_both_can_be_had_back(wang, two):
    there = merge(wang.store, *two)
    wang.store.keep(*_merged_back(wang, two))
    assert len(customer_list.load(wang.store).rows) == 1
    assert page(wang.store, two[1]).id == min(two)
    for said in (there, next(s.id for s in suspects(wang.store).said if s.customer == two[1])):
        undo(wang.store, said)
    assert len(customer_list.load(wang.store).rows) == 2


def _merged_back(phone, two):
    """What another supervisor's phone had done meanwhile."""
    said = creation(phone.store, "customer_merge", {"customer_id": two[1], "other_id": two[0], "state": "merged"})
    registers = {**said.registers, "customer_id": two[1], "other_id": two[0]}
    return Edit("set", "customer", two[0], {"merged_into": two[1]}), Edit(said.op, said.kind, said.id, registers)


def test_a_table_that_names_the_merged_customer_means_the_one_that_is_left(wang, two, tmp_path):
    one, other = two
    records.change(wang.store, "customer", other, {"mobile": "13700008642"})
    merge(wang.store, one, other, picks={"mobile": "kept"})
    (tmp_path / "bought.csv").write_text("客户,购买日期,产品名称\n13700008642,2026-11-01,手表\n", "utf-8")
    import_table(wang.store, tmp_path / "bought.csv", Asked("purchase"))
    (bought,) = wang.store.find("purchase")
    assert bought.fields["customer_id"] == one
