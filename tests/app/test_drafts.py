"""What is in a form is never lost, and a save can be taken back until it is sent."""

import pytest

from field_app.actions import drafting, records
from tests.app.phones import Phone, a_phone


@pytest.fixture
def ana(tmp_path, server) -> Phone:
    return a_phone(tmp_path / "ana.vault", server)


def test_a_form_is_there_again_after_a_kill_with_the_field_the_person_was_at(ana, tmp_path, server):
    draft = drafting.begin(ana.store, "visit", {"outcome": "interested"})
    drafting.journal(ana.store, drafting.with_answer(draft, "content", "想看"))
    (again,) = ana.copied(tmp_path / "again.vault", server).store.drafts.all()
    assert (again.given, again.at_field) == ({"outcome": "interested", "content": "想看"}, "content")


def test_a_saved_form_is_a_record_and_no_draft(ana):
    draft = drafting.begin(ana.store, "customer", {})
    saved = drafting.save(ana.store, draft, {"name": "张三"})
    assert not ana.store.drafts.all()
    assert records.get(ana.store, "customer", saved.id)["name"] == "张三"


def test_a_save_is_taken_back_while_it_is_unsent_and_the_form_opens_again(ana):
    saved = drafting.save(ana.store, drafting.begin(ana.store, "customer", {}), {"name": "张三"})
    assert drafting.take_back(ana.store, saved)
    assert not ana.store.find("customer")
    assert not ana.store.waiting()
    assert [draft.id for draft in ana.store.drafts.all()] == [saved.draft.id]


def test_what_was_sent_is_not_taken_back(ana):
    saved = drafting.save(ana.store, drafting.begin(ana.store, "customer", {}), {"name": "张三"})
    ana.syncs()
    assert not drafting.take_back(ana.store, saved)
    assert ana.store.find("customer")


def test_a_form_that_was_left_without_a_word_is_let_go_of_and_a_begun_visit_is_not(ana):
    drafting.begin(ana.store, "customer", {})
    typed = drafting.begin(ana.store, "customer", {})
    drafting.journal(ana.store, drafting.with_answer(typed, "name", "张"))
    visit = drafting.begin(ana.store, "visit", {})
    drafting.drop_untouched(ana.store)
    assert {draft.id for draft in ana.store.drafts.all()} == {typed.id, visit.id}
