"""A tap that names what was tapped: what hears it may be a plain function or a coroutine function."""

from collections.abc import Awaitable, Callable
from inspect import isawaitable
from typing import TypeVar

Given = TypeVar("Given")


def heard(hear: Callable[[Given], object], given: Given) -> Callable[[], Awaitable[None]]:
    """A handler for one of several: it tells `hear` which one it was, and waits for what that does."""

    async def tapped() -> None:
        await settled(hear(given))

    return tapped


async def settled(answer: object) -> None:
    """Wait for what a handler gave, if it is something to wait for."""
    if isawaitable(answer):
        await answer
