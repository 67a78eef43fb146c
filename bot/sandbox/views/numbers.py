"""Numbers as JavaScript writes them."""


def plain(number: float) -> int | float:
    """Return whole numbers without a decimal point."""
    return int(number) if number == int(number) else number
