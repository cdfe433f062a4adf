"""A rep's phone and a supervisor's desk in Chromium, over app processes and a server process that goes and comes back.

What the screens show is half of it: the devices and the central store are asked as well.
"""

import hashlib

import pytest
from openpyxl import load_workbook
from PIL import Image
from playwright.sync_api import expect

from demo import people
from tests.journeys.browser import chromium
from tests.journeys.people_in_browsers import (
    DESK,
    PHONE,
    a_day_begins,
    at_their_apps,
    customer_named,
    promises_to_call,
    server_holds,
    visits_at,
)

TAPS_AT_A_PLANNED_DOOR = 5
NEW_NAME, NEW_NUMBER = "周晓岚", "15811112222"
SAW, ADVICE, MENDED = "客户想要使用手册", "请补充客户具体想要哪一本手册", "客户想要 X200 跑步机的使用手册"
A_TABLE = "客户姓名,手机\n孙丽,13711110000\n钱进,13711110001\n吴用,1371\n"
MINE, THEIRS = "13811112222", "13822223333"

pytestmark = pytest.mark.xdist_group("browser")  # one browser at a time


@pytest.fixture(scope="module")
def browser():
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def day(browser, tmp_path_factory):
    with a_day_begins(tmp_path_factory.mktemp("day")) as stage:
        yield stage


@pytest.fixture
def stage(day):
    """Each test has a customer of its own; the server is up when it begins."""
    if day.server.process is None:
        day.serve()
    return day


def test_a_door_and_a_new_customer_recorded_without_a_server_are_kept_and_arrive_when_it_is_back(
    stage, browser, tmp_path
):
    customer = customer_named(stage, "张三")
    promises_to_call(stage.rep, customer)
    with at_their_apps(stage, browser, (stage.rep, PHONE)) as (rep,):
        rep.reads("已拜访 0/1")
        stage.server.stop()
        records_a_planned_door(rep)
        takes_it_back_and_saves_again(rep)
        sees_that_it_waits(rep)
        meets_somebody_new(rep)
        photographs_the_door(rep, tmp_path)
        rep.locks()
        (visit,) = visits_at(stage.rep, customer)
        assert (visit["outcome"], visit["sync_state"]) == ("interested", "queued")
        rep.unlocks()
        stage.serve()
        rep.syncs()
        sees_the_photograph_arrived(rep)
        assert server_holds(stage, "visit", visit["id"])["outcome"] == "interested"
        finds_everything_after_loading_anew(rep)
    stage.everyone_syncs()
    assert the_same_photograph_is_with(stage.supervisor, tmp_path / "seen.jpg")
    assert visits_at(stage.supervisor, customer) == visits_at(stage.rep, customer) != []
    (met,) = [one for one in stage.colleague.run("list", "customer")["records"] if one["name"] == NEW_NAME]
    assert set(stage.everywhere("customer", met["id"], "mobile")) == {f"+86{NEW_NUMBER}"}


def records_a_planned_door(rep):
    before = rep.taps
    rep.taps_on("到访")
    rep.taps_on("感兴趣")
    rep.taps_on("保存并离开")
    rep.reads("已保存在本机·待同步 1", "已拜访 1/1")
    assert rep.taps - before <= TAPS_AT_A_PLANNED_DOOR
    assert not rep.typed


def takes_it_back_and_saves_again(rep):
    """The form opens again with the outcome in it: nothing has to be chosen twice."""
    rep.taps_on("撤销")
    rep.taps_on("保存并离开")
    rep.reads("已保存在本机·待同步 1")


def sees_that_it_waits(rep):
    rep.taps_on("待同步 1")
    rep.reads("张三·拜访", "待发送")
    rep.taps_on("立即同步")
    rep.reads("没有网络", "1 条修改已保存在本机，联网后自动同步")
    rep.goes_back()


