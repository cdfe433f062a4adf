"""How far somebody is in a customer's page: which view, how far scrolled, what is shown in full or looked back at."""

import flet as ft

from field_app.screens.doing import Do
from field_app.screens.eyes import Eyes
from field_app.screens.field_past import Recalling


@ft.observable
class Reading:
    """Which view of a customer one reads, and what of it is opened."""

    def __init__(self, customer: str, do: Do, *, by_mouse: bool = False) -> None:
        self.tab = "timeline"
        self.is_past_head = False
        self._do, self._by_mouse = do, by_mouse
        self.turn_to(customer)

    def turn_to(self, customer: str) -> None:
        """Read another customer: what was shown of one is no reason to show it of another."""
        self.eyes = Eyes("customer", customer, self._do)
        self.recalling = Recalling("customer", customer, self._do, by_mouse=self._by_mouse)

    def choose(self, tab: str) -> None:
        """Show another view."""
        self.tab = tab
