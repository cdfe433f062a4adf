"""`python -m bench NAME …`: run one bench. A new one is one file and one line in BENCHES."""

import importlib
import sys
from collections.abc import Sequence

BENCHES = {
    "store": "bench.store.run",
    "ui": "bench.ui.run",
    "sync": "bench.sync.run",
}


def main(words: Sequence[str]) -> int:
    """Run the bench the first word names; 2 if there is none of that name."""
    name, *more = words or ["-h"]
    if name not in BENCHES:
        sys.stderr.write(f"dev.py bench {'|'.join(BENCHES)} …\n")
        return 0 if name in ("-h", "--help") else 2
    status: int = importlib.import_module(BENCHES[name]).main(more)
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
