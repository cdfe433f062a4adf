"""What an operator may set: read once when a program starts, handed down, never looked up elsewhere.

From the weakest to the strongest: the default, `settings.json` in the home, `SYNC_SERVER_<NAME>`.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from visit_core.errors import NotValid
from visit_core.ids import Hex32

PREFIX = "SYNC_SERVER_"


class Settings(BaseModel):
    """The server's settings. Each is described in docs/settings.md."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    home: Path = Field(description="folder of the store, the certificates and settings.json")
    store_id: Hex32 = Field(description="names this store's key file; made by `init`")
    organisation: str = Field(default="", max_length=80, description="the name that people see")
    database: str = Field(default="", description="SQLAlchemy URL; empty for `central.db` in the home")
    key_file: Path | None = Field(default=None, description="file with the store's key, 64 hex digits, mode 0600")
    address: str = Field(default="", description="the public address that invites name")
    code_minutes: int = Field(default=1440, ge=1, le=43_200, description="how long an enrolment code is good")
    recovery_minutes: int = Field(default=60, ge=1, le=1440, description="how long a code for a forgotten PIN is good")
    wrong_codes_per_hour: int = Field(default=10, ge=1, description="wrong one-time codes taken from one address")
    wrong_tokens_per_hour: int = Field(default=100, ge=1, description="wrong tokens taken from one address")
    wire_bytes: int = Field(default=1_000_000, ge=10_000, description="largest request body as it travels")
    inflated_bytes: int = Field(default=8_000_000, ge=10_000, description="largest request body unpacked")
    page_bytes: int = Field(default=4_000_000, ge=10_000, description="largest page of the feed")
    syncs_at_once: int = Field(default=64, ge=1, le=10_000, description="syncs being served or waiting for it")
    rep_window_days: int = Field(default=730, ge=0, le=36_500, description="days of what is done on a rep's phone")
    lead_window_days: int = Field(default=1825, ge=0, le=36_500, description="the same for supervisors; 0 for no limit")
    offline_days: int = Field(default=14, ge=0, le=3650, description="days a device works without us; 0 for no limit")
    threads: int = Field(default=8, ge=1, le=64, description="requests worked on at once")

    backup_folder: Path | None = Field(default=None, description="where backups go; empty for `backups` in the home")
    backup_second_folder: Path | None = Field(default=None, description="another disk, where each backup is copied to")
    backup_hours: int = Field(default=24, ge=0, le=720, description="how often `serve` makes a backup; 0 for never")
    backup_days: int = Field(default=7, ge=1, le=366, description="daily backups kept")
    backup_weeks: int = Field(default=5, ge=0, le=520, description="weekly backups kept")
    backup_months: int = Field(default=12, ge=0, le=240, description="monthly backups kept")
    safe_days: int = Field(default=30, ge=0, le=365, description="age of the oldest backup that devices can heal")

    def window_days(self, role: str) -> int:
        """How far back a person's device reaches by itself; 0 for everything."""
        return self.rep_window_days if role == "rep" else self.lead_window_days

    @property
    def database_url(self) -> str:
        """The URL of the store."""
        return self.database or f"sqlite:///{self.home / 'central.db'}"

    @property
    def database_file(self) -> Path | None:
        """The file of the store; None if it is elsewhere than in one."""
        start, _, name = self.database_url.partition(":///")
        return Path(name) if start == "sqlite" else None


def read_settings(home: Path, environment: Mapping[str, str]) -> Settings:
    """The settings of a home that `init` has made; NotValid names the one that is wrong."""
    home = home.resolve()
    try:
        kept = json.loads((home / "settings.json").read_text("utf-8"))
    except FileNotFoundError:
        raise NotValid("no_home", field="home") from None
    except ValueError:
        raise NotValid("json", field="settings.json") from None
    if not isinstance(kept, dict):
        raise NotValid("json", field="settings.json")
    return checked({**kept, **_from_environment(environment), "home": home})


def checked(values: Mapping[str, Any]) -> Settings:
    """Settings out of plain values; NotValid names the first wrong one and what was expected."""
    try:
        return Settings(**values)
    except ValidationError as refused:
        first = refused.errors(include_url=False)[0]
        name = str(first["loc"][0]) if first["loc"] else "settings"
        raise NotValid(
            "setting", field=name, name=name, given=str(first["input"])[:80], expected=first["msg"]
        ) from None


def keep_settings(settings: Settings) -> None:
    """Write what differs from the defaults into the home."""
    kept = settings.model_dump(mode="json", exclude_defaults=True, exclude={"home"})
    path = settings.home / "settings.json"
    fresh = path.with_suffix(".new")
    fresh.touch(mode=0o600)  # a database's URL may hold a password
    fresh.write_text(json.dumps(kept, ensure_ascii=False, indent=2) + "\n", "utf-8")
    fresh.replace(path)


def _from_environment(environment: Mapping[str, str]) -> dict[str, str]:
    names = set(Settings.model_fields) - {"home", "store_id"}
    return {name: environment[PREFIX + name.upper()] for name in names if PREFIX + name.upper() in environment}
