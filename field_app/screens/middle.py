"""A page's content in the middle of a wide window, where it reads well; on a phone as it is."""

import flet as ft

from field_app.screens.look import Look
from field_app.theme.measures import MARGIN, TEXT_WIDTH


def middle(content: ft.Control, look: Look, *, grows: bool = True) -> ft.Control:
    """What scrolls grows to the height there is; a head or a bar does not."""
    if not look.is_desk:
        return content
    held = ft.Container(content, width=TEXT_WIDTH + 2 * MARGIN)
    stretched = ft.CrossAxisAlignment.STRETCH if grows else ft.CrossAxisAlignment.CENTER
    return ft.Row([held], alignment=ft.MainAxisAlignment.CENTER, expand=grows, vertical_alignment=stretched)
