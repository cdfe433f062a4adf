"""Does a view show whom it names, in its groups, and does the right line stand out?"""

from datetime import date
from itertools import pairwise

import pytest
from pydantic import JsonValue

from field_app.actions import customer_list, records, standings
from field_app.actions.customer_list import CustomerRow, matching
from field_app.actions.customer_views import ALL, BUILT_IN, group_of, passes, shown_in, standing_out
from field_app.actions.living import offered, turned
from field_app.actions.standings import Standing, Standings
from field_app.actions.view_counts import counts_here
from field_app.list_views import MOST, USUAL_MARKS, ListView, StandsOut
from tests.app.fakes import FakeClock, FakeServer
from tests.app.phones import a_phone
from visit_core.rules.grade import Worth, promise, prospect

TODAY = date(2026, 11, 21)
DAY_MS = 86_400_000


def row(name, **known):
    nothing = {"phone": "", "address": "", "last_visit": "", "stage": "", "completeness": 50, "is_incomplete": False}
    nothing |= {"do_not_visit": False, "sync_state": "confirmed", "number": "", "tags": ()}
    return CustomerRow(id=name, name=name, **{**nothing, **known})


def names(rows):
    return [each.name for each in rows]


def shown(view, rows, **told):
    return names(shown_in(view, rows, Standings(told), TODAY))


def built_in(code):
    return next(view for view in BUILT_IN if view.code == code)


SEEN = "2026-11-20T01:00:00Z"


def test_each_view_that_comes_with_the_app_shows_whom_it_names():
    rows = [
        row("完善", last_visit=SEEN),
        row("缺资料", is_incomplete=True, last_visit=SEEN),
        row("久别", last_visit="2026-11-14T01:00:00Z"),
        row("未访"),
        row("谢绝", do_not_visit=True, last_visit=SEEN),
        row("未发", sync_state="queued", last_visit=SEEN),
        row("要紧", last_visit=SEEN),
        row("别人的", last_visit=SEEN),
        row("逾期", last_visit=SEEN),
    ]
    told = {
        "要紧": Standing(grade="A", is_mine=True),
        "别人的": Standing(grade="A"),
        "逾期": Standing(overdue=date(2026, 11, 19), is_mine=True),
    }
    found = {view.code: shown(view, rows, **told) for view in BUILT_IN if view != ALL}
    assert found == {
        "my_key": ["要紧"],
        "unseen": ["久别", "未访"],
        "overdue": ["逾期"],
        "due": [],
        "incomplete": ["缺资料"],
        "never": ["未访"],
        "do_not_visit": ["谢绝"],
        "unsent": ["未发"],
        "promising": [],
        "best": [],
        "lapsed": [],
    }
    assert shown(ALL, rows, **told) == names(rows)


@pytest.mark.parametrize(("days_ago", "is_shown"), [(6, False), (7, True), (8, True)])
def test_seven_days_without_a_visit_begin_on_the_seventh_day(days_ago, is_shown):
    seen = row("甲", last_visit=f"2026-11-{21 - days_ago}")
    assert passes(built_in("unseen"), seen, Standing(), TODAY) is is_shown


def test_of_several_words_in_one_part_one_must_fit_and_every_part_must():
    rows = [
        row("甲", stage="lead", tags=("有狗",)),
        row("乙", stage="new", tags=("老客户",)),
        row("丙", stage="loyal", tags=("有狗",)),
    ]
    assert shown(ListView(stages=("lead", "new")), rows) == ["甲", "乙"]
    assert shown(ListView(stages=("lead", "new"), tags=("有狗", "vip")), rows) == ["甲"]
    told = {"乙": Standing(intention="very")}
    assert shown(ListView(intentions=("very", "yes")), rows, **told) == ["乙"]


def test_groups_stand_in_the_order_of_their_list_and_keep_the_order_inside():
    rows = [row("丙", stage="loyal"), row("无"), row("乙", stage="lead"), row("甲", stage="lead")]
    assert shown(ListView(group="stage"), rows) == ["乙", "甲", "丙", "无"]
    assert shown(ListView(group="stage", column="name", is_falling=True), rows) == ["乙", "甲", "丙", "无"]
    assert shown(ListView(group="grade"), rows, 甲=Standing("C"), 丙=Standing("A")) == ["丙", "甲", "无", "乙"]


