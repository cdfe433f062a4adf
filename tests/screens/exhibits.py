"""Every part as it may stand on a screen. The words are made up, and a tap does nothing."""

from collections.abc import Callable

import flet as ft

from field_app.screens.form import SECTIONS
from field_app.screens.look import Look
from field_app.screens.parts.bars import Place, bottom_bar, navigation
from field_app.screens.parts.button import abreast, danger, filled, plain, sign_button, soft, tonal
from field_app.screens.parts.choice import Option, chips, columns_of, grid
from field_app.screens.parts.header import page_header, top_bar
from field_app.screens.parts.note import Note, note_bubble
from field_app.screens.parts.notice import banner, empty, offline_banner, undo_toast
from field_app.screens.parts.phone import phone_line
from field_app.screens.parts.row import chevron, compact, fact, row
from field_app.screens.parts.section import SectionHead, section
from field_app.screens.parts.surface import card, group, page_body, progress
from field_app.screens.parts.tag import Count, counts, state_chip, tag
from field_app.screens.parts.values import Candidate, candidates
from field_app.screens.parts.words import heading, one_line, quiet, words
from field_app.theme.colours import ATTENTION, DANGER, INFO, SUCCESS, Tone
from field_app.theme.measures import L, M, S
from field_app.theme.type import Role
from visit_core.picklists import INTENTION, OUTCOME

LONG = "欧阳修远之家电维修服务有限公司"
I = ft.Icons  # noqa: E741 -- as in the parts' own signatures, signs are named often
Show = Callable[[Look], list[ft.Control]]


def nothing(*given: object) -> None:
    """What a tap in the gallery does."""


def both(look: Look, zh: str, en: str) -> str:
    return zh if look.lang == "zh" else en


def places(look: Look) -> list[Place]:
    names = ("今日", "客户", "提醒", "我的") if look.lang == "zh" else ("Today", "Customers", "Reminders", "Me")
    idle = (I.WB_SUNNY_OUTLINED, I.PEOPLE_ALT_OUTLINED, I.NOTIFICATIONS_NONE_ROUNDED, I.PERSON_OUTLINE_ROUNDED)
    chosen = (I.WB_SUNNY_ROUNDED, I.PEOPLE_ALT_ROUNDED, I.NOTIFICATIONS_ROUNDED, I.PERSON_ROUNDED)
    return [Place(*place) for place in zip(names, idle, chosen, strict=True)]


def today(look: Look) -> list[ft.Control]:
    """The shapes of 今日: header, chip, the one large card, rows, the five places."""
    chip = state_chip(both(look, "待同步 2", "2 waiting"), on_tap=nothing)
    header = page_header(
        both(look, "今日", "Today"),
        both(look, "11月21日 周六", "Saturday 21 November"),
        tail=chip,
        at_right=both(look, "已拜访 3/8", "3 of 8 visited"),
    )
    stop = card(
        ft.Column(
            [
                ft.Row(
                    [
                        words(both(look, "下一站·10:30", "Next · 10:30"), Role.LABEL, Tone.PRIMARY, grows=True),
                        tag(both(look, "A 重要", "A Key")),
                    ]
                ),
                ft.Row([one_line("张三", Role.DISPLAY), quiet("138****0000", Role.BODY)]),
                compact(
                    both(look, "朝阳区幸福路 12 号", "12 Xingfu Road, Chaoyang"),
                    lead=I.PLACE_OUTLINED,
                    tail=quiet("350 m", Role.BODY),
                ),
                filled(both(look, "到访", "Arrive"), nothing, sign=I.DOOR_FRONT_DOOR_OUTLINED, grows=False),
                abreast(
                    [
                        tonal(both(look, "无人在家", "Not home"), nothing, grows=True, tall=False),
                        tonal(both(look, "改约", "Reschedule"), nothing, grows=True, tall=False),
                    ],
                    stacked=look.is_large,
                ),
            ],
            spacing=S,
            horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
        ),
        20,
    )
    late = card(
        row(
            both(look, "逾期提醒", "Overdue"),
            lead=I.NOTIFICATIONS_ACTIVE_OUTLINED,
            tone=Tone.ATTENTION,
            tail=ft.Row([words("2", Role.STRONG, Tone.ATTENTION), chevron()], tight=True, spacing=M),
            on_tap=nothing,
        ),
        0,
    )
    stops = [
        row(
            name,
            both(look, place, "Wangjing Street 8"),
            lead=ft.Container(quiet(at, Role.BODY), width=48 * look.scale),
            tail=quiet(both(look, why, "Revisit")),
            on_tap=nothing,
        )
        for at, name, place, why in (
            ("11:15", "李家", "幸福路 3 栋 502", "回访"),
            ("14:00", "王芳", "望京街 8 号", "首次拜访"),
            ("17:00", LONG, "广顺北大街 3 号", "回访"),
        )
    ]
    done = ft.Container(progress(3, 8, "3/8"), padding=ft.Padding.symmetric(horizontal=L))
    body = page_body(
        stop, late, quiet(both(look, "今天还有 3 站", "3 more today"), Role.LABEL), group(stops, 76), gap=L
    )
    return [header, done, body, navigation(places(look), both(look, "拜访", "Visit"), 0, nothing, nothing)]


