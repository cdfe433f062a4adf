"""What a command of the scripted device has before it: the settings, the store when it is open, the server."""

import json
from argparse import ArgumentParser, Namespace
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import TextIO

from pydantic import JsonValue

from field_app.actions.validity import refuse_if_over
from field_app.base_rows import INDEXES
from field_app.cli_commands.telling import Printed
from field_app.clock import DeviceClock
from field_app.enrolment import Me
from field_app.local_store import LocalStore
from field_app.remote import Remote, entrusted_remote, pinned_remote, remote_of
from field_app.settings import Settings
from field_app.vault.entrusted import Entrusted
from field_app.vault.kdf import KdfCost
from field_app.vault.opening import OpenVault, open_vault
from field_app.vault.place import Place
from field_app.vault.secrets import SecretFiles
from visit_core.errors import NotValid
from visit_core.invite import Invite


def no_arguments(_parser: ArgumentParser) -> None:
    """For a command that needs none."""


@dataclass(frozen=True, slots=True)
class Command:
    """One command: its name, its arguments, and what it does."""

    name: str
    help: str
    run: Callable[["Desk", Namespace], Printed | int]  # what to print; a number: all is said, exit with it
    arguments: Callable[[ArgumentParser], None] = no_arguments


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything a command may reach, so that a test can put its own in its place."""

    settings: Settings
    clock: DeviceClock
    cost: KdfCost
    stdin: TextIO
    stdout: TextIO
    remote: Remote | None = None  # a test's server; None is the real one

    def place(self) -> Place:
        """Where the store of this home lives, and what guards it."""
        secrets = SecretFiles(self.settings.secrets, self.settings.home)
        return Place(self.settings.home, secrets, self.clock, self.cost, indexes=INDEXES)

    def pin(self) -> str:
        """The PIN this command was started with; NotValid without one."""
        if self.settings.pin is None:
            raise NotValid("pin_missing", field="FIELD_APP_PIN")
        return self.settings.pin

    @contextmanager
    def vault(self) -> Iterator[OpenVault]:
        """The open store of this home, closed again afterwards."""
        vault = open_vault(self.place(), self.pin())
        try:
            yield vault
        finally:
            vault.close()

    @contextmanager
    def store(self) -> Iterator[LocalStore]:
        """This device's records; OutOfTouch where it has not met its server for too long."""
        with self.locked_store() as store:
            refuse_if_over(store)
            yield store

    @contextmanager
    def locked_store(self) -> Iterator[LocalStore]:
        """The same for what shows nobody's data, and is to be had even then."""
        with self.vault() as vault:
            yield LocalStore(vault.db, self.clock)

    @asynccontextmanager
    async def connect(self, me: Me) -> AsyncIterator[Remote]:
        """The server this device is enrolled with."""
        if self.remote:
            yield self.remote
            return
        async with remote_of(me, timeout_s=self.settings.timeout_s) as remote:
            yield remote

    @asynccontextmanager
    async def entrusted(self, entrusted: Entrusted) -> AsyncIterator[Remote]:
        """The server of a device whose PIN is forgotten."""
        if self.remote:
            yield self.remote
            return
        async with entrusted_remote(entrusted, timeout_s=self.settings.timeout_s) as remote:
            yield remote

    @asynccontextmanager
    async def pinned(self, invite: Invite) -> AsyncIterator[tuple[Remote, str | None]]:
        """The server of an invite; its certificate authority is fetched and held against the fingerprint."""
        if self.remote:
            yield self.remote, None
            return
        async with pinned_remote(invite, timeout_s=self.settings.timeout_s) as found:
            yield found


def fields_from(words: list[str]) -> dict[str, JsonValue]:
    """`field=value` is text, `field:=json` is JSON; NotValid names what is neither."""
    return dict(_field_from(word) for word in words)


def json_from(text: str, field: str) -> JsonValue:
    """A JSON value, or NotValid naming `field`; numbers too long to be numbers are refused, too."""
    try:
        value: JsonValue = json.loads(text)
    except (ValueError, RecursionError):
        raise NotValid("json", field=field) from None
    return value


def _field_from(word: str) -> tuple[str, JsonValue]:
    name, equals, value = word.partition("=")
    if not equals or not name.strip(":"):
        raise NotValid("assignment", field=name[:40])
    if name.endswith(":"):
        return name[:-1], json_from(value, name[:-1])
    return name, value
