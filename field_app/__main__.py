"""`python -m field_app --home DIR [--port N]`: the app in a browser of this machine; one process is one person's."""

import argparse
import json
import logging
import os
import sys
from pathlib import Path

import flet as ft

from field_app.app import App
from field_app.clock import SystemClock
from field_app.device import Device
from field_app.lasting import keep_all_so_far
from field_app.settings import read_settings
from field_app.vault.lock import StoreLock
from field_app.web.knock import answers
from field_app.web.server import serve
from visit_core.errors import VisitError
from visit_core.explain import explain

log = logging.getLogger("field_app")


def main() -> int:
    """Serve until Ctrl-C; print one JSON line with the address once a browser can connect."""
    asked = _arguments()
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING)
    try:
        device = Device(read_settings(asked.home, asked.lang, os.environ), SystemClock(), knock=answers)
        keep_all_so_far()
        lock = _alone(device.settings.home)
        serve(lambda page: show(device, page), asked.port, _announce)
        lock.release()
    except VisitError as refused:
        print(
            json.dumps({"error": {"code": refused.code, "message": explain(refused, asked.lang)}}, ensure_ascii=False)
        )
        return 5
    except KeyboardInterrupt:
        pass
    return 0


def show(device: Device, page: ft.Page) -> None:
    """One more window of the app."""
    App(device, page).show()


def _alone(home: Path) -> StoreLock:
    """One process serves a home; a second one is told so at once, also while the first is locked."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    return StoreLock(home / "app.lock")


def _announce(address: str) -> None:
    print(json.dumps({"address": address}), flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m field_app", description=__doc__)
    parser.add_argument("--home", required=True, help="folder of this device's store")
    parser.add_argument("--port", type=int, default=0, help="on 127.0.0.1; 0 takes a free one")
    parser.add_argument(
        "--lang", choices=("zh", "en"), default="zh", help="language of messages before the app is open"
    )
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
