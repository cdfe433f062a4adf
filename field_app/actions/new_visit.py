"""＋拜访: what a search that found nobody tells of a new customer."""

from visit_core import phones


def given_by_search(typed: str) -> dict[str, str]:
    """The number, if it is one, else the name."""
    words = typed.strip()
    if not words:
        return {}
    return {"mobile": words} if phones.digits("".join(words.split())).isdigit() else {"name": words}
