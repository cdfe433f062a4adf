"""A device and the server: what is pushed, pulled, drawn, refused, lost and found again."""

import asyncio
from pathlib import Path

import pytest

from field_app.actions import records
from tests.app.fakes import FakeServer
from tests.app.phones import Phone, a_phone
from visit_core.errors import ClonedDevice, DeviceRevoked, TooLarge, Unreachable
from visit_core.ids import new_id
from visit_core.protocol import SyncRequest, SyncResponse


@pytest.fixture
def ana(tmp_path: Path, server: FakeServer) -> Phone:
    return a_phone(tmp_path / "ana", server)


@pytest.fixture
def ben(tmp_path: Path, server: FakeServer) -> Phone:
    return a_phone(tmp_path / "ben", server, "ben")


def test_what_one_records_the_other_sees(ana: Phone, ben: Phone) -> None:
    customer = ana.records("张三")
    assert ana.syncs().pushed == 1
    assert ben.syncs().pulled >= 1
    assert ben.sees(customer)["name"] == "张三"


def test_two_edit_different_fields_and_both_edits_stand(ana: Phone, ben: Phone) -> None:
    customer = ana.records("张三")
    ana.syncs()
    ben.syncs()
    ana.sets(customer, remark="有狗")
    ben.sets(customer, email="a@b.cn")
    for phone in (ana, ben, ana):
        phone.syncs()
    assert ana.sees(customer)["email"] == "a@b.cn"
    assert ana.sees(customer) == ben.sees(customer)


def test_own_unsent_changes_stay_drawn_on_top_of_what_is_pulled(ana: Phone, ben: Phone) -> None:
    customer = ana.records("张三")
    ana.syncs()
    ben.syncs()
    ben.sets(customer, name="张三丰", remark="新")
    ben.syncs()
    ana.sets(customer, name="张叁")
    ana.pulls()
    assert (ana.sees(customer)["name"], ana.sees(customer)["remark"]) == ("张叁", "新")


def test_a_settled_change_is_drawn_until_its_row_has_been_pulled(ana: Phone) -> None:
    customer = ana.records("张三")
    ana.pushes()
    assert ana.store.waiting() == []
    assert ana.sees(customer)["name"] == "张三"


def test_a_lost_answer_is_asked_for_again_and_changes_nothing_twice(ana: Phone) -> None:
    customer = ana.records("张三")
    ana.server.cuts_after = 0
    with pytest.raises(Unreachable):
        ana.syncs()
    assert len(ana.store.waiting()) == 1
    ana.server.cuts_after = None
    seq = ana.server.seq
    assert ana.syncs().waiting == 0
    assert ana.server.seq == seq
    assert ana.sees(customer)["name"] == "张三"


def test_with_the_server_away_nothing_is_lost(ana: Phone) -> None:
    ana.records("张三")
    ana.server.is_off = True
    with pytest.raises(Unreachable):
        ana.syncs()
    ana.server.is_off = False
    assert ana.syncs().pushed == 1


def test_hundreds_of_changes_and_rows_go_in_several_exchanges(ana: Phone, ben: Phone) -> None:
    ana.server.page = 100

    records.add_each(ana.store, "customer", [{"name": f"客户 {n}"} for n in range(1100)])
    assert ana.syncs().pushed == 1100
    ben.syncs()
    assert len(ben.names()) == 1100


def test_a_request_that_is_too_large_is_halved_until_it_fits(ana: Phone) -> None:
    for n in range(5):
        ana.records(f"客户 {n}")

    class Narrow:
        async def enrol(self, request: object) -> object:
            raise NotImplementedError

        async def sync(self, request: SyncRequest) -> SyncResponse:
            if len(request.changes) > 1:
                raise TooLarge("changes")
            return await ana.server.sync(request)

    assert ana.syncs(Narrow()).pushed == 5  # type: ignore[arg-type]


@pytest.mark.parametrize("error", [DeviceRevoked(), ClonedDevice(n=1), Unreachable()])
def test_whatever_the_server_says_the_outbox_stays(ana: Phone, error: Exception) -> None:
    ana.records("张三")
    ana.server.raises = error  # type: ignore[assignment]
    with pytest.raises(type(error)):
        ana.syncs()
    assert len(ana.store.waiting()) == 1


def test_an_answer_to_a_question_no_longer_asked_is_ignored(ana: Phone) -> None:

    ana.syncs()
    asked = ana.store.next_request()
    answer = asyncio.run(ana.server.sync(asked))
    ana.store.begin_epoch("f" * 32, instead_of=asked.epoch)
    before = ana.store.progress()
    assert ana.store.take_in(answer, asked).is_ignored
    assert ana.store.progress() == before


