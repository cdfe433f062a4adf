"""A device that can no longer reach its server: its work comes in by a sealed file, once, whatever else arrives."""

import io
import json
from collections import Counter
from contextlib import contextmanager
from functools import partial

import pytest

from field_app.actions import this_device
from field_app.actions.rescuing import has_kept, rescue_file
from field_app.batches import MAX_PUSH_BYTES
from field_app.local_store import Edit
from field_app.vault.opening import entrusted_of
from sync_server import people
from sync_server.__main__ import main
from sync_server.rescuing import rescue, rescue_all
from sync_server.trustee import Trustee
from tests.server.world import MINUTE
from tests.street import PIN
from visit_core.errors import NotFound, NotValid
from visit_core.protocol import MAX_CHANGES
from visit_core.rescues import MOST_PIECE_BYTES, REQUESTS_IN_A_PIECE

HOUR = 60 * MINUTE


@pytest.fixture
def cut_off(street):
    """Ana's phone was in touch once; since then it recorded a customer, corrected another, and met nobody."""
    ana = street.phone("安娜")
    known = ana.adds("customer", name="张三", remark="一")
    ana.syncs()
    ana.sets("customer", known, remark="二")
    fresh = ana.adds("customer", name="李四")
    return street, ana, known, fresh


def file_of(phone):
    made = rescue_file(phone.store, entrusted_of(phone.place)[1])
    has_kept(phone.store, made)
    return made.content


def handed_in(street, file):
    office = street.office
    take = partial(rescue, office.store, Trustee(office.key()), by="operator", now_ms=office.clock())
    return rescue_all(io.BytesIO(file), take)


def taken(street, file):
    told = handed_in(street, file).model_dump(exclude={"device"})
    always = ("taken", "known", "refused", "missing")
    return {name: count for name, count in told.items() if count or name in always}


@contextmanager
def forgotten_by(phone):
    """What it does meanwhile is lost to it: its store is salvaged as it was before."""
    phone.vault.close()
    older = phone.place.log.read_bytes()
    phone.opens()
    yield
    phone.vault.close()
    phone.place.log.write_bytes(older)
    this_device.salvage(phone.place, PIN)
    phone.opens()


def test_what_was_not_sent_comes_in_by_the_file_and_twice_is_once(cut_off):
    street, ana, known, fresh = cut_off
    file = file_of(ana)
    assert taken(street, file) == {"taken": 2, "known": 1, "refused": 0, "missing": 0}
    before = street.office.store.counts()["change_log"]
    assert taken(street, file) == {"taken": 0, "known": 3, "refused": 0, "missing": 0}
    assert street.office.store.counts()["change_log"] == before
    assert street.server_sees("customer", known)["remark"] == "二"
    assert street.server_sees("customer", fresh)["name"] == "李四"


def test_a_device_that_syncs_after_its_rescue_changes_nothing_more(cut_off):
    street, ana, known, _ = cut_off
    taken(street, file_of(ana))
    before = street.office.store.counts()["change_log"]
    ana.sets("customer", known, remark="三")
    ana.restarts()
    ana.syncs()
    assert (ana.waiting(), street.office.store.counts()["change_log"]) == (0, before + 1)
    assert street.server_sees("customer", known)["remark"] == "三"
    assert street.overruled() == set()


def test_a_revoked_devices_work_is_rescued(cut_off):
    street, ana, _, fresh = cut_off
    people.revoke(street.office.store, ana.me.device, street.office.clock)
    assert taken(street, file_of(ana))["taken"] == 2
    assert street.server_sees("customer", fresh)["name"] == "李四"


def test_a_late_rescue_competes_at_the_time_it_was_made(cut_off):
    street, ana, known, _ = cut_off
    file = file_of(ana)
    ben = street.phone("本")
    ben.syncs()
    street.office.clock.now_ms += HOUR
    ben.sets("customer", known, remark="后来的")
    ben.syncs()
    street.office.clock.now_ms += 48 * HOUR
    taken(street, file)
    assert street.server_sees("customer", known)["remark"] == "后来的"
    assert street.overruled() == {"二"}


def test_whoever_has_a_rescue_file_of_everything_may_leave_until_something_new_is_recorded(cut_off):
    _, ana, known, _ = cut_off
    assert this_device.why_not_leave(ana.store)
    file_of(ana)
    assert this_device.why_not_leave(ana.store) is None
    ana.sets("customer", known, remark="三")
    assert this_device.why_not_leave(ana.store)


