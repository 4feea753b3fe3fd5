"""Numbers in the digits that the archive has chosen. Machines (addresses, CSV, JSON, `datetime`) are given ASCII."""

from .house import taste

ARABIC_INDIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
SEPARATED = str.maketrans("0123456789,.", "٠١٢٣٤٥٦٧٨٩٬٫")


def in_digits(text: object) -> str:
    """A text of ours with its digits as chosen; what a page or a reader wrote keeps its own."""
    return str(text).translate(ARABIC_INDIC) if taste().digits == "arabic-indic" else str(text)


def number(n: float | None) -> str:
    """`1234567.5` is «1,234,567.5» or «١٬٢٣٤٬٥٦٧٫٥»."""
    text = f"{n or 0:,}"
    return text.translate(SEPARATED) if taste().digits == "arabic-indic" else text


def percent(share: float) -> str:
    return in_digits(f"{share:.0%}".replace("%", "٪"))
