"""Does each part say what it is, to the eye and to a screen reader, and do what it says?"""

import flet as ft
import pytest

from field_app.screens.fitting import columns_that_fit, text_width, widest_word
from field_app.screens.look import Look
from field_app.screens.parts.bars import Place, navigation
from field_app.screens.parts.button import filled, sign_button
from field_app.screens.parts.choice import Option, chips, columns_of, grid
from field_app.screens.parts.equals import Way, equals
from field_app.screens.parts.field import Caption, field_box
from field_app.screens.parts.header import top_bar
from field_app.screens.parts.note import Note, note_bubble
from field_app.screens.parts.notice import empty, offline_banner, undo_toast
from field_app.screens.parts.phone import phone_line
from field_app.screens.parts.question import question
from field_app.screens.parts.row import fact, row
from field_app.screens.parts.search import Search, search_box
from field_app.screens.parts.section import SectionHead, section
from field_app.screens.parts.sheet import TALL, sheet_of, tall_sheet
from field_app.screens.parts.surface import group, hairline
from field_app.screens.parts.tag import Count, counts, state_chip
from field_app.screens.parts.values import Candidate, candidates, differing
from field_app.screens.parts.words import quiet, words
from field_app.theme.colours import Tone
from field_app.theme.measures import CHOSEN_EDGE, TOUCH
from tests.screens.driver import Deed
from tests.screens.exhibits import conflict, notices, today, visit
from tests.screens.tree import below, name_of
from visit_core.picklists import INTENTION, OUTCOME

OPTIONS = [Option(choice.code, choice.zh) for choice in INTENTION.choices]


def test_a_question_keeps_its_answers_in_sight_and_scrolls_the_rest():
    asked = question("放弃？", [quiet("写下的话不会保留。" * 40)], [filled("放弃", list)], list)
    assert asked.scrollable
    assert [name_of(each) for each in asked.actions] == ["放弃"]


def test_what_stands_at_the_right_of_a_head_goes_below_the_name_rather_than_break_a_word():
    bar = top_bar("New: Customer", "Close", list, tail=filled("Discard", list))
    (line,) = [each for each in below(bar) if isinstance(each, ft.Row) and each.wrap]
    assert [name_of(each) for each in line.controls] == ["New: Customer", "Discard"]


def semantics_of(control, name):
    """The semantics round what bears a name."""
    return [each for each in below(control) if isinstance(each, ft.Semantics) and name in name_of(each)]


def edge_of(style):
    """How thick a button's edge is."""
    return style.side[ft.ControlState.DEFAULT].width


def test_a_row_that_can_be_tapped_is_one_button_with_all_its_words(window):
    tapped: list[str] = []
    shown = window(lambda: row("张三", "幸福路 12 号", tail=quiet("回访"), on_tap=lambda: tapped.append("张三")))
    assert shown.names() == ["张三 幸福路 12 号 回访"]
    shown.tap("张三")
    assert tapped == ["张三"]


def test_a_row_of_a_very_long_name_ends_in_an_ellipsis_after_two_lines_and_keeps_what_stands_at_the_right(window):
    shown = window(lambda: row("欧阳修远之家电维修服务有限公司" * 3, tail=quiet("回访")))
    name = shown.all(ft.Text)[0]
    assert (name.max_lines, name.overflow) == (2, ft.TextOverflow.ELLIPSIS)
    assert shown.sees("回访")


def test_a_line_may_end_between_a_dot_and_a_latin_word_and_no_word_is_cut_in_two():
    assert words("today 14:43·First visit·张三").value == "today 14:43·\u200bFirst visit·张三"
    assert words("拜访·张三").value == "拜访·张三"


def test_what_is_known_stands_below_its_name_where_words_are_large():
    beside, below_it = fact("服务器", "http://127.0.0.1"), fact("服务器", "http://127.0.0.1", is_stacked=True)
    assert (type(beside), type(below_it)) == (ft.Row, ft.Column)


