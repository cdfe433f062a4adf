"""The journal keeps the latest state of each form, and no more than the disk can take."""

import asyncio

from field_app.drafts import KeptDraft
from field_app.journal import Journal
from visit_core.errors import NoRoom


class Store:
    """Remembers what was kept; writing takes a turn of the loop."""

    def __init__(self):
        self.kept = []
        self.is_full = False
        self.drafts = self

    def keep(self, draft):
        self.kept.append(draft.given)

    async def run(self, step):
        await asyncio.sleep(0)
        if self.is_full:
            raise NoRoom()
        step(self)


def typed(text):
    return KeptDraft(id="0" * 32, kind="visit", given={"content": text})


def test_of_many_keys_the_last_state_is_kept():
    async def type_fast():
        store = Store()
        journal = Journal(store.run)
        for length in range(1, 40):
            journal.keep(typed("字" * length))
        await journal.write_out()
        return store.kept

    kept = asyncio.run(type_fast())
    assert kept[-1] == {"content": "字" * 39}
    assert len(kept) < 5


def test_every_state_is_kept_where_the_person_types_slowly():
    async def type_slowly():
        store = Store()
        journal = Journal(store.run)
        for text in ("想", "想看"):
            journal.keep(typed(text))
            await journal.write_out()
        return store.kept

    assert asyncio.run(type_slowly()) == [{"content": "想"}, {"content": "想看"}]


def test_a_full_disk_does_not_take_the_form_away():
    async def type_on_a_full_disk():
        store = Store()
        store.is_full = True
        journal = Journal(store.run)
        journal.keep(typed("想"))
        await journal.write_out()
        return store.kept

    assert asyncio.run(type_on_a_full_disk()) == []
