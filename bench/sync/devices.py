"""What a device of any contender can do."""

from collections.abc import Sequence
from typing import Protocol

from bench.sync.documents import Document


class Device(Protocol):
    """A client that holds documents and brings them to a server and from it."""

    async def takes(self, documents: Sequence[Document]) -> None:
        """Keep documents that were made here; not measured."""

    async def push(self) -> None:
        """Send what was made here and not yet acknowledged."""

    async def pull(self) -> None:
        """Fetch what the server has and this device has not."""

    async def held(self) -> set[str]:
        """The ids of all documents that are here."""

    async def close(self) -> None:
        """Done."""
