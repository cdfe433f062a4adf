"""The codes that this device gives to new records: its own signs and a running number, so no other gives the same."""

from visit_core.ids import customer_number


class Codes:
    """Where the count stands; the store keeps `last` in the commit that keeps a record."""

    def __init__(self, device: str, last: int) -> None:
        self._device, self.last = device, last

    def fresh(self) -> str:
        """The next one, `C-K7M2ABCD-0001`; the number is used up, whatever becomes of the record."""
        self.last += 1
        return customer_number(self._device, self.last)
