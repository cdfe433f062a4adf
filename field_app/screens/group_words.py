"""What a group of customers is called at its head."""

from field_app.list_views import ListView
from field_app.screens.look import Look
from visit_core.divisions import name_of, path_of
from visit_core.picklists import CUSTOMER_TYPE, GRADE, INDUSTRY, LIFECYCLE_STAGE, REGION


def group_words(view: ListView, group: str, look: Look) -> str:
    """A grade, a stage, a type, an industry, a place, a tag, or when somebody was last there."""
    if not group:
        return look.says(f"list.without.{view.group}")
    match view.group:
        case "grade":
            return f"{group} {GRADE.label(group, look.lang)}"
        case "stage":
            return LIFECYCLE_STAGE.label(group, look.lang)
        case "type":
            return CUSTOMER_TYPE.label(group, look.lang)
        case "industry":
            return INDUSTRY.label(group, look.lang)
        case "side" | "province" | "city":
            return place_words(group, look)
        case "seen":
            return look.says("list.seen_before") if group == "before" else look.says("list.seen_in", days=int(group))
    return group


def place_words(code: str, look: Look) -> str:
    """国内, 境外, or a place under the province that it lies in."""
    return "".join(path_of(code)) if name_of(code) else REGION.label(code, look.lang)
