"""The one thread that the store belongs to, so that neither a disk nor a key derivation holds up the screens."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Step = TypeVar("Step")


class StoreThread:
    """Runs one step after another, in the order they were asked for."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(1, thread_name_prefix="store")

    async def run(self, step: Callable[[], Step], /) -> Step:
        """Run the step there and wait for it without holding up this loop."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, step)

    def close(self) -> None:
        """Let what was asked for end, and take nothing more."""
        self._threads.shutdown(wait=True)
