"""The one analysis of documents, queries and highlights: text in, tokens with their place in it out."""

import re
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from .orthography import INVISIBLE, MARKS, fold
from .stemmer import stem

ANALYSIS_VERSION = "1"
"""Raised whenever terms change; an index made by another version must be rebuilt."""

WORD = re.compile(rf"[^\W_](?:[^\W_]|[{MARKS}{INVISIBLE}]|['’](?=[^\W_]))*")


class Token(NamedTuple):
    """A word of a text. `start` and `end` cut the original, signs and all, out of it."""

    exact: str
    """the folded word"""
    stem: str
    """its light stem"""
    start: int
    end: int


@cache
def _variants() -> dict[str, str]:
    """Spellings of one word that folding does not bring together, each with the form that stands for it."""
    data = files("archive.arabic").joinpath("data", "variants.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in data.splitlines() if not line.startswith("#"))
    return {row[0]: row[1] for row in rows}


@lru_cache(maxsize=100_000)
def terms(word: str) -> tuple[str, str]:
    """(exact, stem) of one word as written; ("", "") when nothing but signs is left of it."""
    exact = fold(word)
    exact = _variants().get(exact, exact)
    return exact, stem(exact)


def analyse(text: str) -> list[Token]:
    """The words of a text in order. «عبد الله» is one token, as عبدالله is."""
    tokens: list[Token] = []
    for found in WORD.finditer(text):
        exact, light = terms(found[0])
        if not exact:
            continue
        if tokens and tokens[-1].exact == "عبد" and exact.startswith("ال") and _adjacent(text, tokens[-1].end, found):
            exact = "عبد" + exact
            tokens[-1] = Token(exact, stem(exact), tokens[-1].start, found.end())
        else:
            tokens.append(Token(exact, light, found.start(), found.end()))
    return tokens


def _adjacent(text: str, end: int, found: re.Match[str]) -> bool:
    return text[end : found.start()].isspace()
