"""What the pages follow: the environment's, with what the desk has set over it."""

from dataclasses import dataclass

from .colours import ACCENT, for_the_dark

FAMILIES = ("egyptian", "levantine", "moroccan", "tunisian", "both")
DIGITS = ("western", "arabic-indic")


@dataclass(frozen=True, slots=True)
class Taste:
    name: str = "ورّاق"
    motto: str = "أرشيف الصحافة العربية"
    months: str = "egyptian"
    digits: str = "western"
    accent: str = ""
    """`#rrggbb` on light paper; empty: the stylesheet's own"""
    accent_dark: str = ""
    """the same on dark paper; empty: made from `accent`"""
    logo: str = ""
    """the logo's SHA-256; empty: none"""

    @property
    def accents(self) -> tuple[str, str]:
        """The accent on light paper and on dark."""
        light = self.accent.lower() or ACCENT[0]
        dark = self.accent_dark.lower() or (ACCENT[1] if light == ACCENT[0] else for_the_dark(light))
        return light, dark

    @property
    def sheet_version(self) -> str:
        """Names the stylesheet of the accent; empty where the colours are the house's own."""
        return "" if self.accents == ACCENT else "-".join(self.accents).replace("#", "")


HOUSES = {"ar": Taste(), "en": Taste("Warraq", "An archive of the Arabic press")}
"""The style of a house that has chosen none, by the language of its pages."""

_current = Taste()


def taste() -> Taste:
    return _current


def remember(settled: Taste) -> None:
    """From now on this process follows it."""
    global _current
    _current = settled
