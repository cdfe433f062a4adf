"""Amounts of money as people read them."""

from decimal import Decimal, InvalidOperation


def price_words(amount: str) -> str:
    """An amount as a price tag has it: ¥2,600 or ¥99.50; what is no number stands for itself."""
    try:
        return f"¥{Decimal(amount):,.2f}".removesuffix(".00")
    except InvalidOperation:
        return amount
