"""Can a supervisor judge an evening's visits, with fingers on a phone and with keys at a desk, and lose nothing?"""

import flet as ft
import pytest

from field_app.actions import review_queue
from field_app.places import Place
from field_app.screens.look import Look
from field_app.screens.parts.button import filled
from field_app.screens.review.one import review_one_screen
from field_app.screens.review.screen import review_screen
from tests.screens.driver import Deed
from tests.screens.evening import LONG_NAME, Evening, live

DESK = Look(width=1280)
LONG_TEXT = "详" * 130


@pytest.fixture
def evening(tmp_path):
    return Evening(tmp_path)


@pytest.fixture
def desk(window, evening):
    """Opens the queue at a desk; gives the window and the app behind it."""

    def show():
        do = evening.for_lead()
        return window(live, review_queue.load, review_screen, "", do, DESK), do

    return show


@pytest.fixture
def one(window, evening):
    """Opens one visit on a phone."""

    def show(visit):
        do = evening.for_lead()
        return window(live, review_queue.load_one, review_one_screen, visit, do, Look()), do

    return show


def groups(evening):
    queue = review_queue.load(evening.for_lead().store)
    return {visit.customer: (visit.group, [reason.key for reason in visit.reasons]) for visit in queue.visits}


def judged(do, visit):
    view = do.store.view("visit", visit)
    return view.fields["review_state"]


def presses(shown, key, **held):
    told = {"key": key, "shift": False, "ctrl": False, "alt": False, "meta": False, **held}
    shown.at_once(Deed(shown.page, "keyboard_event", told))


# ---------------------------------------------------------------- why to look


def test_a_visit_of_which_nothing_is_unusual_is_clean(evening):
    evening.visit("张三")
    assert groups(evening) == {"张三": ("clean", [])}


def test_what_needs_eyes_says_why(evening):
    evening.visit("匆匆", minutes=0.8, content=LONG_TEXT)
    evening.visit("清早", hour=5)
    evening.visit("再来", review_round=2)
    found = {name: why for name, (_, why) in groups(evening).items()}
    assert found["匆匆"] == ["review.why.hurried"]
    assert found["清早"] == ["review.why.odd_hour"]
    assert found["再来"] == ["review.why.again"]


def test_a_short_visit_with_few_words_is_not_suspected(evening):
    evening.visit("张三", minutes=0.5, content="不在")
    assert groups(evening)["张三"] == ("clean", [])


def test_a_missing_position_is_news_only_where_the_rep_usually_has_one(evening):
    evening.visit("甲")
    assert groups(evening)["甲"] == ("clean", [])
    evening.visit("乙", check_in_fix={"lat": 39.9, "lng": 116.4})
    assert groups(evening)["甲"] == ("exception", ["review.why.no_fix"])


def test_a_visit_edited_after_its_verdict_comes_back_with_its_reason(evening):
    visit = evening.visit("张三")
    evening.conflict(visit, "review_state", None, "approved", "pending", record_kind="visit", rule="reopened")
    assert groups(evening)["张三"] == ("exception", ["review.why.edited"])


def test_the_queue_is_read_exceptions_first_and_questions_last(evening):
    evening.visit("问过", review_state="question")
    evening.visit("清白")
    evening.visit("清早", hour=5)
    queue = review_queue.load(evening.for_lead().store)
    assert [visit.customer for visit in queue.visits] == ["清早", "清白", "问过"]


# ---------------------------------------------------------------- on a phone


def test_the_list_counts_filters_and_opens_a_visit(window, evening):
    visit = evening.visit("张三")
    evening.visit("问过", review_state="question")
    do = evening.for_lead()
    shown = window(live, review_queue.load, review_screen, "", do, Look())
    assert shown.sees("全部 2")
    shown.tap("待审 1")
    assert not shown.sees("问过")
    shown.tap("张三")
    assert do.went == [Place("review_one", visit)]


def test_an_empty_queue_says_so(window, evening):
    shown = window(live, review_queue.load, review_screen, "", evening.for_lead(), Look())
    assert shown.sees("都审完了")


def test_a_clean_visit_is_approved_with_two_taps(one, evening):
    visit = evening.visit()
    shown, do = one(visit)
    shown.tap("通过")
    assert judged(do, visit) == "approved"
    assert (do.backs, do.said) == (1, ["已通过张三的拜访"])


def test_a_return_without_a_comment_is_refused_with_its_sentence(one, evening):
    visit = evening.visit()
    shown, do = one(visit)
    shown.tap("退回")
    shown.tap("退回给陈伟")
    assert shown.sees("请写明")
    assert judged(do, visit) == "pending"


def test_a_return_carries_its_comment_on_the_chosen_field(one, evening):
    visit = evening.visit()
    shown, do = one(visit)
    shown.tap("退回")
    assert shown.sees("写给陈伟·沟通内容")
    shown.tap("拜访结果")
    shown.at_once(shown.typed("写给陈伟·拜访结果", "怎么判断的"), shown.tapped("退回给陈伟"))
    (note,) = do.store.view("visit", visit).fields["review_notes"]
    assert (note["field"], note["comment"]) == ("outcome", "怎么判断的")
    assert judged(do, visit) == "returned"


