"""Which PINs and passphrases are worth having."""

import pytest

from field_app.vault.pins import check_pin
from visit_core.errors import NotValid


@pytest.mark.parametrize("pin", ["", "12345", "000000", "777777", "123456", "234567", "654321", "abcdef", "a1b2c3"])
def test_a_pin_that_is_guessed_at_once_is_refused(pin: str) -> None:
    with pytest.raises(NotValid):
        check_pin(pin, has_secret=True)


@pytest.mark.parametrize("pin", ["482913", "112233", "９０２１４７", "correct horse"])
def test_six_honest_digits_or_a_passphrase_will_do_with_a_device_secret(pin: str) -> None:
    check_pin(pin, has_secret=True)


def test_without_a_device_secret_only_a_passphrase_will_do() -> None:
    check_pin("correct horse", has_secret=False)
    for pin in ("482913", "123456789", "aaaaaaaaaa", "0123456789"):
        with pytest.raises(NotValid):
            check_pin(pin, has_secret=False)
