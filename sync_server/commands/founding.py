"""Making a home: `init`, `certificate`."""

from argparse import Namespace
from datetime import UTC, datetime
from typing import Any

from sync_server.certificates import fingerprint_of, make_authority, make_certificate
from sync_server.commands.context import Context
from sync_server.home import fresh_settings, key_file, make_home
from sync_server.settings import Settings


def init(context: Context, asked: Namespace) -> dict[str, Any]:
    """A new home: settings, key, empty store, certificate authority."""
    settings = fresh_settings(
        context.home, database=asked.db or "", organisation=asked.organisation or "", address=asked.address or "",
        key_file=context.environment.get("SYNC_SERVER_KEY_FILE", ""),
    )  # fmt: skip
    return found(context, settings)


def found(context: Context, settings: Settings) -> dict[str, Any]:
    """Make what the settings describe; give what the operator should know of it."""
    make_home(settings, context.environment)
    make_authority(settings.home, settings.organisation, datetime.now(UTC))
    return {
        "home": str(settings.home),
        "organisation": settings.organisation,
        "key_file": str(key_file(settings, context.environment)),
        "ca_fingerprint": fingerprint_of(settings.home),
    }


def certificate(context: Context, asked: Namespace) -> dict[str, Any]:
    """The server's certificate for the names under which devices will reach it."""
    home = context.settings().home
    make_certificate(home, asked.name, datetime.now(UTC))
    return {"names": asked.name, "ca_fingerprint": fingerprint_of(home)}