def test_an_answer_to_a_walk_that_has_begun_again_since_is_ignored(ana: Phone) -> None:
    """Found by a simulated world: two syncs at once, of which one began to read anew; the other skipped its start."""
    for name in ("张三", "李四", "王五"):
        ana.records(name)
    ana.syncs()
    ana.server.page = 1
    ana.store.begin_after_salvage()
    begun = ana.store.next_request()
    ana.store.take_in(asyncio.run(ana.server.sync(begun)), begun)
    asked = ana.store.next_request()
    answer = asyncio.run(ana.server.sync(asked))
    ana.store.begin_after_salvage()
    assert ana.store.take_in(answer, asked).is_ignored
    ana.syncs()
    assert ana.names() == ["张三", "李四", "王五"]


def test_a_cursor_never_goes_back(ana: Phone) -> None:

    early = ana.store.next_request()
    ana.syncs()
    reached = ana.store.progress().cursors
    early = early.model_copy(update={"pull": ana.store.next_request().pull})
    answer = asyncio.run(ana.server.sync(early))
    assert answer.pull
    back = answer.model_copy(update={"pull": answer.pull.model_copy(update={"cursors": dict.fromkeys(reached, 0)})})
    ana.store.take_in(back, early)
    assert ana.store.progress().cursors == reached


def test_a_lost_scope_takes_its_records_along_and_keeps_unsent_changes(ana: Phone) -> None:
    customer = ana.records("张三")
    ana.syncs()
    ana.records("李四")
    guest = ana.server.guests[ana.store.me.device]
    guest.scopes, guest.scopes_v = guest.scopes[1:], 2
    ana.syncs()
    assert ana.sees(customer) == {}
    assert ana.server.records


def test_a_gained_scope_is_read_from_its_start(ana: Phone) -> None:
    other = str(new_id(ana.server.clock.wall))
    ana.server.puts("customer", other, {"name": "南方客户"}, ["team:south"])
    ana.records("张三")
    ana.syncs()
    guest = ana.server.guests[ana.store.me.device]
    guest.scopes, guest.scopes_v = [*guest.scopes, "team:south"], 2
    ana.syncs()
    assert ana.sees(other)["name"] == "南方客户"


def test_reading_a_gained_scope_is_no_walk_through_everything(ana: Phone) -> None:
    progress = ana.store.progress().with_scopes(1, ["team:north"])
    assert progress.begun_walk(40).walk_head == 40
    read = progress.moved_to({"team:north": 30}).with_scopes(2, ["team:north", "lead:north"])
    assert read.begun_walk(40).walk_head is None


def test_an_epoch_that_comes_back_is_another_walk(ana: Phone) -> None:
    """A server that fell back may be in a life again that it had left: what is not in it must go."""
    walks = [ana.store.progress()]
    for epoch in ("b" * 32, walks[0].epoch):
        walks.append(walks[-1].begun_anew(epoch))
    assert len({walk.mark for walk in walks}) == 3


def test_a_record_that_leaves_one_scope_stays_while_another_holds_it(ana: Phone) -> None:
    record, mine = str(new_id(ana.server.clock.wall)), f"user:{ana.store.me.person}"
    ana.server.puts("customer", record, {"name": "张三"}, ["team:north", mine])
    ana.syncs()
    ana.server.removes("team:north", "customer", record)
    ana.syncs()
    assert ana.sees(record)["name"] == "张三"
    ana.server.removes(mine, "customer", record)
    ana.syncs()
    assert ana.sees(record) == {}


def test_a_server_restored_from_a_backup_gets_back_what_it_lost(ana: Phone) -> None:
    first, second = ana.records("张三"), ana.records("李四")
    ana.syncs()
    ana.records("王五")
    ana.server.begins_anew(forget_from=1)
    report = ana.syncs()
    assert report.pushed == 3
    assert {key[1] for key in ana.server.records} >= {first, second}
    assert ana.names() == ["张三", "李四", "王五"]
    assert ana.syncs().waiting == 0


def test_records_that_a_restored_server_no_longer_has_go_once_all_is_read(ana: Phone) -> None:
    ghost = str(new_id(ana.server.clock.wall))
    ana.server.puts("customer", ghost, {"name": "幽灵"}, ["team:north"])
    ana.syncs()
    ana.server.begins_anew(forget_from=1)
    assert ana.sees(ghost)["name"] == "幽灵"
    ana.syncs()
    assert ana.sees(ghost) == {}


def test_a_phone_restored_from_a_backup_goes_on_counting_where_the_server_is(ana: Phone, tmp_path: Path) -> None:
    ana.records("张三")
    backup = ana.copied(tmp_path / "backup", ana.server)
    ana.syncs()
    ana.records("李四")
    ana.syncs()
    backup.store.begin_after_salvage()
    backup.records("王五")
    backup.syncs()
    assert ana.server.guests[ana.store.me.device].last_n == 4
    assert backup.names() == ["张三", "李四", "王五"]
