"""What another system saw customers do: brought in by a table, told on the timeline, taken along again."""

import pytest

from field_app.actions import customer_page, records
from field_app.actions.exporting import Wish, written_table
from field_app.actions.importing import Asked, import_table
from field_app.actions.reverting import revert_import
from tests.app.fakes import FakeClock, FakeServer
from tests.app.phones import a_phone
from visit_core.picklists import Language

KIND = "behaviour_event"
SEEN = """行为时间,姓名,手机,行为类型,行为内容,来源
2026-11-20 09:30,张三,13800000000,浏览记录,跑步机详情页,官网
2026年11月20日 09:41,张三,13800000000,点击,领取优惠券,官网
2026-11-19,李四,,浏览,首页,小程序
2026-11-19,王五,13911112222,购买,运动鞋,商城
2026-11-19,赵六,13999990000,购买,运动鞋,商城
2027-01-01,王五,13911112222,浏览,首页,商城
"""


@pytest.fixture
def store(tmp_path):
    made = a_phone(tmp_path / "ana", FakeServer(FakeClock())).store
    for name, mobile in (("张三", "13800000000"), ("李四", "13911110000"), ("王五", "13911112222")):
        records.add(made, "customer", {"name": name, "mobile": mobile})
    return made


def named(store, name):
    (view,) = store.find("customer", {"name": name})
    return view.id


def test_a_table_of_events_comes_in_by_phone_numbers_and_tells_what_it_could_not_place(store):
    told = import_table(store, SEEN.encode(), Asked(kind=KIND, columns={"来源": "source"}))
    assert [(each.row, each.column, each.why.why) for each in told.refusals] == [
        (4, "手机", "required"),
        (6, "手机", "whom_unknown"),
        (7, "行为时间", "future_date"),
    ]
    page = customer_page.load(store, named(store, "张三"))
    assert [(each.kind, each.words) for each in page.happenings] == [(KIND, "领取优惠券"), (KIND, "跑步机详情页")]
    assert [each.fields["kind"] for each in page.happenings] == ["click", "browse"]


def test_an_import_of_events_is_taken_back_whole(store):
    told = import_table(store, SEEN.encode(), Asked(kind=KIND))
    assert len(told.ids) == 3
    revert_import(store, told.import_id)
    assert store.find(KIND) == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_events_are_taken_along_and_read_in_again_by_a_colleague(store, lang: Language):
    import_table(store, SEEN.encode(), Asked(kind=KIND))
    going = written_table(store, KIND, Wish(lang=lang), is_workbook=True)
    assert going.records == 3
    again = import_table(store, going.content, Asked(kind=KIND, dry_run=True))
    assert (again.refusals, again.rows) == ((), 3)
    assert [dict(each)["target"] for each in again.preview] == ["跑步机详情页", "领取优惠券", "运动鞋"]


def test_purchases_too_come_in_by_the_name_or_number_of_whom_they_are(store):
    sold = "客户姓名,购买日期,产品名称\n张三,2026-11-01,手表\n"
    told = import_table(store, sold.encode(), Asked(kind="purchase"))
    assert told.refusals == ()
    (bought,) = store.find("purchase")
    assert bought.fields["customer_id"] == named(store, "张三")


def test_what_somebody_bought_elsewhere_is_behaviour_and_no_purchase_of_ours(store):
    import_table(store, SEEN.encode(), Asked(kind=KIND))
    assert customer_page.load(store, named(store, "王五")).told.worth.days_since is None
