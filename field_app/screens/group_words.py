"""What a group of customers is called at its head."""

from field_app.list_views import ListView
from field_app.screens.look import Look
from visit_core.picklists import CUSTOMER_TYPE, GRADE, INDUSTRY, LIFECYCLE_STAGE


def group_words(view: ListView, group: str, look: Look) -> str:
    """A grade, a stage, a type, an industry, a tag, or when somebody was last there."""
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
        case "seen":
            return look.says("list.seen_before") if group == "before" else look.says("list.seen_in", days=int(group))
    return group
