"""The ways to keep visits that take turns: one file each, all with the face of `Peer`."""

from collections.abc import Iterable
from typing import Protocol

from bench.store.made_up import Made


class Peer(Protocol):
    """A store of visits and of the changes that tell of them. Visits are numbered 1, 2, 3 … as they come."""

    name: str

    def fill(self, visits: Iterable[Made]) -> None:
        """Keep all of them at once; not measured."""

    def capture(self, visit: Made, entry: Made) -> None:
        """Keep a visit and its change in one durable commit."""

    def settle(self, count: int) -> None:
        """Let go of the oldest `count` changes, in one durable commit."""

    def update(self, visit_id: str, fields: Made) -> None:
        """Change fields of the visit with that id, durably."""

    def visit(self, number: int) -> Made:
        """The visit of that number."""

    def visit_by_id(self, visit_id: str) -> Made:
        """The visit with that id."""

    def visits_at(self, customer_id: str, since: str, until: str) -> list[Made]:
        """A customer's visits of the days from `since` to `until`."""

    def rest(self) -> None:
        """Nobody waits: what is better done now than within a save."""

    def close(self) -> None:
        """Done."""
