#!/usr/bin/env python3
"""Every command a developer needs; `python3 dev.py` lists them. Needs Python 3.11 and nothing else."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 -- an older Python must be told, not stumble
    sys.exit("This project needs Python 3.11 or newer; this is " + sys.version.split()[0] + ".")

from devtools.commands import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
