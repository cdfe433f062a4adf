"""Changes that the server refused: kept whole, seen, made anew or let go of."""

from pathlib import Path

import pytest

from field_app.actions import records
from tests.app.fakes import FakeServer
from tests.app.phones import Phone, a_phone
from visit_core.change import Change
from visit_core.protocol import ErrorInfo


@pytest.fixture
def ana(tmp_path: Path, server: FakeServer) -> Phone:
    return a_phone(tmp_path / "ana", server)


def refuse_the_bad(change: Change) -> ErrorInfo | None:
    return ErrorInfo(code="not_valid", field="name") if "坏" in change.fields.values() else None


def test_a_refused_change_goes_to_quarantine_whole_and_the_rest_goes_on(ana: Phone) -> None:
    ana.server.refuses = refuse_the_bad
    ana.records("坏")
    ana.records("好")
    report = ana.syncs()
    assert (report.pushed, report.quarantined, report.waiting) == (1, 1, 0)
    (kept,) = ana.store.quarantined()
    assert kept.fields["name"] == "坏"
    assert kept.error == ErrorInfo(code="not_valid", field="name")
    assert ana.syncs().quarantined == 0


def test_a_record_that_was_refused_stays_in_sight_and_is_sent_anew_once_corrected(ana: Phone) -> None:
    ana.server.refuses = refuse_the_bad
    customer = ana.records("坏")
    ana.syncs()
    assert records.get(ana.store, "customer", customer)["sync_state"] == "rejected"
    ana.sets(customer, name="好")
    assert ana.store.quarantined() == []
    assert ana.syncs().pushed == 1
    assert ana.server.records["customer", customer]["name"] == "好"
    assert ana.server.records["customer", customer]["mobile"] == "+8613800000000"
    assert records.get(ana.store, "customer", customer)["sync_state"] == "synced"


def test_a_refused_edit_leaves_the_servers_value_in_sight_until_it_is_made_anew(ana: Phone) -> None:
    ana.server.refuses = refuse_the_bad
    customer = ana.records("好")
    ana.syncs()
    ana.sets(customer, name="坏")
    ana.syncs()
    shown = records.get(ana.store, "customer", customer)
    assert (shown["name"], shown["sync_state"]) == ("好", "rejected")
    ana.sets(customer, name="更好")
    ana.syncs()
    assert records.get(ana.store, "customer", customer)["sync_state"] == "synced"


def test_a_refused_record_can_be_let_go_of(ana: Phone) -> None:
    ana.server.refuses = refuse_the_bad
    customer = ana.records("坏")
    ana.syncs()
    records.delete(ana.store, "customer", customer)
    assert ana.names() == []
    assert ana.store.waiting() == ana.store.quarantined() == []
