"""The gazetteer: capitals, cities, regions and countries that datelines name."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from .orthography import key


@cache
def _places() -> dict[str, str]:
    """Folded name → the name as it is usually printed."""
    data = files("archive.arabic").joinpath("data", "places.tsv").read_text(encoding="utf-8")
    names = (name.strip() for line in data.splitlines() if not line.startswith("#") for name in line.split("\t"))
    return {key(name): name for name in names if name}


def is_place(text: str) -> bool:
    """Whether the whole text is the name of a known place; «أبوظبي» and «أبو ظبي» alike."""
    name = key(text)
    return name in _places() or name.replace(" ", "") in _joined()


@cache
def _joined() -> frozenset[str]:
    return frozenset(name.replace(" ", "") for name in _places())
