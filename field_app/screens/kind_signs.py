"""The sign of each kind of record, the same on the timeline, in lists and on the sheet where one is begun."""

from collections.abc import Mapping

import flet as ft

SIGNS: Mapping[str, ft.IconData] = {
    "customer": ft.Icons.PERSON_OUTLINE_ROUNDED,
    "visit": ft.Icons.DOOR_FRONT_DOOR_OUTLINED,
    "contact_record": ft.Icons.CALL_OUTLINED,
    "purchase": ft.Icons.SHOPPING_BAG_OUTLINED,
    "followup": ft.Icons.NOTIFICATIONS_NONE_ROUNDED,
    "need": ft.Icons.LIGHTBULB_OUTLINE_ROUNDED,
    "complaint": ft.Icons.FEEDBACK_OUTLINED,
    "opportunity": ft.Icons.TRENDING_UP_ROUNDED,
    "preference": ft.Icons.FAVORITE_BORDER_ROUNDED,
    "satisfaction_rating": ft.Icons.SENTIMENT_SATISFIED_ALT_ROUNDED,
    "behaviour_event": ft.Icons.ADS_CLICK_ROUNDED,
    "consent": ft.Icons.VERIFIED_USER_OUTLINED,
    "campaign_participation": ft.Icons.CAMPAIGN_OUTLINED,
    "lifecycle_event": ft.Icons.TIMELINE_ROUNDED,
    "customer_merge": ft.Icons.CALL_MERGE_ROUNDED,
    "attachment": ft.Icons.PHOTO_OUTLINED,
    "conflict": ft.Icons.CALL_SPLIT_ROUNDED,
}


def sign_of(kind: str) -> ft.IconData:
    """The sign of a kind; all tables of the organisation's own have one."""
    return SIGNS.get(kind, ft.Icons.TABLE_CHART_OUTLINED)
