"""What a person did, as it is heard: which of several was tapped, and what the client said with it."""

from collections.abc import Awaitable, Callable
from inspect import isawaitable
from typing import Any, TypeVar

import flet as ft

Given = TypeVar("Given")


def heard(hear: Callable[[Given], object], given: Given) -> Callable[[], Awaitable[None]]:
    """A handler for one of several: it tells `hear` which one it was, and waits for what that does."""

    async def tapped() -> None:
        await settled(hear(given))

    return tapped


def words_in(event: ft.Event[Any]) -> str:
    """What a field says after a change.

    It is read from the event: a redraw between the client's two messages, of the value and of the event, has put the
    old value back into the control.
    """
    return str(event.data or "")


async def settled(answer: object) -> None:
    """Wait for what a handler gave, if it is something to wait for."""
    if isawaitable(answer):
        await answer