def visit(look: Look) -> list[ft.Control]:
    """The shapes of a visit in progress: sticky head, grids, chips, sections, bottom bar with the toast over it."""
    signs = [I.HANDSHAKE_OUTLINED, I.THUMB_UP_OUTLINED, I.EVENT_REPEAT_ROUNDED, I.DESCRIPTION_OUTLINED]
    signs += [I.DOOR_FRONT_DOOR_OUTLINED, I.DO_NOT_DISTURB_ON_OUTLINED]
    outcomes = [
        Option(c.code, c.label(look.lang), sign, I.THUMB_UP_ROUNDED if c.code == "interested" else None)
        for c, sign in zip(OUTCOME.choices, signs, strict=False)
    ]
    intentions = [Option(c.code, c.label(look.lang)) for c in INTENTION.choices]
    products = [Option(word, word) for word in ("智能手表", "耳机", "手环", "＋ 更多")]
    minutes = ft.Column(
        [
            words("06:42", Role.TITLE),
            words(both(look, "已定位 12 m", "Located 12 m"), Role.SECOND, Tone.SUCCESS),
        ],
        spacing=0,
        horizontal_alignment=ft.CrossAxisAlignment.END,
    )
    bar = top_bar("张三", both(look, "返回", "Back"), nothing, tail=minutes)
    known = ft.Column(
        [
            fact(both(look, "手机", "Mobile"), "138****0000"),
            fact(both(look, "地址", "Address"), "幸福路 12 号 3 单元 502"),
            fact(both(look, "生日", "Birthday"), both(look, "待完善", "Missing"), Tone.ATTENTION),
        ],
        spacing=M,
    )
    heads = [
        SectionHead(which, look.says(f"form.section.{which}"), quiet("5/6"), which == "basic", look.is_large)
        for which in SECTIONS
    ]
    sections = group([section(head, nothing, known) for head in heads], look.row_indent)
    body = page_body(
        heading(both(look, "结果", "Outcome")),
        grid(outcomes, "interested", nothing, columns=columns_of(outcomes, look), tall=True),
        heading(both(look, "意向", "Intention")),
        grid(intentions, "yes", nothing, columns=columns_of(intentions, look)),
        heading(both(look, "产品", "Products")),
        chips(products, {"智能手表"}, nothing),
        heading(both(look, "记录", "Record")),
        sections,
        gap=M,
    )
    toast = undo_toast(
        both(look, "已保存在本机·待同步 1", "Saved on this phone · 1 waiting"), both(look, "撤销", "Undo"), nothing
    )
    camera = sign_button(I.PHOTO_CAMERA_OUTLINED, both(look, "拍照", "Photo"), nothing, tone=Tone.INK, ground=Tone.FILL)
    over = ft.Container(toast, padding=ft.Padding(L, 0, L, S))
    return [bar, body, over, bottom_bar(camera, filled(both(look, "保存并离开", "Save and leave"), nothing))]


