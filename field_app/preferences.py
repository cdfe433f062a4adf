"""How a person likes the app: kept beside the store, since it is needed before the store is open. Nothing secret."""

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from visit_core.picklists import Language

Brightness = Literal["system", "light", "dark"]


class Preferences(BaseModel):
    """Language, brightness, size of text, and when the app locks itself."""

    model_config = ConfigDict(frozen=True)

    lang: Language = "zh"
    brightness: Brightness = "system"
    scale: float = Field(default=1.0, ge=1.0, le=2.0)
    lock_after_min: int = Field(default=5, ge=1, le=120)
    has_read_notice: bool = False


def read_preferences(home: Path) -> Preferences:
    """What was kept, or the defaults where nothing sensible was."""
    try:
        return Preferences.model_validate_json(_file(home).read_bytes())
    except (OSError, ValidationError):
        return Preferences()


def keep_preferences(home: Path, preferences: Preferences) -> None:
    """Keep them in one step."""
    path = _file(home)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.write_text(preferences.model_dump_json(indent=2), "utf-8")
    fresh.replace(path)


def _file(home: Path) -> Path:
    return home / "preferences.json"