def test_a_rescue_after_a_restore_brings_what_the_backup_lacks_too(street):
    ana = street.phone("安娜")
    path = street.office.backs_up()
    sent = ana.adds("customer", name="送过的")
    ana.syncs()
    unsent = ana.adds("customer", name="没送的")
    street.office.restores(path)
    assert taken(street, file_of(ana)) == {"taken": 2, "known": 0, "refused": 0, "missing": 0}
    assert [street.server_sees("customer", one)["name"] for one in (sent, unsent)] == ["送过的", "没送的"]


def test_a_file_of_more_changes_than_one_request_holds_comes_in_whole(street):
    ana = street.phone("安娜")
    ana.store.keep_each(
        [a_customer(ana, name)] for name in (f"客户{chr(0x4E00 + at)}" for at in range(MAX_CHANGES + 3))
    )
    assert taken(street, file_of(ana))["taken"] == MAX_CHANGES + 3


def test_the_file_is_cut_into_pieces_of_which_a_server_takes_each_by_itself(street, monkeypatch):
    monkeypatch.setattr("field_app.actions.rescuing.REQUESTS_IN_A_PIECE", 1)
    ana = street.phone("安娜")
    ana.store.keep_each([a_customer(ana, f"客户{at}")] for at in range(MAX_CHANGES + 3))
    first, second = file_of(ana).splitlines(keepends=True)
    assert taken(street, first)["taken"] == MAX_CHANGES
    assert taken(street, first + second) == {"taken": 3, "known": MAX_CHANGES, "refused": 0, "missing": 0}


def test_a_full_piece_stays_below_what_the_server_takes():
    assert REQUESTS_IN_A_PIECE * MAX_PUSH_BYTES * 4 / 3 < MOST_PIECE_BYTES


@pytest.mark.parametrize("reboots", [False, True])
def test_what_is_said_after_a_salvage_is_never_taken_for_what_was_lost(street, reboots):
    """The clock on the wall is late, so that stamps go on from what the server told of the time."""
    ana = street.phone("安娜", ahead_min=-600)
    customer = ana.adds("customer", name="张三")
    ana.syncs()
    with forgotten_by(ana):
        ana.sets("customer", customer, remark="说过又忘了")
        ana.syncs()
        if reboots:
            ana.reboots()
    ana.sets("customer", customer, remark="后来说的")
    ana.syncs()
    assert street.server_sees("customer", customer)["remark"] == "后来说的"


def test_of_a_salvaged_store_comes_in_what_does_not_clash(street):
    ana = street.phone("安娜")
    ana.adds("customer", name="一")
    ana.syncs()
    with forgotten_by(ana):
        lost = ana.adds("customer", name="二")
        ana.syncs()
    clashing, fresh = ana.adds("customer", name="三"), ana.adds("customer", name="四")
    told = handed_in(street, file_of(ana))
    assert (told.known, told.taken, told.clashing, told.missing) == (1, 1, 1, 0)
    assert [street.server_sees("customer", one)["name"] for one in (lost, fresh)] == ["二", "四"]
    with pytest.raises(NotFound):
        street.server_sees("customer", clashing)
    ana.syncs()
    assert (ana.waiting(), ana.store.quarantined(), street.overruled()) == (0, [], set())
    assert [street.server_sees("customer", one)["name"] for one in (clashing, fresh)] == ["三", "四"]
    assert times_taken(street, ana) == [1] * 4


def test_what_a_salvaged_store_had_sent_without_knowing_is_not_sent_again(street):
    ana = street.phone("安娜")
    ana.adds("customer", name="一")
    ana.syncs()
    ana.adds("customer", name="二")
    ana.store.keep(a_customer(ana, "x" * 500))
    with forgotten_by(ana):
        ana.adds("customer", name="只在服务器上")
        ana.syncs()
    later = ana.adds("customer", name="三")
    ana.syncs()
    assert times_taken(street, ana) == [1] * 5
    assert (ana.waiting(), len(ana.store.quarantined())) == (0, 1)
    assert street.server_sees("customer", later)["name"] == "三"
    assert {view.fields["name"] for view in ana.store.find("customer")} >= {"一", "二", "三", "只在服务器上"}


