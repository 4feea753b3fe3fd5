"""Whether a colour can be read on our paper, and which others go with an accent."""

import colorsys
import re
from typing import NamedTuple

ENOUGH = 4.5
"""WCAG 2.2, 1.4.3: of a text and its ground."""
ACCENT = ("#9b1c1c", "#f29a8e")
"""The stylesheet's own, on light paper and on dark."""
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_CLEAR = 7.0
"""What an accent is made to have on dark paper, as the house's own."""


class Ground(NamedTuple):
    """As in static/archive.css."""

    paper: str
    tint: str
    ink: str


LIGHT = Ground("#fdfcf9", "#f4f1ea", "#1d1a17")
DARK = Ground("#171513", "#211e1b", "#ece7df")


def is_colour(text: str) -> bool:
    return _COLOUR.fullmatch(text) is not None


def contrast(one: str, other: str) -> float:
    """WCAG's ratio of two colours, 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def lowest_contrast(accent: str, ground: Ground) -> float:
    """Accents stand on plain paper and on tinted, as text and below it."""
    return min(contrast(accent, ground.paper), contrast(accent, ground.tint))


def for_the_dark(accent: str) -> str:
    """The same hue, softer, lightened until it is clear on dark paper."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*(part / 255 for part in _parts(accent)))
    for step in range(round(lightness * 100), 101):
        lighter = _hex([part * 255 for part in colorsys.hls_to_rgb(hue, step / 100, saturation * 0.7)])
        if lowest_contrast(lighter, DARK) >= _CLEAR:
            return lighter
    return DARK.ink


def accent_sheet(light: str, dark: str) -> str:
    """A stylesheet that puts two accents in place of the house's own, with the shades of charts and tables."""
    pairs = zip(_shades(light, LIGHT, LIGHT.paper), _shades(dark, DARK, DARK.ink), strict=True)
    colours = {"accent": (light, dark)} | dict(zip(("s1", "s2", "s3", "s4", "h3"), pairs, strict=True))
    lines = "".join(
        f"  --{name}: light-dark({on_light}, {on_dark});\n" for name, (on_light, on_dark) in colours.items()
    )
    return f"@media screen {{ :root {{\n{lines}}} }}\n"  # on printed paper the accent is black


def _shades(accent: str, ground: Ground, on_h3: str) -> list[str]:
    """From thin to full; letters in ink can be read on the two thin ones, and in `on_h3` on the last."""
    thin = [_readable(accent, ground, share, ground.ink) for share in (0.22, 0.4)]
    return [*thin, _mixed(accent, ground.paper, 0.72), accent, _readable(accent, ground, 0.6, on_h3)]


def _readable(accent: str, ground: Ground, share: float, text: str) -> str:
    """The accent mixed with paper: thinner for letters in ink, fuller for letters in paper, until they can be read."""
    step = 0.02 if text == ground.paper else -0.02
    while 0 < share < 1 and contrast(_mixed(accent, ground.paper, share), text) < ENOUGH:
        share += step
    return _mixed(accent, ground.paper, min(max(share, 0), 1))


def _mixed(accent: str, paper: str, share: float) -> str:
    return _hex([a * share + p * (1 - share) for a, p in zip(_parts(accent), _parts(paper), strict=True)])


def _luminance(colour: str) -> float:
    parts = [part / 255 for part in _parts(colour)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _hex(parts: list[float]) -> str:
    return "#" + "".join(f"{round(part):02x}" for part in parts)
