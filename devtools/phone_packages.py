"""Which packages of others a phone carries: the project's dependencies with all that these bring along."""

import re
from importlib import metadata

from devtools.shipped import PROJECT

AN_EXTRA = re.compile(r";.*\bextra\b")


def canonical(name: str) -> str:
    """The one spelling of a package's name."""
    return re.sub(r"[-_.]+", "-", name).lower()


def phone_packages() -> set[str]:
    """Their names, read from what is installed; what is meant for another system is not installed here."""
    waiting = list(PROJECT["project"]["dependencies"])
    found: set[str] = set()
    while waiting:
        requirement = waiting.pop()
        name = canonical(re.split(r"[^\w.-]", requirement, maxsplit=1)[0])
        if name not in found and not AN_EXTRA.search(requirement) and _is_installed(name):
            found.add(name)
            waiting += metadata.requires(name) or []
    return found


def _is_installed(name: str) -> bool:
    return any(True for _ in metadata.distributions(name=name))