def meets_somebody_new(rep):
    rep.goes_to("客户")
    rep.taps_on("新客户")
    rep.types("客户姓名", NEW_NAME)
    rep.types("联系电话", NEW_NUMBER)
    rep.taps_on("只保存")
    rep.reads("已保存在本机·待同步 2", NEW_NAME)


def photographs_the_door(rep, folder):
    """Through the browser's own file chooser; there is no network."""
    Image.effect_noise((2400, 1800), 60).save(folder / "door.jpg")
    rep.taps_on("张三", exact=False)
    rep.taps_on("感兴趣", exact=False)
    rep.scrolls_to("添加照片")
    rep.chooses("添加照片", folder / "door.jpg")
    rep.reads("照片 0/1 已送达", "第 1 张照片，还没有送达")
    rep.goes_back()
    rep.goes_back()


def sees_the_photograph_arrived(rep):
    rep.goes_to("客户")
    rep.taps_on("张三", exact=False)
    rep.taps_on("感兴趣", exact=False)
    rep.scrolls_to("添加照片")
    rep.reads("照片 1/1 已送达", "第 1 张照片")
    rep.goes_back()
    rep.goes_back()


def the_same_photograph_is_with(device, file):
    """Its bytes came from the server, and are those of which the record tells."""
    (record,) = device.run("list", "attachment")["records"]
    told = device.run("fetch", record["id"], str(file))
    return told["fetched"] > 0 and hashlib.sha256(file.read_bytes()).hexdigest() == record["sha256"]


def finds_everything_after_loading_anew(rep):
    rep.locks()
    rep.loads_anew().unlocks()
    rep.reads("今日", "已拜访 1/1", "已同步")
    rep.goes_to("客户")
    rep.reads(NEW_NAME, "158****2222")


def test_a_visit_is_returned_with_a_comment_corrected_at_the_door_and_approved_with_one_key(stage, browser):
    customer = customer_named(stage, "陈静怡")
    visit = stage.rep.run("add", "visit", f"customer_id={customer}", "outcome=感兴趣", f"content={SAW}")["id"]
    stage.rep.run("sync")
    with at_their_apps(stage, browser, (stage.supervisor, DESK), (stage.rep, PHONE)) as (supervisor, rep):
        supervisor.taps_on("陈静怡", exact=False)
        supervisor.reads(SAW)
        returns_it(supervisor)
        assert server_holds(stage, "visit", visit)["review_state"] == "returned"
        corrects_it(rep)
        now = server_holds(stage, "visit", visit)
        assert (now["review_state"], now["review_round"], now["content"]) == ("pending", 2, MENDED)
        approves_it(supervisor)
    stage.everyone_syncs()
    assert set(stage.everywhere("visit", visit, "review_state")) == {"approved"}
    assert [note["resolved"] for note in stage.rep.get("visit", visit)["review_notes"]] == [True]


def returns_it(supervisor):
    """R goes to the comment, which is about 沟通内容 by itself; Enter says it."""
    supervisor.presses("r")
    supervisor.types_at_cursor_in("写给李梅·沟通内容", ADVICE)
    supervisor.presses("Enter")
    supervisor.reads("已退回陈静怡的拜访")
    supervisor.syncs()


def corrects_it(rep):
    rep.syncs()
    rep.reads("被退回 1")
    rep.taps_on("被退回", exact=False)
    rep.reads("陈静怡", "沟通内容", ADVICE)
    rep.taps_on("去改正")
    rep.types("沟通内容", MENDED)
    rep.taps_on("保存")
    rep.reads("没有被退回的拜访")
    rep.goes_back()
    rep.syncs()


def approves_it(supervisor):
    supervisor.syncs()
    supervisor.goes_to("审核")
    supervisor.taps_on("陈静怡", exact=False)
    supervisor.reads("第 2 轮，改过后再次提交", MENDED)
    supervisor.presses("a")
    supervisor.reads("已通过陈静怡的拜访")
    supervisor.syncs()


