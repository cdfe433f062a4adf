"""A store that was set back and not told so finds out from what devices can prove, and begins a new life by itself."""

import json

import pytest

from sync_server.__main__ import main
from sync_server.care.collecting import DAY_MS, collect
from sync_server.intake import read_push
from sync_server.kept import FELL_BACK, Event, Head
from sync_server.lives import LIFE
from sync_server.people import OPERATOR
from sync_server.remembering import begin_life
from tests.server.test_recovery import audited
from tests.server.world import MINUTE, Office, Phone
from visit_core.errors import Unreachable, WrongEpoch

SEAL = "0123456789abcdef"
FORGED = f"{9 * LIFE}..{SEAL}"


def pulls(phone: Phone, bookmark: str | None) -> dict:
    """A question for news that gives that bookmark back."""
    return {"pull": {"cursors": phone.cursors, "bookmark": bookmark}}


def head(office: Office, phone: Phone) -> Head:
    return office.store.read(phone.team, lambda reading: reading.head())


def epoch(office: Office) -> str:
    (one,) = {team.epoch for team in office.store.teams()}
    return one


@pytest.fixture
def ana(office: Office) -> Phone:
    phone = office.phone("Ana")
    phone.creates(name="王芳")
    phone.syncs()
    return phone


def forgets_one_push(office: Office, phone: Phone) -> str:
    """The store takes a change, tells of it, and is set back; gives the bookmark it gave then."""
    before = office.content()
    phone.creates(name="李四")
    told = phone.syncs().pull
    office.falls_back(before)
    assert told
    assert told.bookmark
    return told.bookmark


def test_who_was_told_a_higher_number_makes_it_begin_a_life_beyond_that_number(office, ana):
    marked, before = forgets_one_push(office, ana), epoch(office)
    with pytest.raises(WrongEpoch) as told:
        ana.syncs(**pulls(ana, marked))
    assert before != epoch(office) == told.value.facts["epoch"]
    assert head(office, ana).seq == LIFE
    assert office.store.fact(FELL_BACK) == str(office.clock())


def test_every_team_begins_anew_and_the_log_says_why(office, ana):
    ben = office.phone("Ben", team="west")
    marked = forgets_one_push(office, ana)
    with pytest.raises(WrongEpoch):
        ana.syncs(**pulls(ana, marked))
    assert head(office, ben) == Head(LIFE, head(office, ben).clock_ms, epoch(office))
    begun = [facts for _, action, facts in audited(office) if action == "life_begun"]
    assert begun == [{"device": ana.device, "told": int(marked.partition(".")[0]), "head": head_before(marked)}]


def head_before(marked: str) -> int:
    """Of the one push that was forgotten: a customer has one number."""
    return int(marked.partition(".")[0]) - 1


@pytest.mark.parametrize("others", [1, 5])
def test_numbers_that_were_given_again_prove_it_by_their_commit(office, ana, others):
    """Of one change the commit is another one, of five there is none that left this number as the last."""
    marked = forgets_one_push(office, ana)
    ben = office.phone("Ben")
    for _ in range(others):
        ben.creates(name="赵六")
    ben.syncs()
    assert head(office, ana).seq >= int(marked.partition(".")[0])
    with pytest.raises(WrongEpoch):
        ana.syncs(**pulls(ana, marked))
    assert head(office, ana).seq == LIFE


def test_what_a_late_copy_of_a_request_brought_anew_is_another_commit(office, ana):
    before = office.content()
    ana.creates(name="李四")
    body = json.dumps(ana.request(pull=None)).encode()
    told = ana.syncs().pull
    office.falls_back(before)
    office.clock.now_ms += MINUTE
    ana.sends(body)
    assert told
    with pytest.raises(WrongEpoch):
        ana.syncs(**pulls(ana, told.bookmark))


def test_what_is_of_the_same_past_proves_nothing_however_old_it_is(office, ana):
    marked = []
    for _ in range(5):
        ana.creates(name="李四")
        pull = ana.syncs().pull
        assert pull
        marked.append(pull.bookmark)
    before = epoch(office)
    for days in (0, 20, 40):
        office.clock.now_ms += days * DAY_MS
        collect(office.store, office.clock())
        ana.creates(name="李四")
        for bookmark in marked:
            ana.syncs(**pulls(ana, bookmark))
    assert epoch(office) == before


