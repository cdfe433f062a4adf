"""`python -m torture.wires.alone FOLDER CHANGES`: a device in a process of its own, so that its memory can be told.

On stdin comes its owner, then an address a line, at which it tries to sync; what has come of it goes to stdout.
"""

import json
import resource
import sys
from pathlib import Path

from torture.wires.device import Device, Owner, tries

AT_ONCE = 1_000  # kept in one commit, as by an import


def main(words: list[str]) -> None:
    """Keep the changes, then try at every address there comes."""
    folder, changes = Path(words[0]), int(words[1])
    device = Device.of(folder, Owner.model_validate_json(sys.stdin.readline()))
    made = [id for begun in range(0, changes, AT_ONCE) for id in device.keeps(min(AT_ONCE, changes - begun))]
    device.rests()
    (folder / "made.json").write_text(json.dumps(made), "utf-8")
    _say(device, is_through=False)
    for line in sys.stdin:
        is_through = tries(device, line.strip())
        device.rests()
        _say(device, is_through=is_through)
    device.close()


def _say(device: Device, *, is_through: bool) -> None:
    waiting = device.store.waiting()
    numbered = sum(entry.n is not None for entry in waiting)
    named = device.store.progress().next_n - 1 - numbered
    told = {"is_through": is_through, "waiting": len(waiting), "named": named, "most_mb": most_mb()}
    print(json.dumps(told), flush=True)


def most_mb() -> float:
    """The most this process ever held. What the system tells of a child begins with what its parent held."""
    status = Path("/proc/self/status")
    if status.exists():
        (line,) = (line for line in status.read_text("ascii").splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1 << 20) if sys.platform == "darwin" else most / 1024


if __name__ == "__main__":
    main(sys.argv[1:])