def test_a_number_overruled_by_a_colleague_is_shown_beside_theirs_and_can_be_put_in_use_everywhere(stage, browser):
    customer = customer_named(stage, "欧阳修远")
    with at_their_apps(stage, browser, (stage.rep, PHONE)) as (rep,):
        rep.reads("今日")
        stage.server.stop()
        changes_the_number(rep)
        stage.colleague.run("set", "customer", customer, f"mobile={THEIRS}")
        stage.serve()
        stage.colleague.run("sync")
        rep.syncs()
        assert server_holds(stage, "customer", customer)["mobile"] == f"+86{THEIRS}"
        puts_the_overruled_number_in_use(rep)
        rep.syncs()
    stage.everyone_syncs()
    assert set(stage.everywhere("customer", customer, "mobile")) == {f"+86{MINE}"}
    (conflict,) = stage.server.run("conflicts")["conflicts"]
    assert (conflict["field"], conflict["state"]) == ("mobile", "restored")


def changes_the_number(rep):
    rep.goes_to("客户")
    rep.taps_on("欧阳修远", exact=False)
    rep.taps_on("编辑资料")
    rep.types("联系电话", MINE)
    rep.taps_on("保存")
    rep.reads("138****2222")
    rep.goes_back()


def puts_the_overruled_number_in_use(rep):
    rep.reads("冲突与提醒 1")
    rep.taps_on("冲突与提醒", exact=False)
    rep.taps_on("欧阳修远", exact=False)
    rep.reads("欧阳修远的「联系电话」有两个新值", "138****2222", "138****3333", "王强的")
    rep.taps_on("改用这个")
    rep.reads("已改用，联网后同步到大家的设备")
    rep.goes_back()
    rep.goes_back()


def test_at_a_desk_keys_lead_through_the_customers_and_every_back_leads_to_their_list(stage, browser):
    with at_their_apps(stage, browser, (stage.supervisor, DESK)) as (supervisor,):
        supervisor.syncs()  # what still comes in puts the customers in another order under the keys
        ways_back = (supervisor.goes_back, supervisor.goes_back_in_the_browser, supervisor.goes_back)
        places = (("冲突", "冲突"), ("我的", people.SUPERVISOR), ("审核", "审核"))
        for (place, heading), goes_back in zip(places, ways_back, strict=True):
            supervisor.goes_to("客户")
            supervisor.reads("1/")
            for at in ("2/", "3/"):
                expect(supervisor.tab.page.get_by_text("Working...")).to_have_count(0)  # a busy client hears no key
                supervisor.presses("ArrowDown")
                supervisor.reads(at)
            supervisor.presses("Enter")
            supervisor.tab.page.wait_for_url("**/customer/*")
            goes_back()
            supervisor.tab.page.wait_for_url("**/customers")
            supervisor.goes_to(place)
            expect(supervisor.tab.page.get_by_role("heading", name=heading, exact=True)).to_be_attached()


def test_a_table_comes_in_by_the_file_chooser_and_a_workbook_leaves_as_a_download(stage, browser, tmp_path):
    table = tmp_path / "客户.csv"
    table.write_text(A_TABLE, "gb18030")
    with at_their_apps(stage, browser, (stage.supervisor, DESK)) as (supervisor,):
        supervisor.goes_to("客户")
        supervisor.taps_on("数据导入导出")
        brings_in(supervisor, table)
        supervisor.taps_on("导出表格", exact=False)
        workbook = supervisor.takes_along("导出", tmp_path)
    heads, *rows = load_workbook(workbook).active.values
    left = {row[heads.index("客户姓名")]: row[heads.index("联系电话")] for row in rows}
    assert (left["孙丽"], left["钱进"]) == ("137****0000", "137****0001")
    assert "吴用" not in left


def brings_in(supervisor, table):
    """What is wrong with a row is told before anything is kept."""
    supervisor.taps_on("导入表格", exact=False)
    supervisor.chooses("选择文件", table)
    supervisor.reads("第 4 行 手机：请输入正确的11位手机号码")
    supervisor.taps_on("导入 2 条")
    supervisor.reads("已导入 2 条")
    supervisor.taps_on("完成")