def test_tags_go_after_thirty_days(office, ana):
    seq = head(office, ana).seq
    assert len(office.store.read(ana.team, lambda reading: reading.tag(seq)) or "") == 8
    office.clock.now_ms += 31 * DAY_MS
    ana.creates(name="李四")
    ana.syncs()
    collect(office.store, office.clock())
    assert office.store.read(ana.team, lambda reading: reading.tag(seq)) is None
    assert office.store.read(ana.team, lambda reading: reading.tag(seq + 1))


def test_a_bookmark_of_a_life_that_is_gone_proves_it_whatever_epoch_it_was(office, ana):
    first = office.content()
    marked = forgets_one_push(office, ana)
    with pytest.raises(WrongEpoch):
        ana.syncs(**pulls(ana, marked))
    told = ana.syncs(pull={}).pull
    assert told
    office.falls_back(first)
    with pytest.raises(WrongEpoch):
        ana.syncs(epoch=told.epoch, pull={"epoch": told.epoch, "bookmark": told.bookmark})
    assert head(office, ana).seq == 2 * LIFE


@pytest.mark.parametrize("marked", [FORGED, None])
def test_who_proves_nothing_reads_anew_alone(office, ana, marked):
    before = epoch(office)
    answer = ana.syncs(pull={"cursors": dict.fromkeys(ana.cursors, 10**6), "bookmark": marked})
    assert answer.pull
    assert answer.pull.resync
    assert answer.pull.rows == []
    assert epoch(office) == before


def test_a_bookmark_is_good_for_its_own_device_only(office, ana):
    marked, before = forgets_one_push(office, ana), epoch(office)
    office.phone("Ben").syncs(pull={"bookmark": marked})
    assert epoch(office) == before


def test_after_a_restore_that_was_told_nobody_proves_anything(office, ana):
    path = office.backs_up()
    ana.creates(name="李四")
    (sent,) = ana.unsent
    answer = ana.syncs()
    assert answer.pull
    (result,) = answer.results
    told = office.restores(path).epoch
    brought = {"n": result.n, "stamp": result.stamp, "seq": result.seq, "seal": result.seal}
    again = ana.request(changes=[sent], resent=[brought], pull={"bookmark": answer.pull.bookmark})
    assert ana.sends(json.dumps(again).encode()).results[0].stamp == result.stamp
    assert epoch(office) == told


def test_a_copy_that_is_only_behind_is_no_proof(office, ana):
    """Whoever takes writes is asked once more: nothing begins, and the device comes again."""
    answer = ana.syncs()
    assert answer.pull
    push = read_push(json.dumps(ana.request(**pulls(ana, answer.pull.bookmark))).encode())
    before = epoch(office)
    with pytest.raises(Unreachable):
        begin_life(office.store, ana.principal, push, office.clock())
    assert epoch(office) == before


def test_two_servers_that_see_it_at_once_begin_one_life(office, ana):
    marked = forgets_one_push(office, ana)
    push = read_push(json.dumps(ana.request(**pulls(ana, marked))).encode())
    was = epoch(office)
    begun = begin_life(office.store, ana.principal, push, office.clock())
    late = Event(ana.person, "life_begun")
    assert office.store.begin_life(late, office.clock(), instead_of=was, beyond=0) == begun != was
    assert [action for _, action, _ in audited(office)].count("life_begun") == 1
    assert head(office, ana).seq == LIFE


BAD = ("1", f"1.{SEAL}", f"-1..{SEAL}", f"1.{SEAL}.{SEAL}", f"1..{SEAL.upper()}", f"{10**16}..{SEAL}")


@pytest.mark.parametrize("marked", BAD)
def test_what_is_no_bookmark_is_refused_as_any_other_misshapen_member(office, ana, marked):
    assert ana.posts(json.dumps(ana.request(**pulls(ana, marked))).encode()).status_code == 422


def test_an_operator_who_knows_says_so(office, ana, capsys):
    before, seq = epoch(office), head(office, ana).seq
    assert main(["new-epoch", "--home", str(office.settings.home)], {}) == 0
    assert json.loads(capsys.readouterr().out) == {"epoch": epoch(office)}
    assert epoch(office) != before
    assert head(office, ana).seq == LIFE > seq
    assert (OPERATOR, "life_begun", {}) in audited(office)


def test_where_nobody_is_there_is_nothing_to_begin(filed, capsys):
    assert main(["new-epoch", "--home", str(filed.settings.home)], {"SYNC_SERVER_LANGUAGE": "en"}) == 2
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "not_found"