def test_hairlines_stand_between_rows_and_not_round_them():
    whole = group([row("a"), row("b"), row("c")])
    lines = [each for each in below(whole) if getattr(each, "height", None) == hairline().height]
    assert len(lines) == 2


def test_a_button_without_a_deed_is_not_to_be_had(window):
    shown = window(lambda: filled("立即同步", None))
    assert shown.names() == []
    assert shown.all(ft.FilledButton)[0].disabled


async def waits_for_the_network() -> None:
    DONE.append("sent")


DONE: list[str] = []


def test_a_tap_may_start_something_that_waits(window):
    shown = window(lambda: filled("立即同步", waits_for_the_network))
    shown.tap("立即同步")
    assert DONE == ["sent"]


def test_an_icon_to_tap_has_a_name_and_room_for_a_finger():
    merged = sign_button(ft.Icons.PHOTO_CAMERA_OUTLINED, "拍照", lambda: None)
    (button,) = (each for each in below(merged) if isinstance(each, ft.IconButton))
    assert name_of(button) == "拍照"
    assert button.size_constraints == ft.BoxConstraints(min_width=TOUCH, min_height=TOUCH)


def test_an_icon_that_cannot_be_tapped_now_is_paler_than_one_that_can():
    tones = [
        next(
            each.icon_color
            for each in below(sign_button(ft.Icons.ARROW_UPWARD, "上移", do))
            if isinstance(each, ft.IconButton)
        )
        for do in (lambda: None, None)
    ]
    assert tones == [Tone.INK2, Tone.RIM]


def test_the_chosen_tile_is_told_to_the_ear_and_shown_without_colour():
    tiles = grid(OPTIONS, "yes", lambda code: None)
    told = {name_of(each): each.selected for each in below(tiles) if isinstance(each, ft.Semantics)}
    assert [name for name, is_chosen in told.items() if is_chosen] == ["感兴趣"]
    edges = [edge_of(each.style) for each in below(tiles) if isinstance(each, ft.FilledButton)]
    assert edges.count(CHOSEN_EDGE) == 1


def test_a_tap_on_a_tile_gives_its_code(window):
    chosen: list[str] = []
    shown = window(lambda: grid(OPTIONS, None, chosen.append))
    shown.tap("非常感兴趣")
    assert chosen == ["very"]


def test_a_tap_on_a_chip_gives_its_code_whether_chosen_or_not(window):
    tapped: list[str] = []
    shown = window(lambda: chips([Option("a", "耳机"), Option("b", "手环")], {"a"}, tapped.append))
    shown.tap("耳机")
    shown.tap("手环")
    assert tapped == ["a", "b"]
    chosen, idle = shown.all(ft.OutlinedButton)
    assert (edge_of(chosen.style), idle.style) == (CHOSEN_EDGE, None)  # the theme says how the others look
    assert [each.checked for each in shown.all(ft.Semantics)] == [True, False]


@pytest.mark.parametrize(
    ("lang", "scale", "columns"), [("zh", 1.0, 3), ("zh", 2.0, 2), ("en", 1.0, 3), ("en", 1.3, 2), ("en", 2.0, 1)]
)
def test_choices_stand_side_by_side_as_long_as_no_word_breaks(lang, scale, columns):
    options = [Option(choice.code, choice.label(lang)) for choice in INTENTION.choices]
    assert columns_of(options, Look(lang, 390, scale)) == columns


def test_signs_beside_long_words_cost_a_column():
    signed = [Option(choice.code, choice.en, ft.Icons.CHECK) for choice in OUTCOME.choices]
    assert columns_of(signed, Look("en", 390, 1.0)) == 2


def test_the_width_of_words_counts_chinese_whole_and_breaks_only_at_blanks():
    assert text_width("拜访", 16) == 32
    assert widest_word(["Very interested", "No"], 10) == text_width("interested", 10)
    assert columns_that_fit(100, needed=500, gap=8) == 1


def test_a_field_shows_its_error_instead_of_its_help_and_is_read_by_its_label(window):
    said = Caption("联系电话", must="必填", help="11 位", error="请输入正确的11位手机号码")
    shown = window(lambda: field_box(said, ft.TextField(value="138")))
    box = shown.labelled("联系电话", ft.TextField)
    assert (box.error, box.helper) == ("请输入正确的11位手机号码", None)
    assert shown.sees("必填")


