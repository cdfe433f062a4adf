"""`python -m demo`: tell the story, and leave its server running to look at unless `--once` is given."""

import argparse
import json
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from demo.apps import open_apps, show_in_browser
from demo.stage import Stage, stage_in
from demo.story import STEPS, Told, tell


def main(words: list[str] | None = None) -> int:
    """Exit status 0 if every step was proved, 1 at the first that was not."""
    wanted = _read_words(words)
    with tempfile.TemporaryDirectory(prefix="visits-") as folder, stage_in(Path(folder), wanted.data) as stage:
        told = [_printed(one) for one in tell(stage)]
        if wanted.json:
            wanted.json.write_text(
                json.dumps([asdict(one) for one in told], ensure_ascii=False, indent=2) + "\n", "utf-8"
            )
        proved = len(told) == len(STEPS) and all(one.proved for one in told)
        print(f"{sum(one.proved for one in told)} of {len(STEPS)} steps proved.", flush=True)
        if proved and not wanted.once:
            _leave_open(stage)
    return 0 if proved else 1


def _read_words(words: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="dev.py demo", description=__doc__)
    parser.add_argument("--once", action="store_true", help="end after the story")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write what was found, step by step")
    parser.add_argument("--data", type=_a_file, metavar="FILE", help="a CSV of 客户姓名,联系电话,电子邮箱,家庭住址")
    return parser.parse_args(words)


def _a_file(text: str) -> Path:
    path = Path(text).resolve()
    if not path.is_file():
        raise argparse.ArgumentTypeError(f"there is no file {text}")
    return path


def _printed(told: Told) -> Told:
    mark = "✓" if told.proved else "✗"
    print(f"{mark} {told.number:2d}  {told.sentence}  ({told.seconds:.1f} s)", flush=True)
    for name, value in told.facts.items():
        print(f"       {name}: {value}", flush=True)
    return told


def _leave_open(stage: Stage) -> None:
    """Leave the rep's and the supervisor's app open until Ctrl-C, with the server behind them."""
    with open_apps((stage.rep, stage.supervisor), stage.folder / "apps.log") as apps:
        shown = show_in_browser(apps)
        print("\nThe apps are open in your browser:" if shown else "\nOpen these in a browser of this machine:")
        for app in apps:
            print(f"  {app.address}   {app.device.name}, PIN {app.pin}")
        print("Ctrl-C ends it and takes everything away again.", flush=True)
        try:
            if stage.server.process:
                stage.server.process.wait()
        except KeyboardInterrupt:
            print()


if __name__ == "__main__":
    sys.exit(main())
