"""`python -m torture NAME …`: run one campaign. A new one is one file and one line in CAMPAIGNS."""

import importlib
import sys
from collections.abc import Sequence

CAMPAIGNS = {
    "store": "torture.store.run",
    "tinydb": "torture.tinydb",
}


def main(words: Sequence[str]) -> int:
    """Run the campaign the first word names; 2 if there is none of that name."""
    name, *more = words or ["-h"]
    if name not in CAMPAIGNS:
        sys.stderr.write(f"dev.py torture {'|'.join(CAMPAIGNS)} …\n")
        return 0 if name in ("-h", "--help") else 2
    status: int = importlib.import_module(CAMPAIGNS[name]).main(more)
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
