"""The house style: how an archive calls itself, writes its numbers and months, and is coloured. Settings read it."""

from .colours import DARK, ENOUGH, LIGHT, Ground, accent_sheet, contrast, is_colour, lowest_contrast
from .digits import in_digits, number, percent
from .environment import BadTaste, is_one_line, read_logo, read_taste
from .house import DIGITS, FAMILIES, HOUSES, Taste, remember, taste
from .logo import LARGEST_LOGO, Logo, kind_of

__all__ = [
    "DARK",
    "DIGITS",
    "ENOUGH",
    "FAMILIES",
    "HOUSES",
    "LARGEST_LOGO",
    "LIGHT",
    "BadTaste",
    "Ground",
    "Logo",
    "Taste",
    "accent_sheet",
    "contrast",
    "in_digits",
    "is_colour",
    "is_one_line",
    "kind_of",
    "lowest_contrast",
    "number",
    "percent",
    "read_logo",
    "read_taste",
    "remember",
    "taste",
]
