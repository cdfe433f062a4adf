"""What a customer allows us today, from all that they ever said of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from visit_core.fields import Fields
from visit_core.notices import notice

Standing = Literal["given", "refused", "withdrawn", "never_asked"]
SAID_NO: frozenset[Standing] = frozenset({"refused", "withdrawn"})


@dataclass(frozen=True, slots=True)
class Allowed:
    """What stands for one purpose; `is_outdated` if another text was heard than the present one."""

    standing: Standing
    is_outdated: bool = False

    @property
    def may(self) -> bool:
        """Whether we may do it."""
        return self.standing == "given" and not self.is_outdated


def allowed(consents: Iterable[Fields], purpose: str) -> Allowed:
    """What stands for that purpose: the last word.

    A no counts before a yes of the same moment, and a yes to an older text never overrules a withdrawal.
    """
    said = sorted((one for one in consents if one.get("purpose") == purpose), key=_order)
    if not said:
        return Allowed("never_asked")
    last = said[-1]
    taken_back = [one for one in said if one.get("state") == "withdrawn"]
    if last.get("state") == "given" and any(_version(one) > _version(last) for one in taken_back):
        last = taken_back[-1]
    match last.get("state"):
        case "given" | "refused" | "withdrawn" as standing:
            return Allowed(standing, standing == "given" and _is_outdated(last, purpose))
    return Allowed("never_asked")


def _order(consent: Fields) -> tuple[str, bool]:
    return str(consent.get("given_at")), consent.get("state") != "given"


def _version(consent: Fields) -> int:
    version = consent.get("notice_version")
    return version if isinstance(version, int) else 0


def _is_outdated(consent: Fields, purpose: str) -> bool:
    present = notice(purpose)
    return present is not None and _version(consent) < present.version
