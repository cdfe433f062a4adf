"""The cells of registers that one change has set at once: looked at, they are cells like any others.

Most records are made by one change and read long after, if ever: nobody makes a dozen cells of them in vain.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from visit_core.change import Registers
from visit_core.merge import Cell


@dataclass(slots=True, eq=False)
class SetAtOnce(Mapping[str, Cell]):
    """What one change has set, when, by whom, under which numbers."""

    registers: Registers
    at: str
    by: str
    seq: int
    was: int = 0
    words: str = ""  # all of them but `created_at`, as JSON, where that is at hand: the record was made with these

    def __getitem__(self, name: str) -> Cell:
        return Cell(self.registers[name], self.at, self.by, self.seq, self.was)

    def __contains__(self, name: object) -> bool:
        return name in self.registers

    def __iter__(self) -> Iterator[str]:
        return iter(self.registers)

    def __len__(self) -> int:
        return len(self.registers)
