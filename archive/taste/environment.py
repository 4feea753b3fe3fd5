"""The taste that the environment's values tell. A wrong value stops the start and says what is possible."""

import unicodedata
from pathlib import Path

from .colours import DARK, ENOUGH, LIGHT, Ground, is_colour, lowest_contrast
from .house import DIGITS, FAMILIES, Taste
from .logo import LARGEST_LOGO, Logo, kind_of


class BadTaste(ValueError):
    """A value that cannot be followed; its text names the variable."""


def read_taste(*, name: str, motto: str, months: str, digits: str, accent: str, accent_dark: str) -> Taste:
    _one_line("ARCHIVE_NAME", name)
    _one_line("ARCHIVE_MOTTO", motto)
    _one_of("MONTH_NAMES", months, FAMILIES)
    _one_of("DIGITS", digits, DIGITS)
    _visible("ACCENT", accent, LIGHT)
    _visible("ACCENT_DARK", accent_dark, DARK)
    return Taste(name.strip(), motto.strip(), months, digits, accent, accent_dark)


def read_logo(path: str) -> Logo:
    try:
        with Path(path).open("rb") as file:
            content = file.read(LARGEST_LOGO + 1)
    except (OSError, ValueError) as error:
        raise BadTaste(f"ARCHIVE_LOGO={path} cannot be read: {error}") from error
    if len(content) > LARGEST_LOGO:
        raise BadTaste(f"ARCHIVE_LOGO={path} is larger than {LARGEST_LOGO // 1024} KB.")
    if not (kind := kind_of(content)):
        raise BadTaste(f"ARCHIVE_LOGO={path} is neither SVG nor PNG nor WebP.")
    return Logo(kind, content)


def is_one_line(text: str) -> bool:
    """Whether every letter can be printed, in a feed as well: XML has no control characters."""
    return not any(unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp") for letter in text)


def _one_line(variable: str, text: str) -> None:
    if not is_one_line(text):
        raise BadTaste(f"{variable} holds control characters.")


def _one_of(variable: str, value: str, known: tuple[str, ...]) -> None:
    if value not in known:
        raise BadTaste(f"{variable}={value} is not known: one of {', '.join(known)}.")


def _visible(variable: str, colour: str, ground: Ground) -> None:
    if not colour:
        return
    if not is_colour(colour):
        raise BadTaste(f"{variable}={colour} is no colour: six hexadecimal digits after #, such as #0b5d3b.")
    if (found := lowest_contrast(colour, ground)) < ENOUGH:
        raise BadTaste(f"{variable}={colour} is too faint: its contrast to the paper is {found:.1f}, not {ENOUGH}.")