def test_a_closed_section_sends_nothing_of_what_is_inside(window):
    head = SectionHead("basic", "基本信息", quiet("已填 5/6"), is_open=False)
    shown = window(lambda: section(head, lambda: None, quiet("inside")))
    assert not shown.sees("inside")
    assert semantics_of(shown.page.views[0], "基本信息")[0].expanded is False


def test_the_middle_of_the_five_begins_a_visit_and_is_no_place(window):
    went: list[int] = []
    visits: list[int] = []
    places = [Place(name, ft.Icons.CIRCLE_OUTLINED, ft.Icons.CIRCLE) for name in ("今日", "客户", "提醒", "我的")]
    shown = window(lambda: navigation(places, "拜访", 2, went.append, lambda: visits.append(1)))
    bar = shown.all(ft.NavigationBar)[0]
    assert bar.selected_index == 3
    for tapped in (1, 2, 4):
        shown.at_once(Deed(bar, "change", tapped, {"selected_index": tapped}))
    assert (went, visits) == ([1, 3], [1])


def test_a_tap_and_a_letter_are_heard_although_a_redraw_has_just_put_the_old_value_back(window):
    went: list[int] = []
    places = [Place(name, ft.Icons.CIRCLE_OUTLINED, ft.Icons.CIRCLE) for name in ("今日", "客户", "提醒", "我的")]
    search = Search()
    shown = window(
        lambda: ft.Column(
            [
                search_box(search, "姓名、电话", "清空", lambda: None),
                navigation(places, "拜访", 0, went.append, lambda: None),
            ]
        )
    )
    shown.at_once(Deed(shown.all(ft.NavigationBar)[0], "change", 4))
    shown.at_once(Deed(shown.all(ft.TextField)[0], "change", "张"))
    assert (went, search.typed) == ([3], "张")


def test_the_hint_of_a_search_is_read_whole_and_takes_no_room_from_what_is_found(window):
    search = Search()
    shown = window(lambda: search_box(search, "姓名、电话、地址、标签", "清空", lambda: None))
    box = shown.all(ft.TextField)[0]
    assert (box.hint_text, box.hint_max_lines) == ("姓名、电话、地址、标签", 3)
    shown.at_once(Deed(box, "change", "张", {"value": "张"}))
    assert shown.all(ft.TextField)[0].hint_text is None


def test_offline_is_told_quietly_and_says_that_all_is_kept(window):
    shown = window(lambda: offline_banner("没有网络", "3 条记录已保存在本机，联网后自动同步"))
    assert shown.texts() == ["没有网络", "3 条记录已保存在本机，联网后自动同步"]
    assert any(each.live_region for each in shown.all(ft.Semantics))


def test_an_empty_list_has_one_sentence_and_one_deed(window):
    shown = window(lambda: empty("还没有提醒。", ft.Icons.NOTIFICATIONS_NONE_ROUNDED, "去今日", lambda: None))
    assert shown.texts() == ["还没有提醒。", "去今日"]
    assert shown.names() == ["去今日"]


def test_what_was_done_can_be_undone_from_the_toast(window):
    undone: list[int] = []
    shown = window(lambda: undo_toast("已保存在本机·待同步 1", "撤销", lambda: undone.append(1)))
    shown.tap("撤销")
    assert undone == [1]


def test_a_state_that_opens_something_is_a_button_and_another_is_not(window):
    assert window(lambda: state_chip("待同步 2", on_tap=lambda: None)).names() == ["待同步 2"]
    assert window(lambda: state_chip("待同步 2")).names() == []


def test_numbers_leave_their_row_when_their_labels_need_the_width():
    given = [Count(3, "To send"), Count(0, "Sending"), Count(1, "Problems")]
    assert isinstance(counts(given, Look("en", 390, 1.0)), ft.Row)
    assert isinstance(counts(given, Look("en", 390, 2.0)), ft.Column)


