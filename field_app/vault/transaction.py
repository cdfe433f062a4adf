"""What is written within one `with` is one durable commit, or nothing."""

from collections.abc import Callable
from typing import Protocol


class Transactional(Protocol):
    """What transactions are begun on and ended; those within one another are one."""

    def begin(self) -> None:
        """Begin one, or join the one this thread is in."""

    def end(self, *, commits: bool, frees_room: bool) -> None:
        """Commit what was written, or let go of it, if no other part of the transaction is left."""


class Transaction:
    """`with` this, what is written is one commit, or nothing; then `on_undone` is told. May be used again."""

    __slots__ = ("_frees_room", "_on_undone", "_storage")

    def __init__(self, storage: Transactional, *, frees_room: bool, on_undone: Callable[[], None] | None) -> None:
        self._storage, self._frees_room, self._on_undone = storage, frees_room, on_undone

    def __enter__(self) -> None:
        self._storage.begin()

    def __exit__(self, error: type[BaseException] | None, *_rest: object) -> None:
        is_done = False
        try:
            self._storage.end(commits=error is None, frees_room=self._frees_room)
            is_done = error is None
        finally:
            if not is_done and self._on_undone:
                self._on_undone()