@pytest.mark.parametrize(
    ("seen", "group"),
    [("2026-11-15", "7"), ("2026-11-14", "30"), ("2026-10-23", "30"), ("2026-10-22", "before"), ("", "")],
)
def test_a_last_visit_lies_in_one_group(seen, group):
    assert group_of(ListView(group="seen"), row("甲", last_visit=seen), Standing(), TODAY) == group


def test_the_first_rule_with_a_colour_that_fits_gives_the_edge():
    overdue, key = USUAL_MARKS[:2]
    late = Standing(grade="A", overdue=date(2026, 11, 1))
    assert standing_out(row("甲"), Standings({"甲": late}, rules=USUAL_MARKS), TODAY) == overdue
    assert standing_out(row("甲"), Standings({"甲": Standing("A")}, rules=USUAL_MARKS), TODAY) == key
    assert standing_out(row("甲"), Standings({}, rules=USUAL_MARKS), TODAY) is None
    unseen = StandsOut(when="unseen", colour="info", days=30)
    assert standing_out(row("甲", last_visit=SEEN), Standings({}, rules=(unseen,)), TODAY) is None
    assert standing_out(row("甲"), Standings({}, rules=(unseen,)), TODAY) == unseen


@pytest.fixture
def ana(tmp_path, clock):
    return a_phone(tmp_path / "ana", FakeServer(clock))


def test_standings_are_read_from_purchases_promises_and_who_wrote_the_customer_down(ana):
    buyer, late = ana.records("买家"), ana.records("欠约", mobile="13900000000")
    bought = {"customer_id": buyer, "purchase_date": "2026-11-11", "product_name": "手表", "amount": "25000"}
    for _ in range(3):
        records.add(ana.store, "purchase", bought)
    for day in ("2026-11-18", "2026-11-19", "2026-11-25"):
        records.add(ana.store, "followup", {"customer_id": late, "title": "回访", "due_date": day})
    told = standings.load(ana.store)
    assert told.of(buyer) == Standing(grade="A", is_mine=True, worth=62, type="prospect")
    assert told.of(late) == Standing(overdue=date(2026, 11, 18), is_mine=True, type="prospect")


def test_who_is_judged_again_and_who_is_not_stands_as_if_all_were_judged(ana, clock):
    store = ana.store
    buyer, friend, grade = ana.records("买家"), ana.records("朋友", mobile="13900000000"), {"grade_manual": "A"}
    promised = {"customer_id": buyer, "title": "回访", "due_date": "2026-11-18"}
    bought = {"customer_id": buyer, "purchase_date": "2026-11-11", "product_name": "手表", "amount": "25000"}
    happens = [
        lambda: records.add(store, "purchase", bought),
        lambda: records.add(store, "followup", promised),
        lambda: records.change(store, "customer", friend, {"referrer_id": buyer}),
        lambda: records.change(store, "customer", friend, {**grade, "grade_reason": "老客户"}),
        lambda: records.add(store, "visit", {"customer_id": friend, "outcome": "interested"}),
        lambda: records.delete(store, "customer", friend),
        lambda: store.list_views.keep(ListView(name="我的", marks=("mine",))),
        lambda: clock.passes(40 * DAY_MS),
    ]
    seen = [everybody(store)]
    for happen in happens:
        happen()
        seen.append(everybody(store))
        store.gists.forget()
        assert everybody(store) == seen[-1]
    assert all(before != after for before, after in pairwise(seen))


def everybody(store):
    """How all stand, and how many each view shows beside how many pass."""
    told, rows, today = standings.load(store), customer_list.load(store).rows, store.moment().today
    views = (*BUILT_IN, *told.views)
    counted = counts_here(store, views, rows, told)
    assert counted == {view: sum(passes(view, row, told.of(row.id), today) for row in rows) for view in views}
    return told.by_id, counted