def test_a_visit_that_was_judged_meanwhile_says_so(one, evening):
    shown, do = one(evening.visit(review_state="approved"))
    assert shown.sees("已经不在待审里")
    shown.tap("返回")
    assert do.backs == 1


# ---------------------------------------------------------------- at a desk


def test_the_arrows_move_and_a_approves_and_goes_on(desk, evening):
    first, second = evening.visit("甲", hour=8), evening.visit("乙", hour=9)
    shown, do = desk()
    presses(shown, "Arrow Down")
    assert shown.sees("2/2")
    presses(shown, "Arrow Up")
    presses(shown, "A")
    assert (judged(do, first), judged(do, second)) == ("approved", "pending")
    assert shown.sees("1/1")
    presses(shown, "A")
    assert judged(do, second) == "approved"
    assert shown.sees("都审完了")


def test_two_keys_in_one_breath_judge_two_visits(desk, evening):
    visits = [evening.visit(name, hour=8 + n) for n, name in enumerate("甲乙丙")]
    shown, do = desk()
    told = {"key": "A", "shift": False, "ctrl": False, "alt": False, "meta": False}
    press = Deed(shown.page, "keyboard_event", told)
    shown.at_once(press, press)
    assert [judged(do, visit) for visit in visits] == ["approved", "approved", "pending"]


def test_q_asks_and_the_visit_waits_among_the_questions(desk, evening):
    visit = evening.visit("甲")
    evening.visit("乙")
    shown, do = desk()
    presses(shown, "Q")
    assert judged(do, visit) == "question"
    assert shown.sees("有疑问 1")


def test_r_puts_the_cursor_into_the_comment(desk, evening):
    evening.visit()
    shown, _ = desk()
    presses(shown, "R")
    assert "focus" in shown.line.asked


def test_letters_that_are_typed_into_the_comment_are_no_verdicts(desk, evening):
    visit = evening.visit()
    shown, do = desk()
    box = shown.labelled("写给陈伟·沟通内容", ft.TextField)
    shown.at_once(Deed(box, "focus"))
    presses(shown, "A")
    assert judged(do, visit) == "pending"
    shown.leave("写给陈伟·沟通内容")
    presses(shown, "A", ctrl=True)
    assert judged(do, visit) == "pending"
    presses(shown, "A")
    assert judged(do, visit) == "approved"


def test_a_comment_that_was_begun_is_still_there_when_one_comes_back(desk, evening):
    evening.visit("甲", hour=8)
    evening.visit("乙", hour=9)
    shown, _ = desk()
    shown.type("写给陈伟·沟通内容", "请补充")
    presses(shown, "Arrow Down")
    assert not shown.sees("请补充")
    presses(shown, "Arrow Up")
    assert shown.sees("请补充")


def test_enter_in_the_comment_sends_the_visit_back(desk, evening):
    visit = evening.visit()
    shown, do = desk()
    box = shown.labelled("写给陈伟·沟通内容", ft.TextField)
    shown.at_once(shown.typed("写给陈伟·沟通内容", "请补充"), Deed(box, "submit"))
    assert judged(do, visit) == "returned"


def test_a_tap_on_a_fact_points_the_comment_at_it(desk, evening):
    evening.visit(purchase_intention="very")
    shown, _ = desk()
    shown.tap("购买意愿 非常感兴趣")
    assert shown.sees("写给陈伟·购买意愿")


def test_only_clean_visits_are_approved_together(desk, evening):
    odd = evening.visit("清早", hour=5)
    clean = [evening.visit(name, hour=8) for name in "甲乙"]
    shown, do = desk()
    assert len(shown.all(ft.Checkbox)) == 2
    shown.tap("全选")
    shown.tap("通过勾选的 2 条")
    assert [judged(do, visit) for visit in clean] == ["approved", "approved"]
    assert judged(do, odd) == "pending"
    assert not shown.sees("已勾选")


def test_a_long_queue_comes_a_page_at_a_time_and_a_key_sends_little(desk, evening):
    for _ in range(120):
        evening.visit(LONG_NAME)
    shown, _ = desk()
    assert len([name for name in shown.names() if LONG_NAME in name]) <= 51
    presses(shown, "Arrow Down")
    assert sum(sent.controls for sent in shown.answers()) < 600
    assert sum(sent.size for sent in shown.answers()) < 20_000


def test_keys_are_deaf_while_another_screen_lies_over_the_queue(desk, evening):
    visit = evening.visit()
    shown, do = desk()
    shown.page.views.append(ft.View(route="/customer"))
    presses(shown, "A")
    assert judged(do, visit) == "pending"
    shown.page.views.pop()
    presses(shown, "A")
    assert judged(do, visit) == "approved"


def test_who_has_left_the_queue_judges_nothing_with_a_key(window, evening):
    visit = evening.visit()
    do = evening.for_lead()

    @ft.component
    def place():
        is_there, go = ft.use_state(True)
        queue = live(review_queue.load, review_screen, "", do, DESK)
        return ft.Column([filled("离开", lambda: go(False)), *([queue] if is_there else [])])

    shown = window(place)
    shown.tap("离开")
    presses(shown, "A")
    assert judged(do, visit) == "pending"
