"""What came of a trial: how often, in which ways it ended, and every loss by name."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Tally:
    """Counts of one trial."""

    name: str
    tried: int = 0
    ends: Counter[str] = field(default_factory=Counter)
    losses: list[str] = field(default_factory=list)
    could_not: str = ""  # why this machine does not allow the trial

    def ended(self, how: str) -> None:
        """One more, and how it ended."""
        self.tried += 1
        self.ends[how] += 1

    def counted(self, what: str, times: int = 1) -> None:
        """Something worth a count that is not an end of its own."""
        self.ends[what] += times

    def lost(self, what: str) -> None:
        """One more, and it must not have ended so."""
        self.tried += 1
        self.losses.append(what)

    def __str__(self) -> str:
        """One line."""
        if self.could_not:
            return f"- {self.name}: not on this machine: {self.could_not}"
        ends = ", ".join(f"{count:,} {how}" for how, count in self.ends.most_common())
        lost = "".join(f"\n    LOSS {what}" for what in self.losses[:10])
        return (
            f"{'✗' if self.losses else '✓'} {self.name}: {self.tried:,} tried; {ends}; {len(self.losses)} losses{lost}"
        )

    def as_json(self) -> dict[str, Any]:
        """For `--json`."""
        return {
            "trial": self.name,
            "tried": self.tried,
            "ends": dict(self.ends),
            "losses": self.losses,
            "could_not": self.could_not,
        }