def test_a_promise_that_was_done_or_is_in_the_bin_is_not_overdue(ana):
    customer = ana.records("守约")
    promised = {"customer_id": customer, "title": "回访", "due_date": "2026-11-18"}
    records.add(ana.store, "followup", {**promised, "status": "done"})
    records.delete(ana.store, "followup", records.add(ana.store, "followup", promised))
    assert standings.load(ana.store).of(customer).overdue is None


def test_a_grade_in_a_list_is_the_one_on_the_customers_page(ana):
    customer = ana.records("买家", grade_manual="B", grade_reason="老客户")
    assert standings.load(ana.store).of(customer).grade == records.get(ana.store, "customer", customer)["grade"] == "B"


def test_views_and_colours_stay_on_the_device_and_a_name_is_there_once(ana):
    store = ana.store
    store.list_views.keep(ListView(name="有狗的", tags=("有狗",)))
    store.list_views.keep(ListView(name="有狗的", tags=("有狗", "两条狗")))
    store.list_views.let_stand_out((StandsOut(when="overdue", colour="info"),))
    again = standings.load(store)
    assert [(view.name, view.tags) for view in again.views] == [("有狗的", ("有狗", "两条狗"))]
    assert again.rules == (StandsOut(when="overdue", colour="info"),)
    store.list_views.drop("有狗的")
    assert standings.load(store).views == ()


def test_there_are_only_so_many_views_of_ones_own(ana):
    for number in range(MOST + 3):
        ana.store.list_views.keep(ListView(name=f"视图{number}"))
    assert len(ana.store.list_views.all()) == MOST


def test_t29_the_most_promising_of_those_who_never_bought_stand_on_top_of_their_view(tmp_path):
    store = a_phone(tmp_path / "ana", FakeServer(FakeClock())).store
    said: dict[str, dict[str, JsonValue]] = {
        "有点意思": {"purchase_intention": "yes"},
        "最想要": {"willingness": 5, "purchase_power": 4},
        "没兴趣": {"purchase_intention": "no"},
        "老主顾": {"willingness": 5},
        "常客": {},
        "走了的": {},
    }
    ids = {name: records.add(store, "customer", {"name": name, **more}) for name, more in said.items()}
    for name, days, amount in (("老主顾", ("2026-11-01",), "900"), ("走了的", ("2026-03-01",), "9000")):
        for day in days:
            buys(store, ids[name], day, amount)
    for day in ("2026-11-02", "2026-10-02", "2026-09-02"):
        buys(store, ids["常客"], day, "9000")
    rows, told, today = customer_list.load(store).rows, standings.load(store), store.moment().today
    found = {code: names(shown_in(built_in(code), rows, told, today)) for code in ("promising", "best", "lapsed")}
    assert found["promising"] == ["最想要", "有点意思"]
    assert found["best"][0] == "常客"
    assert set(found["best"]) == {"常客", "老主顾", "走了的"}
    assert found["lapsed"] == ["走了的"]
    assert [records.get(store, "customer", ids[name])["grade"] for name in ("最想要", "有点意思")] == ["C", "C"]
    by_name = built_in("best").model_copy(update={"column": "name"})
    assert names(shown_in(by_name, rows, told, today))[0] == "常客"


def buys(store, customer, day, amount):
    records.add(
        store,
        "purchase",
        {"customer_id": customer, "purchase_date": day, "product_name": "表", "amount": amount, "quantity": "1"},
    )


@pytest.mark.parametrize("marks", [(0, 0, 0), (5, 5, 5), (3, 1, 4), (2, 5, 0)])
def test_the_promise_of_a_list_is_that_of_the_rule(marks):
    willing, power, strategic = marks
    worth = Worth(None, willingness=willing, power=power, strategic=strategic)
    assert promise(worth) == prospect(worth).score


