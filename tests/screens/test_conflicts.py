"""Does somebody whose value was overruled see both, and is putting one back a single tap?"""

import pytest

from field_app.actions import conflict_cards, customer_page, mine, notices, returned
from field_app.places import Place
from field_app.screens.conflicts.one import conflict_screen
from field_app.screens.conflicts.screen import conflicts_screen
from field_app.screens.customer import customer_screen
from field_app.screens.look import Look
from field_app.screens.returned import returned_screen
from tests.screens.evening import LONG_NAME, Evening, live
from tests.screens.neighbours import a_field
from visit_core.stamp import instant

OLD, LOST, STANDS = "幸福路 12 号", "幸福路 12 号 3 单元 502", "幸福路 21 号"


@pytest.fixture
def evening(tmp_path):
    return Evening(tmp_path)


@pytest.fixture
def card(window):
    """Opens one conflict on a phone."""

    def show(do, conflict):
        return window(live, conflict_cards.load_one, conflict_screen, conflict, do, Look())

    return show


def an_address(evening):
    """Two people set one address; gives the customer and the conflict."""
    customer = evening.customer(address_detail=STANDS)
    return customer, evening.conflict(customer, "address_detail", OLD, LOST, STANDS)


def sides(do, conflict):
    read = conflict_cards.load_one(do.store, conflict).card
    assert read
    return {side.code: side for side in read.sides}


def state(do, conflict):
    return do.store.view("conflict", conflict).fields["state"]


def test_the_card_shows_three_values_and_which_one_stands(card, evening):
    _, conflict = an_address(evening)
    shown = card(evening.for_rep(), conflict)
    assert shown.sees("张三的「家庭住址」有两个新值")
    cards = [name for name in shown.names() if "幸福路" in name]
    assert [name.split()[0] for name in cards] == ["原值", "您的", "周敏的"]
    assert ["现在使用" in name for name in cards] == [False, False, True]


def test_ones_own_value_comes_back_with_one_tap(card, evening):
    customer, conflict = an_address(evening)
    do = evening.for_rep()
    shown = card(do, conflict)
    shown.tap("改用这个")
    assert do.store.view("customer", customer).fields["address_detail"] == LOST
    assert state(do, conflict) == "restored"
    assert shown.sees("已改用另一个值")


def test_the_old_value_can_be_chosen_too(card, evening):
    customer, conflict = an_address(evening)
    do = evening.for_rep()
    shown = card(do, conflict)
    shown.tap("原值")
    shown.tap("改用这个")
    assert do.store.view("customer", customer).fields["address_detail"] == OLD


def test_who_chose_wrongly_changes_back(card, evening):
    customer, conflict = an_address(evening)
    do = evening.for_rep()
    shown = card(do, conflict)
    shown.tap("改用这个")
    shown.tap("周敏的")
    shown.tap("改用这个")
    assert do.store.view("customer", customer).fields["address_detail"] == STANDS
    assert state(do, conflict) == "seen"


def test_what_stands_cannot_be_put_in_use_again(card, evening):
    _, conflict = an_address(evening)
    shown = card(evening.for_rep(), conflict)
    shown.tap("周敏的")
    assert "改用这个" not in shown.names()


def test_who_agrees_says_so_and_goes_back(card, evening):
    _, conflict = an_address(evening)
    do = evening.for_rep()
    card(do, conflict).tap("知道了")
    assert (state(do, conflict), do.backs) == ("seen", 1)
    assert notices.notices(do.store).lost == 0


def test_what_is_written_once_has_no_button_to_exchange_it(card, evening):
    visit = evening.visit()
    arrived = instant(evening.at(9))
    conflict = evening.conflict(
        visit, "check_in_at", None, instant(evening.at(8)), arrived, record_kind="visit", rule="first"
    )
    shown = card(evening.for_rep(), conflict)
    assert shown.sees("只认第一次的值")
    assert "改用这个" not in shown.names()
    assert "知道了" in shown.names()


def test_a_rep_cannot_put_a_verdict_in_use_and_a_supervisor_can(evening):
    visit = evening.visit(review_round=2)
    told = {"record_kind": "visit", "rule": "reopened"}
    conflict = evening.conflict(visit, "review_state", None, "approved", "pending", **told)
    assert not sides(evening.for_rep(), conflict)["loser"].is_usable
    assert sides(evening.for_lead(), conflict)["loser"].is_usable


def test_telephones_are_masked_unless_that_hides_the_difference(evening):
    customer = evening.customer(mobile="+8613900007756")
    told = evening.conflict(customer, "mobile", None, "+8613900007755", "+8613900007756")
    hidden = evening.conflict(customer, "mobile", None, "+8613911117756", "+8613900007756")
    do = evening.for_rep()
    assert sides(do, told)["loser"].value == "139****7755"
    assert sides(do, hidden)["loser"].value == "139 1111 7756"


def test_a_number_in_a_field_of_the_organisations_own_is_masked_likewise(evening):
    conflict = evening.conflict(evening.customer(), "custom.shop_phone", None, "+8613900007755", "+8613900007756")
    do = evening.for_rep()
    a_field(do.store, "customer", "shop_phone", "店铺电话", data_type="phone")
    assert sides(do, conflict)["loser"].value == "139****7755"


def test_a_member_of_a_set_is_in_or_out(card, evening):
    conflict = evening.conflict(evening.customer(), "tags.vip", None, 1, None)
    shown = card(evening.for_rep(), conflict)
    assert shown.sees("张三的「标签·vip」有两个新值")
    assert any(name.startswith("您的 有 ") for name in shown.names())


