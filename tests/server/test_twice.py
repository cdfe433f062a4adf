"""A transaction whose end nobody heard is done again: whatever is done twice ends as if done once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from field_app.vault.entrusted import seal_to
from sync_server import people
from sync_server.auth import hash_of
from sync_server.importing import bring_in
from sync_server.kept import Event
from sync_server.recovering import new_recovery_code, recover
from sync_server.store import CentralStore, Ledger
from sync_server.trustee import Trustee
from visit_core.errors import CodeRefused
from visit_core.joining import EnrolRequest, RecoverRequest


class Repeating:
    """The store, with every write done twice, as after a commit whose acknowledgement was lost."""

    def __init__(self, store: CentralStore) -> None:
        self._store = store

    def write(self, team_id: str, job: Callable[[Ledger], Any]) -> Any:
        self._store.write(team_id, job)
        return self._store.write(team_id, job)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)


def a_morning(office, store) -> None:
    somebody = people.add_person(store, name="王芳", role="rep", team_name="east", now_ms=office.clock)
    code = people.new_enrol_code(store, somebody.id, minutes=60, now_ms=office.clock)
    enrolled = people.enrol(store, EnrolRequest(code=code, device_name="手机"), office.clock)
    found = store.bearer(hash_of(enrolled.token))
    assert (found.device, found.person) == (enrolled.device, somebody.id)
    forgets_the_pin(office, store, enrolled.device)
    bring_in(store, somebody.team, [{"name": "李强"}, {"name": "赵敏"}], office.clock())
    people.revoke(store, enrolled.device, office.clock)


def forgets_the_pin(office, store, device: str) -> None:
    trustee, life, data_key = Trustee(office.key()), "a" * 32, b"d" * 32
    code = new_recovery_code(store, device, minutes=60, now_ms=office.clock)
    sealed = seal_to(trustee.key_for(device), data_key, life)
    asked = RecoverRequest(device=device, store=life, code=code, sealed=sealed)
    assert recover(store, trustee, asked, office.clock) == data_key.hex()
    with pytest.raises(CodeRefused):
        recover(store, trustee, asked, office.clock)


def test_what_is_done_twice_ends_as_if_done_once(office):
    a_morning(office, office.store)
    once = office.store.counts()
    a_morning(office, Repeating(office.store))
    twice = office.store.counts()
    shared = {"team", "audit_head", "store_fact"}
    counted = {name: count - once[name] for name, count in twice.items() if name not in shared}
    assert once["audit"] == 7  # the person, the code, the device, the other code, its use, the import, the revocation
    assert counted == {name: count for name, count in once.items() if name in counted} | {"device_mark": 0}
    assert list(office.store.flaws()) == []


def test_many_lines_at_once_in_a_fresh_audit_log_make_one_chain(office):
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: office.store.note(Event("operator", "something", {"n": n}), 0), range(40)))
    assert office.store.counts()["audit"] == 40
    assert list(office.store.flaws()) == []


def test_a_device_that_has_lost_count_is_told_which_of_its_changes_are_there(office):
    ana, ben = office.phone("Ana"), office.phone("Ben")
    id = ana.creates(name="王芳")
    ana.creates(name="x" * 500)
    taken, refused = ana.unsent
    ana.syncs()
    theirs = ben.sets("customer", id, remark="别人的")
    ben.syncs()
    unknown = ana.sets("customer", id, remark="还没送")
    ana.unsent = []
    asked = [change["at"] for change in (taken, refused, unknown, theirs)]
    here = ana.syncs(asks=asked).here
    assert {at: (one.result.n, one.result.status, one.kind) for at, one in here.items()} == {
        taken["at"]: (1, "duplicate", "customer"),
        refused["at"]: (2, "rejected", "customer"),
    }
    assert here[taken["at"]].id == id
    assert ana.syncs().here is None
