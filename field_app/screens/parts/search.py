"""A box to search in, with the cross that empties it."""

import flet as ft

from field_app.screens.parts.button import sign_button
from field_app.screens.parts.field import HINT_LINES
from field_app.screens.parts.heard import words_in
from field_app.screens.parts.words import Do, icon, named
from field_app.theme.colours import Tone
from field_app.theme.measures import TOUCH, XS
from field_app.theme.styles import field_border


@ft.observable
class Search:
    """What is looked for, as it is typed."""

    def __init__(self) -> None:
        self.typed = ""


@ft.component
def search_box(search: Search, hint: str, clear: str, on_change: Do, *, here: bool = False) -> ft.Control:
    """A box; `hint` says by what one may search, `on_change` hears of another search, `here` takes the cursor."""

    def look_for(typed: str) -> None:
        search.typed = typed
        on_change()

    box = ft.TextField(value=search.typed, autofocus=here, autocorrect=False)
    box.hint_text, box.hint_max_lines = None if search.typed else hint, HINT_LINES  # a hidden one keeps its room, too
    box.on_change = lambda event: look_for(words_in(event))
    box.filled, box.fill_color, box.cursor_color = True, Tone.CARD, Tone.PRIMARY
    box.border = field_border(wrong=False)
    box.content_padding = ft.Padding(14, 14, TOUCH + XS if search.typed else 14, 14)
    box.prefix_icon = icon(ft.Icons.SEARCH_ROUNDED)
    empties = sign_button(ft.Icons.CLOSE_ROUNDED, clear, lambda: look_for(""))
    cross = [ft.Container(empties, right=XS, top=2)] if search.typed else []
    return ft.Stack([named(hint, box), *cross], fit=ft.StackFit.PASS_THROUGH)
