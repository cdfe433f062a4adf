"""Imports all of a folder with nothing of ours beside it, and no package that a phone does not carry.

Run as `python -I -m devtools.alone FOLDER` in the main environment; exits with the first import that fails.
"""

import sys
from collections.abc import Sequence
from importlib import import_module, metadata
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType

from devtools.phone_packages import canonical, phone_packages
from devtools.shipped import ROOT


class NotOnAPhone(MetaPathFinder):
    """Refuses what is installed here and would be missing there."""

    def __init__(self, refused: frozenset[str]) -> None:
        self._refused = refused

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Leave the search to others, or end it."""
        if fullname.partition(".")[0] in self._refused:
            raise ModuleNotFoundError(f"a phone does not carry {fullname}", name=fullname)
        return None


def stand_alone(folder: Path) -> None:
    """From here on only the folder, the standard library and the phone's packages can be imported."""
    refused = _strangers()
    sys.path[:] = [str(folder), *(entry for entry in sys.path if Path(entry).resolve() != ROOT)]
    sys.meta_path.insert(0, NotOnAPhone(refused))
    sys.dont_write_bytecode = True
    for name in [name for name in sys.modules if name.partition(".")[0] == "devtools"]:
        del sys.modules[name]  # or it could still be imported from here


def modules_of(folder: Path) -> list[str]:
    """Every module in the folder, by its dotted name."""
    paths = sorted(path.relative_to(folder).with_suffix("") for path in folder.rglob("*.py"))
    return [".".join(path.parts).removesuffix(".__init__") for path in paths]


def _strangers() -> frozenset[str]:
    carried = phone_packages()
    owners = metadata.packages_distributions()
    return frozenset(name for name, packages in owners.items() if not carried & {canonical(each) for each in packages})


if __name__ == "__main__":
    place = Path(sys.argv[1]).resolve()
    stand_alone(place)
    for module in modules_of(place):
        import_module(module)
    import_module("visit_core.explain").sentence("app.name", "zh")  # the texts have come along
