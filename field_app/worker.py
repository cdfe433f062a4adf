"""The one thread that the store belongs to, so that neither a disk nor a key derivation holds up the screens.

Steps that were asked for while it was busy, and that belong together, are saved with one sync of the disk.
"""

import asyncio
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import AbstractContextManager
from typing import Any, NamedTuple, Protocol, TypeVar

Step = TypeVar("Step")
MOST_TOGETHER = 50


class Together(Protocol):
    """What lets several steps be one commit, in which each may fail alone."""

    def transaction(self) -> AbstractContextManager[None]:
        """All of them."""

    def attempt(self) -> AbstractContextManager[None]:
        """One of them."""


class _Asked(NamedTuple):
    step: Callable[[], Any]
    answer: "Future[Any]"
    together: Together | None


class StoreThread:
    """Runs one step after another, in the order they were asked for."""

    def __init__(self) -> None:
        self._asked: queue.SimpleQueue[_Asked | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None

    async def run(self, step: Callable[[], Step], /, together: Together | None = None) -> Step:
        """Run the step there and wait for it without holding up this loop.

        Steps with the same `together` that wait behind one another become one commit; each is answered after it.
        """
        answer: Future[Step] = Future()
        self._asked.put(_Asked(step, answer, together))
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="store", daemon=True)
            self._thread.start()
        return await asyncio.wrap_future(answer)

    def close(self) -> None:
        """Let what was asked for end, and take nothing more."""
        if self._thread:
            self._asked.put(None)
            self._thread.join()
            self._thread = None

    def _work(self) -> None:
        behind: _Asked | None = None
        while (first := behind or self._asked.get()) is not None:
            group, behind, is_last = [first], None, False
            while first.together is not None and len(group) < MOST_TOGETHER and not self._asked.empty():
                following = self._asked.get()
                if following is None:
                    is_last = True
                    break
                if following.together is not first.together:
                    behind = following
                    break
                group.append(following)
            _run_all(group)
            if is_last:
                return


def _run_all(group: list[_Asked]) -> None:
    going = [asked for asked in group if asked.answer.set_running_or_notify_cancel()]
    if len(going) > 1 and going[0].together is not None:
        _run_together(going, going[0].together)
        return
    for asked in going:
        try:
            asked.answer.set_result(asked.step())
        except BaseException as refusal:
            asked.answer.set_exception(refusal)


def _run_together(going: list[_Asked], together: Together) -> None:
    """One commit; nobody is answered before it, and if it is refused, all are."""
    outcomes: list[tuple[_Asked, Any, BaseException | None]] = []
    try:
        with together.transaction():
            for asked in going:
                outcomes.append((asked, *_attempted(asked, together)))
    except BaseException as refusal:
        outcomes = [(asked, None, refusal) for asked in going]
    for asked, result, error in outcomes:
        if error is None:
            asked.answer.set_result(result)
        else:
            asked.answer.set_exception(error)


def _attempted(asked: _Asked, together: Together) -> tuple[Any, BaseException | None]:
    try:
        with together.attempt():
            return asked.step(), None
    except Exception as refusal:
        return None, refusal