def notices(look: Look) -> list[ft.Control]:
    """Banners, counts, states, notes, a masked number, an empty list."""
    offline = offline_banner(
        both(look, "没有网络", "No network"),
        both(look, "3 条记录已保存在本机，联网后自动同步", "3 records are saved here and will be sent later"),
    )
    twin = banner(
        both(look, "可能已有这位客户", "This may be a known customer"),
        "张伟·138****0018·幸福路 12 号",
        I.PERSON_SEARCH_OUTLINED,
        INFO,
        action=plain(both(look, "打开张伟", "Open Zhang Wei"), nothing),
    )
    numbers = card(
        counts(
            [
                Count(3, both(look, "待发送", "To send")),
                Count(0, both(look, "发送中", "Sending")),
                Count(1, both(look, "需处理", "Problems"), Tone.DANGER),
            ],
            look,
        )
    )
    waiting = group(
        [
            row("张三·拜访 10:42", both(look, "待同步", "Waiting"), lead=I.SCHEDULE_ROUNDED),
            row(
                f"{LONG}·拜访 09:12",
                both(look, "服务器已确认 09:31", "Confirmed 09:31"),
                lead=I.CHECK_CIRCLE_ROUNDED,
                tone=Tone.SUCCESS,
            ),
        ],
        look.row_indent,
    )
    states = ft.Row(
        [
            state_chip(both(look, "待同步 2", "2 waiting")),
            state_chip(both(look, "服务器已确认", "Confirmed"), SUCCESS),
            state_chip(both(look, "待完善", "Incomplete"), ATTENTION),
            state_chip(both(look, "已退回", "Returned"), DANGER),
            tag("A 重要"),
        ],
        wrap=True,
    )
    note = note_bubble(
        Note(
            both(look, "联系记录·意向", "Contacts · Intention"),
            "上次他说再想想，这次怎么判断的？",
            both(look, "王主管·昨天 18:20", "Wang · yesterday 18:20"),
        ),
        action=plain(both(look, "已改好", "Done"), nothing),
    )
    actions = abreast(
        [
            soft(both(look, "电话", "Call"), nothing, sign=I.CALL_OUTLINED),
            soft(both(look, "微信", "WeChat"), nothing),
            soft(both(look, "导航", "Navigate"), nothing, sign=I.NEAR_ME_OUTLINED),
        ],
        stacked=look.is_large,
    )
    body = page_body(
        ft.Column([offline, twin, numbers], spacing=M),
        states,
        waiting,
        phone_line("138****0000", is_masked=True, label=both(look, "显示号码", "Show number"), on_turn=nothing),
        actions,
        note,
        danger(both(look, "清除本机数据", "Erase this device"), nothing),
        empty(
            both(
                look,
                "还没有提醒。拜访时选「下一步」，这里就会出现。",
                "Nothing due. Next steps show up here.",
            ),
            I.NOTIFICATIONS_NONE_ROUNDED,
            both(look, "去今日", "Go to today"),
            nothing,
        ),
        gap=L,
    )
    back = both(look, "返回", "Back")
    return [
        top_bar(both(look, "同步中心", "Sync"), back, nothing, tail=plain(both(look, "立即同步", "Sync now"), None)),
        body,
    ]


def conflict(look: Look) -> list[ft.Control]:
    """Three values, one of them in use."""
    offered = [
        Candidate("base", both(look, "原值", "Before"), "幸福路 12 号", "2026年6月30日·导入"),
        Candidate("mine", both(look, "您的", "Yours"), "幸福路 12 号 3 单元 502", "今天 10:42·这部手机·时间可信", True),
        Candidate("theirs", both(look, "对方的", "Theirs"), "幸福路 21 号", "王主管·今天 09:15·电脑·时间可信"),
    ]
    told = ft.Column(
        [
            words(both(look, "张三的「地址」有两个新值", "Two new values for the address of 张三"), Role.TITLE),
            quiet(both(look, "两个值都留着，选错了可以再换。", "Both are kept; you can change your mind."), Role.BODY),
        ],
        spacing=S,
    )
    in_use = both(look, "现在使用", "In use")
    values = candidates(offered, "theirs", in_use, nothing, abreast=look.is_desk)
    bar = bottom_bar(
        tonal(both(look, "以后再说", "Later"), nothing), filled(both(look, "改用这个", "Use this one"), nothing)
    )
    back = both(look, "返回", "Back")
    return [top_bar(both(look, "冲突", "Conflict"), back, nothing, tail=quiet("1/2")), page_body(told, values), bar]