def test_the_eye_says_what_it_does(window):
    shown = window(lambda: phone_line("138****0000", is_masked=True, label="显示号码", on_turn=lambda: None))
    assert shown.names() == ["显示号码"]


def test_a_note_says_about_what_and_by_whom(window):
    shown = window(lambda: note_bubble(Note("意向", "怎么判断的？", "王主管·昨天")))
    assert shown.texts() == ["意向", "怎么判断的？", "王主管·昨天"]


@pytest.mark.parametrize(
    ("base", "value", "pieces"),
    [
        ("幸福路 12 号", "幸福路 21 号", ("幸福路 ", "21", " 号")),
        ("幸福路 12 号", "幸福路 12 号 3 单元", ("幸福路 12 号", " 3 单元", "")),
        ("aa", "a", ("a", "", "")),
        ("", "新的", ("", "新的", "")),
        ("一样", "一样", ("一样", "", "")),
    ],
)
def test_only_what_differs_is_marked(base, value, pieces):
    assert differing(base, value) == pieces
    assert "".join(pieces) == value


def test_of_three_values_the_one_in_use_and_the_chosen_one_are_told_apart(window):
    chosen: list[str] = []
    offered = [Candidate("base", "原值", "a", "导入"), Candidate("yours", "您的", "b", "今天", is_in_use=True)]
    shown = window(lambda: candidates(offered, "base", "现在使用", chosen.append, abreast=False))
    assert shown.names() == ["原值 a 导入", "您的 现在使用 b 今天"]
    shown.tap("您的")
    assert chosen == ["yours"]


def test_a_sheet_takes_its_ground_along_when_the_phone_turns_dark_and_is_wiped_away():
    went = list[int]().clear
    for sheet in (sheet_of([ft.Text("张三")], went), tall_sheet(ft.Text("张三"), went)):
        assert sheet.bgcolor == ft.Colors.TRANSPARENT
        assert isinstance(sheet.content, ft.Container)
        assert sheet.content.bgcolor in tuple(Tone)
        assert sheet.draggable


def test_a_sheet_that_is_higher_than_what_the_keyboard_leaves_scrolls_or_gives_way():
    went = list[int]().clear
    page = sheet_of([ft.Text("张三")] * 50, went)
    assert [each for each in below(page) if isinstance(each, ft.Column) and each.scroll]
    assert [each for each in below(page) if isinstance(each, ft.Row) and each.intrinsic_height and each.expand_loose]
    tall = [each for each in below(tall_sheet(ft.Text("张三"), went)) if isinstance(each, ft.Container)]
    assert [each.height for each in tall if each.expand_loose] == [TALL]


def test_the_way_back_has_a_name(window):
    assert "返回" in window(lambda: top_bar("冲突", "返回", lambda: None)).names()


@pytest.mark.parametrize("show", [today, visit, notices, conflict], ids=lambda show: show.__name__)
@pytest.mark.parametrize("look", [Look(), Look("en", 1280, 2.0)], ids=["phone", "desk"])
def test_a_screen_of_parts_stays_within_what_a_message_may_carry(window, show, look):
    shown = window(lambda: ft.Column(show(look)))
    assert max(sent.controls for sent in shown.line.sent) <= 600


@pytest.mark.parametrize("show", [today, visit, notices, conflict], ids=lambda show: show.__name__)
def test_everything_that_can_be_tapped_has_a_name(window, show):
    assert "" not in window(lambda: ft.Column(show(Look()))).names()


def test_actions_that_are_equals_give_up_their_signs_before_they_are_stacked(window):
    ways = [Way(label, ft.Icons.ADD_ROUNDED, lambda: None) for label in ("Contact", "Purchase", "Reminder")]
    drawn = {scale: window(equals, ways, Look("en", 360, scale)).all(ft.FilledButton) for scale in (0.8, 1.0, 2.0)}
    assert [bool(buttons[0].icon) for buttons in drawn.values()] == [True, False, True]
    assert [bool(buttons[0].expand) for buttons in drawn.values()] == [True, True, False]
