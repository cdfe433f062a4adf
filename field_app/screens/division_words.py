"""A province, city, district or street as people call it, for everywhere that a place is read."""

from field_app.screens.look import Look
from visit_core.divisions import name_of, path_of


def division_name(said: str, look: Look) -> str:
    """The name alone. A code that the table does not know is said to be one; a street in words stands for itself."""
    return name_of(said) or _unknown(said, look)


def division_path(code: str, look: Look) -> str:
    """A place after those above it: 北京市·朝阳区. Empty for no code."""
    return look.says("division.join").join(path_of(code)) or _unknown(code, look)


def _unknown(said: str, look: Look) -> str:
    return look.says("division.unknown", code=said) if said.isdigit() else said
