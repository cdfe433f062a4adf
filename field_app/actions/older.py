"""What was done with a customer before this device's window, fetched on demand and kept."""

from functools import partial

from field_app.actions.edits import wanted
from field_app.local_store import LocalStore
from field_app.remote import Remote
from field_app.sync import Run, at_once
from visit_core.protocol import OlderResponse


async def fetch_older(store: LocalStore, remote: Remote, run: Run = at_once, *, customer: str) -> int:
    """Fetch and keep it; give how many records are new here. NotFound if this device has no such customer."""
    view = await run(partial(wanted, store, "customer", customer))
    answer = await remote.read(f"/v1/customers/{view.id}/older", OlderResponse)
    return await run(partial(store.take_older, view.id, answer))


def may_have_older(store: LocalStore, customer: str) -> bool:
    """Whether the server may have more of that customer than this device."""
    progress = store.progress()
    return bool(progress.window_from) and customer not in progress.older_of
