"""Where a person is in the app: a screen, and what it is about."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A screen by name, and the id or word that it is about; empty for a screen about nothing in particular."""

    screen: str
    about: str = ""

    def __str__(self) -> str:
        return f"/{self.screen}/{self.about}" if self.about else f"/{self.screen}"


TODAY, CUSTOMERS, REMINDERS, MINE = (Place(name) for name in ("today", "customers", "reminders", "mine"))
REVIEW, CONFLICTS = Place("review"), Place("conflicts")
SYNC, NEW_VISIT, CHANCES = Place("sync"), Place("new_visit"), Place("chances")
FIELDS, FORMS, LABELS = Place("fields"), Place("forms"), Place("labels")


def homes_of(role: str) -> tuple[Place, ...]:
    """The four places under a person's thumb; ＋拜访 stands in their middle, ＋字段 for who visits nobody."""
    if role == "admin":
        return FIELDS, FORMS, LABELS, MINE
    if role == "supervisor":
        return REVIEW, CUSTOMERS, CONFLICTS, MINE
    return TODAY, CUSTOMERS, REMINDERS, MINE


def place_at(address: str) -> Place:
    """The place that an address names."""
    screen, _, about = address.strip("/").partition("/")
    return Place(screen, about)
