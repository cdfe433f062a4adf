"""Saves customers for ever and names each on stdout once it is acknowledged: somebody else pulls the plug."""

import itertools
import sys
from pathlib import Path

from field_app.actions import records
from field_app.clock import SystemClock
from field_app.local_store import LocalStore
from field_app.vault.opening import open_vault
from field_app.vault.place import Place
from field_app.vault.secrets import SecretFiles


def main(home: Path, secrets: Path, pin: str) -> None:
    """Never returns."""
    clock = SystemClock()
    vault = open_vault(Place(home, SecretFiles(secrets, home), clock), pin)
    store = LocalStore(vault.db, clock)
    for n in itertools.count():
        print(records.add(store, "customer", {"name": f"客户 {n}"}), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
