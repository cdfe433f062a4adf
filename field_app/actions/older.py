"""What was done with a customer before this device's window, fetched on demand and kept."""

from functools import partial

from field_app.actions.edits import wanted
from field_app.local_store import LocalStore
from field_app.remote import Remote
from field_app.sync import Run, at_once
from visit_core.protocol import OlderResponse


async def fetch_older(store: LocalStore, remote: Remote, run: Run = at_once, *, customer: str) -> int:
    """Fetch and keep it, of everybody merged into them, too; give how many records are new here.

    NotFound if this device has no such customer.
    """
    return sum([await _fetch(store, remote, run, one) for one in await run(partial(_everybody, store, customer))])


def _everybody(store: LocalStore, customer: str) -> tuple[str, ...]:
    return store.survivors.family(wanted(store, "customer", customer).id)


async def _fetch(store: LocalStore, remote: Remote, run: Run, customer: str) -> int:
    answer = await remote.read(f"/v1/customers/{customer}/older", OlderResponse)
    return await run(partial(store.take_older, customer, answer))


def may_have_older(store: LocalStore, customer: str) -> bool:
    """Whether the server may have more of that customer than this device."""
    progress = store.progress()
    return bool(progress.window_from) and not set(store.survivors.family(customer)) <= set(progress.older_of)