def test_a_restored_server_does_not_wait_for_numbers_that_a_salvaged_store_has_lost(street):
    ana = street.phone("安娜")
    path = street.office.backs_up()
    first = ana.adds("customer", name="一")
    ana.syncs()
    with forgotten_by(ana):
        ana.adds("customer", name="两处都没有了")
        ana.syncs()
    street.office.clock.now_ms += HOUR
    later = ana.adds("customer", name="三")
    ana.syncs()
    street.office.restores(path)
    last = ana.adds("customer", name="四")
    ana.syncs()
    assert ana.waiting() == 0
    assert [street.server_sees("customer", one)["name"] for one in (first, later, last)] == ["一", "三", "四"]
    assert times_taken(street, ana) == [1] * 3


@pytest.mark.parametrize("turned_min", [0, -600])
def test_what_is_numbered_anew_after_a_restore_keeps_the_time_at_which_it_was_made(street, turned_min):
    ana, path = street.phone("安娜"), street.office.backs_up()
    made = [ana.adds("customer", name="一")]
    ana.syncs()
    with forgotten_by(ana):
        for _ in range(2):
            ana.adds("customer", name="两处都没有了")
        ana.syncs()
    for minute, name in ((20, "三"), (30, "四")):
        street.at(minute)
        made.append(ana.adds("customer", name=name))
    ana.syncs()
    stood = [street.server_sees("customer", one)["created_at"] for one in made]
    street.at(60)
    last = ana.adds("customer", name="五")
    street.office.restores(path)
    ana.clock.ahead_ms = turned_min * MINUTE
    ana.clock.boots += 1
    street.at(90)
    ana.syncs()
    assert [street.server_sees("customer", one)["created_at"] for one in made] == stood
    assert street.server_sees("customer", last)["created_at"] > stood[-1]
    assert (ana.waiting(), times_taken(street, ana)) == (0, [1] * 4)


def times_taken(street, phone):
    """How often the server has each change of that device, however it came."""
    log = street.office.store.read(phone.me.team, lambda reading: reading.known(phone.me.device, 1, 10**6))
    return sorted(Counter((logged.raw, logged.id) for logged in log.values()).values())


def a_customer(phone, name):
    return Edit("create", "customer", phone.store.fresh_id(), {"name": name})


def test_the_file_shows_nobody_and_opens_for_no_other_device_or_server(cut_off, tmp_path):
    street, ana, _, _ = cut_off
    file = file_of(ana)
    ben = street.phone("本")
    assert "李四".encode() not in file
    assert b"name" not in file
    other = json.loads(file) | {"device": ben.me.device}
    for wrong in (other, json.loads(file) | {"sealed": "AAAA"}):
        with pytest.raises(NotValid):
            taken(street, json.dumps(wrong).encode())
    with pytest.raises(NotFound):
        taken(street, json.dumps(json.loads(file) | {"device": "zzzzzzzz"}).encode())
    for other in (b'{"format": "something else"}', b"", b"PK" * 9):
        with pytest.raises(NotFound, match="no_rescue_file"):
            taken(street, other)


def test_a_supervisor_hands_in_a_file_of_the_own_team_and_a_rep_none(cut_off):
    street, ana, _, _ = cut_off
    file = file_of(ana)
    office = street.office
    statuses = {}
    for who, role, team in (("rep", "rep", "east"), ("lead", "supervisor", "east"), ("far", "supervisor", "west")):
        somebody = office.phone(who, role, team)
        signed = {"authorization": f"Bearer {somebody.token}"}
        answer = office.answers("POST", "/v1/rescues", content=file, headers=signed)
        statuses[who] = answer.status_code
    assert statuses == {"rep": 403, "lead": 200, "far": 404}


def test_what_was_let_go_of_leaves_no_gap_that_would_stop_a_restored_server(street):
    ana = street.phone("安娜")
    path = street.office.backs_up()
    ana.store.keep(a_customer(ana, "x" * 500))
    ana.syncs()
    (refused,) = ana.store.quarantined()
    ana.deletes("customer", refused.id)
    good = ana.adds("customer", name="好")
    ana.syncs()
    street.office.restores(path)
    ana.syncs()
    assert ana.waiting() == 0
    assert street.server_sees("customer", good)["name"] == "好"


def test_the_operator_takes_a_file_in_by_a_command(cut_off, capsys):
    street, ana, _, fresh = cut_off
    path = street.folder / "rescue.json"
    path.write_bytes(file_of(ana))
    assert main(["rescue", "--home", str(street.office.settings.home), str(path)], {}) == 0
    assert json.loads(capsys.readouterr().out)["taken"] == 2
    assert street.server_sees("customer", fresh)["name"] == "李四"
    assert main(["rescue", "--home", str(street.office.settings.home), str(path) + "x"], {}) == 2
