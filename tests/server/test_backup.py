"""A backup holds everything of one moment, is sealed, and is called good only after it was tried out."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from sync_server import people
from sync_server.care.backup import lines_in, make_backup, try_out
from sync_server.lives import LIFE
from tests.server.race import Course, missed
from tests.server.test_store_file import SECRETS, encodings
from tests.server.world import MINUTE, Office
from visit_core.errors import Corrupt, NotFound, VisitError, WrongKey


def a_day(office: Office) -> str:
    """Somebody works; the id of a customer with a history."""
    ana, ben = office.phone(SECRETS[0]), office.phone("Ben")
    id = ana.creates(name=SECRETS[0], mobile=SECRETS[1], remark='"引号"，\\ 和换行\n都要留下')
    ana.syncs()
    ben.syncs()
    ana.sets("customer", id, email=SECRETS[2])
    ben.sets("customer", id, email="ben@example.cn")
    ben.sets("customer", id, mobile="refused")
    ana.syncs()
    ben.syncs()
    return id


def told(office: Office) -> set[str]:
    """Every table's rows but those that a backup itself writes."""
    lines: list[str] = []
    office.store.copied(lines.extend)
    return {line for line in lines if "backup_" not in line and "key_check" not in line}


def test_what_is_restored_is_what_was_backed_up(office):
    id = a_day(office)
    before, seen = told(office), office.sees(office.store.teams()[0].id, "customer", id)
    path = office.backs_up()
    ana = office.phone("Late")
    ana.creates(name="后来的")
    ana.syncs()
    done = office.restores(path)
    team = office.store.teams()[0]
    assert office.sees(team.id, "customer", id) == seen
    assert team.epoch == done.epoch
    assert list(office.store.flaws()) == []
    changed = before - told(office)
    assert {line.split('"')[1] for line in changed} <= {"row"}
    assert len(changed) <= 3  # the team's epoch and numbers, and the heads of the audit log
    assert "后来的" not in str(told(office))


def test_a_new_life_has_another_epoch_and_numbers_that_nobody_has_seen(office):
    a_day(office)
    path = office.backs_up()
    before = office.store.teams()[0]
    seqs, epochs = [], {before.epoch}
    for _ in range(3):
        office.restores(path)
        epochs.add(office.store.teams()[0].epoch)
        ana = office.phone("Ana")
        ana.creates(name="王芳")
        seqs.append(ana.syncs().results[0].seq)
        path = office.backs_up()
    assert len(epochs) == 4
    assert [seq // LIFE for seq in seqs] == [1, 2, 3]


def test_one_backup_restored_twice_begins_two_lives(office):
    a_day(office)
    path = office.backs_up()
    seqs = []
    for _ in range(2):
        office.restores(path)
        ana = office.phone("Ana")
        ana.creates(name="王芳")
        seqs.append(ana.syncs().results[0].seq)
    assert [seq // LIFE for seq in seqs] == [1, 2]


def test_nothing_readable_is_in_a_backup(office):
    a_day(office)
    content = office.backs_up().read_bytes()
    assert len(content) > 1_000
    assert not [secret for secret in SECRETS for form in encodings(secret) if form in content]
    assert SECRETS[0] in "".join(lines_in(office.settings.home.parent / "kept" / "one.backup", office.key()))


def test_a_backup_made_while_many_write_is_of_one_moment(office):
    office.phone("Ana")
    with ThreadPoolExecutor(1) as pool:
        race = pool.submit(missed, office, office.store, Course(writers=4, transactions=5))
        made = [office.backs_up(f"{n}.backup") for n in range(3)]
        assert race.result(timeout=60) == 0
    for path in made:
        assert try_out(path, office.key()).counts["team"] == 1


def test_a_store_with_a_flaw_gives_no_good_backup(office):
    a_day(office)
    engines = office.engines()
    with engines.writing.begin() as connection:
        connection.execute(text("DELETE FROM feed"))
    engines.dispose()
    with pytest.raises(Corrupt):
        office.backs_up()
    assert list((office.settings.home.parent / "kept").iterdir()) == []


def test_a_damaged_backup_or_one_of_another_key_touches_nothing(office, tmp_path):
    a_day(office)
    good = office.backs_up().read_bytes()
    before = told(office)
    bad = tmp_path / "bad"
    flips = [bytes([*good[:at], good[at] ^ 1, *good[at + 1 :]]) for at in range(0, len(good), len(good) // 23)]
    cuts = [good[:at] for at in range(0, len(good), len(good) // 11)]
    for content in [*flips, *cuts, good + b"x", b"", b"no backup at all"]:
        bad.write_bytes(content)
        with pytest.raises(VisitError):
            office.restores(bad)
    assert told(office) == before
    with pytest.raises(NotFound):
        office.restores(tmp_path / "none")
    with pytest.raises(WrongKey):
        try_out(office.settings.home.parent / "kept" / "one.backup", b"x" * 32)


def test_a_device_that_was_revoked_since_stays_revoked(office):
    ana = office.phone("Ana")
    path = office.backs_up()
    people.revoke(office.store, ana.device, office.clock)
    assert office.restores(path).revoked == 1
    assert ana.posts(b"{}").status_code == 410


def test_a_backup_of_one_kind_of_store_is_restored_into_another(office, tmp_path):
    id = a_day(office)
    key_file = office.settings.key_file
    filed = Office(tmp_path / "other" / "home", key_file=key_file)
    filed.restores(office.backs_up())
    assert filed.sees(filed.store.teams()[0].id, "customer", id)["name"] == SECRETS[0]
    office.restores(filed.backs_up("two.backup"))
    assert office.sees(office.store.teams()[0].id, "customer", id)["name"] == SECRETS[0]
    filed.store.close()


def test_a_store_that_cannot_be_read_any_more_is_replaced(filed):
    id = a_day(filed)
    path = filed.backs_up()
    filed.store.close()
    file = filed.settings.database_file
    file.write_bytes(b"\xaa" * 5000)
    for journal in ("-wal", "-shm"):
        file.with_name(file.name + journal).write_bytes(b"\xbb" * 100)
    filed.restores(path)
    assert filed.sees(filed.store.teams()[0].id, "customer", id)["name"] == SECRETS[0]
    assert file.with_name("central.db.replaced").read_bytes() == b"\xaa" * 5000


def test_a_disk_without_room_leaves_no_half_backup(office, monkeypatch):
    a_day(office)

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    folder = office.settings.home.parent / "kept"
    with pytest.raises(OSError, match="No space"):
        make_backup(office.store, folder / "x.backup", office.key(), office.clock())
    assert list(folder.iterdir()) == []


def test_a_device_may_let_go_of_what_a_backup_holds_once_that_is_old_enough(office):
    ana = office.phone("Ana")
    day = 24 * 60 * MINUTE
    ana.creates(name="一")
    ana.syncs()
    office.backs_up("first.backup")
    office.clock.now_ms += 20 * day
    ana.creates(name="二")
    ana.syncs()
    office.backs_up("second.backup")
    assert ana.syncs().safe_n == 0
    office.clock.now_ms += 11 * day
    office.backs_up("third.backup")
    assert ana.syncs().safe_n == 1
    office.clock.now_ms += 20 * day
    office.backs_up("fourth.backup")
    assert ana.syncs().safe_n == 2


def test_only_its_owner_can_read_a_backup(office):
    assert office.backs_up().stat().st_mode & 0o077 == 0
