"""What this program is told when it starts: read once, from its arguments and its environment."""

import sys
from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from visit_core.errors import NotValid
from visit_core.picklists import Language

APP_FOLDER = "field-visits"


class Settings(BaseModel):
    """Where this device lives, and in whose language it speaks."""

    model_config = ConfigDict(frozen=True)

    home: Path = Field(description="folder of this device's store; one home is one device of one person")
    secrets: Path = Field(description="folder of the device secret, never inside home; FIELD_APP_SECRETS")
    pin: str | None = Field(default=None, repr=False, description="PIN or passphrase; FIELD_APP_PIN")
    new_pin: str | None = Field(default=None, repr=False, description="what change-pin sets; FIELD_APP_NEW_PIN")
    file_password: str = Field(
        default="", repr=False, description="what locks an export and opens a locked file; FIELD_APP_FILE_PASSWORD"
    )
    lang: Language = Field(default="zh", description="language of sentences for people: zh or en")
    timeout_s: float = Field(default=20.0, gt=0, description="how long one request may take, seconds")


def read_settings(home: str, lang: str, environ: Mapping[str, str]) -> Settings:
    """The settings; NotValid names the first that is wrong."""
    told = {
        "home": Path(home),
        "secrets": Path(environ.get("FIELD_APP_SECRETS") or _config_folder(environ)),
        "pin": environ.get("FIELD_APP_PIN") or None,
        "new_pin": environ.get("FIELD_APP_NEW_PIN") or None,
        "file_password": environ.get("FIELD_APP_FILE_PASSWORD") or "",
        "lang": lang,
    }
    try:
        return Settings.model_validate(told)
    except ValidationError as refusal:
        raise NotValid("setting", field=str(refusal.errors()[0]["loc"][0])) from None


def _config_folder(environ: Mapping[str, str]) -> Path:
    """Where this platform keeps a person's configuration."""
    own = Path(environ.get("HOME") or Path.home())
    if sys.platform == "win32":
        return Path(environ.get("APPDATA") or own / "AppData" / "Roaming") / APP_FOLDER
    if sys.platform == "darwin":
        return own / "Library" / "Application Support" / APP_FOLDER
    return Path(environ.get("XDG_CONFIG_HOME") or own / ".config") / APP_FOLDER
