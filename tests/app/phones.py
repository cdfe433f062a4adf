"""A local store on its own, without the program around it: for tests of the store and of the sync."""

import asyncio
import shutil
from pathlib import Path

from field_app.actions import records
from field_app.enrolment import Me
from field_app.local_store import LocalStore, settle_in
from field_app.progress import Anchor
from field_app.remote import Remote
from field_app.sync import SyncReport, sync_once
from field_app.vault.database import VaultDB
from field_app.vault.files import Disk
from tests.app.fakes import FakeServer
from tests.app.vaults import a_database, reopened
from visit_core.joining import EnrolRequest
from visit_core.protocol import Role


class Phone:
    """One store in one file, enrolled with a fake server."""

    def __init__(self, path: Path, server: FakeServer, db: VaultDB) -> None:
        self.path, self.server = path, server
        self.store = LocalStore(db, server.clock)

    def records(self, name: str, **fields: str) -> str:
        """Record a customer; give the id."""
        return records.add(self.store, "customer", {"name": name, "mobile": "13800000000", **fields})

    def sets(self, record_id: str, **fields: str) -> None:
        """Correct a customer."""
        records.change(self.store, "customer", record_id, dict(fields))

    def sees(self, record_id: str) -> dict[str, object]:
        """A customer's fields as this phone draws them."""
        view = self.store.view("customer", record_id)
        return dict(view.fields) if view else {}

    def names(self) -> list[str]:
        """The names of all customers here."""
        return sorted(str(view.fields["name"]) for view in self.store.find("customer"))

    def pushes(self) -> None:
        """Push without pulling: the answer of a server that had no time for more."""
        request = self.store.next_request()
        answer = asyncio.run(self.server.sync(request.model_copy(update={"pull": None})))
        self.store.take_in(answer, request)

    def pulls(self) -> None:
        """Pull without pushing."""
        request = self.store.next_request(limit=0)
        self.store.take_in(asyncio.run(self.server.sync(request)), request)

    def syncs(self, remote: Remote | None = None) -> SyncReport:
        """Meet the server."""
        return asyncio.run(sync_once(self.store, remote or self.server))

    def copied(self, path: Path, server: FakeServer, disk: Disk | None = None) -> "Phone":
        """The same phone as it is on disk now, in another file and with another server."""
        shutil.copyfile(self.path, path)
        return Phone(path, server, reopened(path, disk))


def a_phone(path: Path, server: FakeServer, name: str = "ana", role: Role = "rep") -> Phone:
    """A phone of a new person."""
    answer = asyncio.run(server.enrol(EnrolRequest(code=server.invites(name, role))))
    me = Me(server="http://127.0.0.1:1", **answer.model_dump(include=set(Me.model_fields) - {"server", "ca_pem"}))
    db = a_database(path)
    settle_in(db, me, answer.epoch, Anchor(server_ms=answer.server_ms, mono_ms=server.clock.mono, boot="boot-1"))
    return Phone(path, server, db)
