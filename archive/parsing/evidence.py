"""Who spoke a field, where on the page, and how far that can be trusted."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import islice, takewhile

from .tree import Element


@dataclass(frozen=True, slots=True)
class Evidence:
    rule: str
    """the rule that spoke the field: a vocabulary (`json-ld`), a place on the page (`h1`), a publisher's layout"""
    where: str = ""
    """the element or statement it was read from: «article > h1.title», «og:title»"""
    confidence: float | None = None
    """how often this rule was right about this field on pages whose truth is known; null where none measured it"""


def confidence(field: str, rule: str, is_layout: bool = False) -> float | None:
    """The share of pages on which a rule spoke a field rightly, from `data/confidence.tsv`.

    (right + 1) / (seen + 2), so that few pages never make certainty (Laplace's rule of succession).
    """
    return _measured().get((field, "layout" if is_layout else rule))


@lru_cache(maxsize=1)
def _measured() -> dict[tuple[str, str], float]:
    lines = files("archive.parsing").joinpath("data", "confidence.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {(field, rule): round((int(right) + 1) / (int(seen) + 2), 2) for field, rule, right, seen in rows}


def place_of(element: Element) -> str:
    """Where an element stands, by itself and two around it: «div#main > div.text > p»."""
    around = takewhile(lambda one: one.tag not in ("body", "html"), islice(element.iterancestors(), 2))
    return " > ".join(label(one) for one in reversed([element, *around]))


def label(element: Element) -> str:
    """An element as CSS would name it: «div#main», «p.lead»."""
    if name := element.get("id"):
        return f"{element.tag}#{name}"
    names = (element.get("class") or "").split()
    return f"{element.tag}.{names[0]}" if names else str(element.tag)
