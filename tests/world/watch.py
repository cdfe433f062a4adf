"""What is looked at in every answer, while the story goes on."""

from collections.abc import Sequence

from sync_server.auth import Principal
from visit_core.ids import lead_scope
from visit_core.protocol import FeedRow, SyncResponse


class Broken(AssertionError):
    """A promise was broken: which, and by what (ids and counts)."""

    def __init__(self, promise: str, *facts: object) -> None:
        super().__init__(" ".join([promise, *map(str, facts)]))
        self.promise = promise


def check_answer(principal: Principal, answer: bytes) -> None:
    """I6 nobody is sent a row outside their scopes; I5 a page is a prefix and its cursors lie within the head."""
    told = SyncResponse.model_validate_json(answer)
    page = told.pull
    if page is None:
        return
    check_rows(principal, page.rows)
    numbers = [row.seq for row in page.rows]
    if numbers != sorted(numbers):
        raise Broken("page_out_of_order")
    if any(at > page.head for at in page.cursors.values()) and page.cursors:
        raise Broken("cursor_beyond_head", page.head)


def check_rows(principal: Principal, rows: Sequence[FeedRow]) -> None:
    """I6: all of them lie where that person may see."""
    allowed = {f"team:{principal.team}", f"form:{principal.team}", f"user:{principal.person}"}
    allowed |= {lead_scope(principal.team)} if principal.role == "supervisor" else set()
    for row in rows:
        if row.scope not in allowed:
            raise Broken("scope_leak", row.kind, row.id)