def test_customers_are_told_apart_by_type_and_industry(tmp_path):
    store = a_phone(tmp_path / "ana", FakeServer(FakeClock())).store
    for name, kind, industry in (("甲", "loyal", "retail"), ("乙", "partner", "finance"), ("丙", "loyal", None)):
        records.add(store, "customer", {"name": name, "customer_type": kind, "industry": industry})
    rows, told, today = customer_list.load(store).rows, standings.load(store), store.moment().today
    assert set(names(shown_in(ListView(types=("loyal",)), rows, told, today))) == {"甲", "丙"}
    assert names(shown_in(ListView(types=("loyal",), industries=("retail", "finance")), rows, told, today)) == ["甲"]
    by_industry = ListView(group="industry")
    grouped = shown_in(by_industry, rows, told, today)
    assert [group_of(by_industry, one, told.of(one.id), today) for one in grouped] == ["retail", "finance", ""]


def lived_in(store):
    """Two in Zhejiang, one in Beijing, one abroad, one who said nothing."""
    said: dict[str, dict[str, JsonValue]] = {
        "甲": {"province": "330000", "city": "330100", "district": "330106"},
        "乙": {"province": "330000", "city": "330200"},
        "丙": {"province": "110000", "district": "110105"},
        "丁": {"is_international": True, "address_detail": "1 Rue de Rivoli"},
        "戊": {},
    }
    for name, place in said.items():
        records.add(store, "customer", {"name": name, **place})
    return customer_list.load(store).rows, standings.load(store), store.moment().today


def test_customers_are_filtered_and_grouped_by_side_of_the_border_province_and_city(tmp_path):
    rows, told, today = lived_in(a_phone(tmp_path / "ana", FakeServer(FakeClock())).store)

    def shown(*regions):
        return set(names(shown_in(ListView(regions=regions), rows, told, today)))

    def groups(by):
        view = ListView(group=by)
        return [group_of(view, one, told.of(one.id), today) for one in shown_in(view, rows, told, today)]

    assert (shown("abroad"), shown("domestic")) == ({"丁"}, {"甲", "乙", "丙", "戊"})
    assert (shown("330000"), shown("330100"), shown("330100", "abroad")) == ({"甲", "乙"}, {"甲"}, {"甲", "丁"})
    assert groups("side") == ["domestic"] * 4 + ["abroad"]
    assert groups("province") == ["110000", "330000", "330000", "abroad", ""]
    assert groups("city") == ["110000", "330100", "330200", "abroad", ""]


def test_a_whole_word_means_a_side_of_the_border_and_a_part_of_it_means_nobody(tmp_path):
    rows, _, _ = lived_in(a_phone(tmp_path / "ana", FakeServer(FakeClock())).store)
    for word in ("境外", "国际", "Abroad"):
        assert names(matching(rows, word)) == ["丁"]
    assert set(names(matching(rows, "国内"))) == {"甲", "乙", "丙", "戊"}
    assert (names(matching(rows, "国")), set(names(matching(rows, "浙江")))) == ([], {"甲", "乙"})


def test_a_place_that_is_chosen_gives_way_to_a_narrower_one_and_comes_back_when_that_is_tapped_again():
    chosen = turned(turned(turned((), "domestic"), "330000"), "330100")
    assert chosen == ("330100",)
    assert turned(chosen, "330200") == ("330100", "330200")
    assert turned(("330100", "330200"), "330200") == ("330100",)
    assert turned(chosen, "330100") == ("330000",)
    assert turned(chosen, "330000") == ("domestic",)
    assert turned(turned(chosen, "domestic"), "abroad") == ("abroad",)


def test_each_level_offers_where_customers_live_in_what_is_chosen_above_it():
    lines = [("domestic", "330000", "330100"), ("domestic", "330000", "330200"), ("domestic", "110000"), ("abroad",)]

    def told(*chosen):
        return [[(one.code, one.customers, one.is_chosen) for one in level] for level in offered(lines, chosen)]

    sides = [("domestic", 3, False), ("abroad", 1, False)]
    assert told() == [sides]
    assert told("330100") == [
        [("domestic", 3, True), ("abroad", 1, False)],
        [("110000", 1, False), ("330000", 2, True)],
        [("330100", 1, True), ("330200", 1, False)],
    ]
