"""Which backups are kept: the latest of each of the last days, weeks and months. By their names; nothing is opened."""

import re
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

_NAME = re.compile(r"visits-(\d{8}T\d{6})Z\.backup")


@dataclass(frozen=True, slots=True)
class Keep:
    """How many of each are kept."""

    days: int
    weeks: int
    months: int


def name_at(now_ms: int) -> str:
    """The name of a backup made at that moment; names sort by time."""
    return f"visits-{datetime.fromtimestamp(now_ms / 1000, UTC):%Y%m%dT%H%M%S}Z.backup"


def made_at(name: str) -> datetime | None:
    """When a backup of that name was made; None for any other file."""
    found = _NAME.fullmatch(name)
    return datetime.strptime(found[1], "%Y%m%dT%H%M%S").replace(tzinfo=UTC) if found else None


def spare(names: Iterable[str], keep: Keep) -> set[str]:
    """Those of the backups that no day, week or month needs any more."""
    made = {name: at for name in names if (at := made_at(name))}
    latest_first = sorted(made, reverse=True)
    kept: set[str] = set()
    for count, pattern in ((keep.days, "%Y-%m-%d"), (keep.weeks, "%G-%V"), (keep.months, "%Y-%m")):
        kept |= set(_latest_of_each(latest_first, made, pattern, count))
    return set(made) - kept - set(latest_first[:1])


def rotate(folder: Path, keep: Keep) -> int:
    """Delete what is spare in a folder; how many."""
    gone = spare((path.name for path in folder.iterdir()), keep)
    for name in gone:
        path = folder / name
        if path.is_dir():
            shutil.rmtree(path)  # what its photographs share with others stays for those
        else:
            path.unlink(missing_ok=True)
    return len(gone)


def _latest_of_each(latest_first: list[str], made: dict[str, datetime], pattern: str, count: int) -> Iterator[str]:
    seen: set[str] = set()
    for name in latest_first:
        period = made[name].strftime(pattern)
        if period not in seen and len(seen) < count:
            seen.add(period)
            yield name