def test_a_deletion_shows_what_the_other_was_editing(card, evening):
    customer = evening.customer(LONG_NAME, deleted=True)
    conflict = evening.conflict(customer, "deleted", None, {"remark": "改到店里见"}, True, rule="delete")
    do = evening.for_rep()
    shown = card(do, conflict)
    assert shown.sees("附加备注：改到店里见")
    shown.tap("改用这个")
    assert not do.store.view("customer", customer).is_deleted


def test_a_value_that_was_changed_once_more_is_said_to_be(card, evening):
    customer = evening.customer(address_detail="青年路 3 号")
    conflict = evening.conflict(customer, "address_detail", OLD, LOST, STANDS)
    assert card(evening.for_rep(), conflict).sees("后来又改过")


def test_open_conflicts_stand_first_and_open_their_card(window, evening):
    customer, conflict = an_address(evening)
    evening.conflict(customer, "position", None, "经理", "店长", state="seen")
    do = evening.for_rep()
    shown = window(live, conflict_cards.load, conflicts_screen, "", do, Look())
    assert [text for text in shown.texts() if text in ("等您看", "已处理")] == ["等您看", "已处理"]
    shown.tap("张三·家庭住址")
    assert do.went == [Place("conflict", conflict)]


def test_at_a_desk_the_card_stands_beside_the_list_and_the_next_one_follows(window, evening):
    an_address(evening)
    other = evening.conflict(evening.customer("李四"), "position", None, "经理", "店长")
    do = evening.for_lead()
    shown = window(live, conflict_cards.load, conflicts_screen, "", do, Look(width=1280))
    assert shown.sees("李四的「职位」有两个新值")
    shown.tap("知道了")
    assert state(do, other) == "seen"
    assert shown.sees("张三的「家庭住址」有两个新值")


def test_no_conflicts_is_a_sentence(window, evening):
    shown = window(live, conflict_cards.load, conflicts_screen, "", evening.for_rep(), Look())
    assert shown.sees("没有冲突")


# ---------------------------------------------------------------- what came back


def test_a_returned_visit_shows_its_open_comments_and_opens_for_correction(window, evening):
    told = evening.note("content", "写详细些") | evening.note("outcome", "早已改好", resolved=True)
    visit = evening.visit(review_state="returned", reviewed_at=instant(evening.at(9)), **told)
    do = evening.for_rep()
    shown = window(live, returned.load, returned_screen, "", do, Look())
    assert shown.sees("写详细些")
    assert shown.sees("沟通内容")
    assert not shown.sees("早已改好")
    shown.tap("去改正")
    assert [(draft.kind, draft.record) for draft in do.begun] == [("visit", visit)]


def test_returned_visits_stand_before_questions_and_only_ones_own_are_there(window, evening):
    evening.visit("问过", review_state="question")
    evening.visit("退回", review_state="returned")
    evening.visit("别人", review_state="returned", owner_id=evening.lead.store.me.person)
    do = evening.for_rep()
    assert [visit.customer for visit in returned.load(do.store).visits] == ["退回", "问过"]
    assert notices.notices(do.store).returned == 2


def test_nothing_returned_is_a_sentence_and_a_way_back(window, evening):
    do = evening.for_rep()
    shown = window(live, returned.load, returned_screen, "", do, Look())
    assert shown.sees("没有被退回的拜访")
    shown.tap("返回")
    assert do.backs == 1


def test_a_field_of_the_organisations_own_goes_by_its_label(card, evening):
    customer = evening.customer(**{"custom.shoe_size": "43"})
    conflict = evening.conflict(customer, "custom.shoe_size", "41", "42", "43")
    do = evening.for_rep()
    a_field(do.store, "customer", "shoe_size", "鞋码")
    shown = card(do, conflict)
    assert shown.sees("张三的「鞋码」有两个新值")
    assert sides(do, conflict)["winner"].is_in_use


def a_move(evening):
    """Two people let a customer move: the three fields of one place."""
    customer = evening.customer(province="110000", city=None, district="110108")
    values = {"province": ("330000", "310000", "110000"), "city": ("330100", None, None)}
    values["district"] = ("330106", "310104", "110108")
    when = {"loser_at": instant(evening.at(8)), "winner_at": instant(evening.at(9))}
    each = [evening.conflict(customer, field, *three, **when) for field, three in values.items()]
    return customer, each


def test_fields_that_are_set_together_are_one_card_with_all_of_them(card, evening):
    _, each = a_move(evening)
    do = evening.for_rep()
    assert len(conflict_cards.load(do.store).cards) == 1
    shown = card(do, each[-1])
    assert shown.sees("省：上海市；区县：徐汇区")
    assert shown.sees("省：浙江省；市：杭州市；区县：西湖区")


def test_they_are_counted_as_one_on_the_day_and_under_mine(evening):
    a_move(evening)
    store = evening.for_rep().store
    assert (notices.notices(store).lost, mine.load(store, "").conflicts) == (1, 1)


def test_they_are_settled_as_a_whole(card, evening):
    customer, each = a_move(evening)
    do = evening.for_rep()
    card(do, each[0]).tap("改用这个")
    fields = do.store.view("customer", customer).fields
    assert [fields.get(name) for name in ("province", "city", "district")] == ["310000", None, "310104"]
    assert {state(do, one) for one in each} == {"restored"}
    evening.rep.syncs()
    assert not do.store.quarantined()


def test_a_look_at_one_of_them_is_a_look_at_all(card, evening):
    _, each = a_move(evening)
    do = evening.for_rep()
    card(do, each[1]).tap("知道了")
    assert {state(do, one) for one in each} == {"seen"}


def test_they_are_one_line_of_what_happened_with_the_customer(evening, window):
    customer, _ = a_move(evening)
    do = evening.for_rep()
    page = window(live, customer_page.load, customer_screen, customer, do, Look())
    assert [name for name in page.names() if name.startswith("冲突")] == ["冲突·待看 今天 省、市、区县"]
