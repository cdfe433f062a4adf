"""`start`: for keeps. Three questions the first time, then it serves; afterwards it just serves."""

import json
import sys
from argparse import Namespace
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from sync_server import people
from sync_server.certificates import make_certificate
from sync_server.commands.caring import upgrade
from sync_server.commands.context import Context
from sync_server.commands.founding import found
from sync_server.commands.serving import serve
from sync_server.commands.staff import invite_for
from sync_server.home import fresh_settings
from visit_core.explain import sentence
from visit_core.invite import is_loopback
from visit_core.picklists import Language

EVERYWHERE = "0.0.0.0"  # noqa: S104 - the operator asked for it by naming a host


def start(context: Context, asked: Namespace) -> None:
    """Serve the home that was founded here; found it first if there is none."""
    home = asked.home or default_home(context.environment)
    here = Context(home, context.environment)
    if not (home / "settings.json").exists():
        _found(here, asked.port)
    upgrade(here, Namespace())
    host = _host_of(here.settings().address)
    serve(here, Namespace(host="127.0.0.1" if is_loopback(host) else EVERYWHERE, port=asked.port, tls=False))


def default_home(environment: Mapping[str, str]) -> Path:
    """Under the platform's folder for data."""
    if "XDG_DATA_HOME" in environment:
        return Path(environment["XDG_DATA_HOME"]) / "field-visits-server"
    match sys.platform:
        case "win32":
            return Path(environment.get("LOCALAPPDATA", str(Path.home()))) / "field-visits-server"
        case "darwin":
            return Path.home() / "Library" / "Application Support" / "field-visits-server"
    return Path.home() / ".local" / "share" / "field-visits-server"


def _found(context: Context, port: int) -> None:
    """Ask, make the organisation and its first supervisor, and print the first invite."""
    lang = language(context.environment)
    organisation = _ask("organisation", lang)
    name = _ask("person", lang)
    host = _ask("address", lang) or "127.0.0.1"
    address = f"http://{host}:{port}" if is_loopback(host) else f"https://{host}:{port}"
    found(context, fresh_settings(context.home, organisation=organisation, address=address))
    if not is_loopback(host):
        make_certificate(context.home, [host], datetime.now(UTC))
    _invite_first(context, name, organisation, lang)


def _invite_first(context: Context, name: str, organisation: str, lang: Language) -> None:
    settings = context.settings()
    with context.store() as store:
        first = people.add_person(
            store, name=name, role="supervisor", team_name=organisation or name, now_ms=context.now_ms
        )
        code = people.new_enrol_code(store, first.id, minutes=settings.code_minutes, now_ms=context.now_ms)
    print(sentence("server.invite", lang, name=name), file=sys.stderr)
    print(json.dumps({"person_id": first.id, "team": first.team, "invite": invite_for(settings, code)}), flush=True)


def language(environment: Mapping[str, str]) -> Language:
    """The language that the operator's machine speaks."""
    return "zh" if environment.get("LANG", "").startswith("zh") else "en"


def _ask(what: str, lang: Language) -> str:
    print(sentence(f"server.ask_{what}", lang), end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip()


def _host_of(address: str) -> str:
    return address.partition("://")[2].rpartition(":")[0].strip("[]")
