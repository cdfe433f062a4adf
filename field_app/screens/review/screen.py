"""审核: a list that opens visits on a phone; list, visit and keys side by side at a desk."""

import flet as ft

from field_app.actions.review_queue import ReviewQueue
from field_app.screens.doing import Do
from field_app.screens.look import Look
from field_app.screens.review.desk import review_desk
from field_app.screens.review.phone import review_list


@ft.component
def review_screen(model: ReviewQueue, do: Do, look: Look) -> ft.Control:
    """The queue, as the width allows."""
    return review_desk(model, do, look) if look.is_desk else review_list(model, do, look)
