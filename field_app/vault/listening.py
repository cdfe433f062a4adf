"""Who hears what the vault has committed."""

import weakref
from collections.abc import Callable, Sequence

from field_app.vault.ops import Op

Heard = Callable[[Sequence[Op]], None]


class Listeners:
    """Methods that are told each commit, as long as somebody else holds what they belong to."""

    def __init__(self) -> None:
        self.methods: list[weakref.WeakMethod[Heard]] = []  # some of whose objects may be gone

    def add(self, heard: Heard) -> None:
        """Tell a method each commit from here on. Held firmly, its object would hold the open file it stands on."""
        self.methods = [method for method in self.methods if method() is not None]
        self.methods.append(weakref.WeakMethod(heard))

    def tell(self, ops: Sequence[Op]) -> None:
        """Tell what is durable now."""
        for method in self.methods:
            heard = method()
            if heard:
                heard(ops)
