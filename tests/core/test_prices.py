"""Does an amount read like a price tag?"""

import pytest

from visit_core.prices import price_words


@pytest.mark.parametrize(
    ("amount", "said"), [("2600.00", "¥2,600"), ("99.5", "¥99.50"), ("1234567", "¥1,234,567"), ("面议", "面议")]
)
def test_an_amount_is_read_as_a_price_tag_has_it(amount, said):
    assert price_words(amount) == said
