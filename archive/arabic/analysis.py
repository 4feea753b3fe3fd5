"""The one analysis of documents, queries and highlights: text in, tokens with their place in it out."""

import re
from functools import cache, lru_cache
from importlib.resources import files
from itertools import chain, repeat
from typing import NamedTuple
from zlib import crc32

from .orthography import INVISIBLE, MARKS, bare, fold
from .stemmer import stem, without_proclitics

ANALYSIS_VERSION = "2"
"""Raised whenever terms change; an index made by another version must be rebuilt."""

_SIGNS = f"[{MARKS}{INVISIBLE}]"
WORD = re.compile(
    # «عبد الله» is one word, as عبدالله is
    rf"(?:(?:[وفبلك]{_SIGNS}*)?ع{_SIGNS}*ب{_SIGNS}*د{_SIGNS}*\s+(?=[اٱ]{_SIGNS}*ل))?"
    rf"[^\W_]+(?:(?:{_SIGNS}+|['’])[^\W_]+)*{_SIGNS}*"
)
_SPACE = re.compile(r"\s+")
_PUNCTUATION = '،.«»"():؛؟!,-…“”[]/'  # the commonest signs beside a word
_LONGEST_ABD = 24  # letters and signs of «وعبد» before its last letter
_DAL_BEFORE_AL = re.compile(rf"د{_SIGNS}*\s+(?=[اٱ]{_SIGNS}*ل)")
_ENDS_IN_ABD = re.compile(rf"(?<![^\W_])(?<![^\W_]['’])(?<![{_SIGNS[1:-1]}])(?:[وفبلك]{_SIGNS}*)?ع{_SIGNS}*ب{_SIGNS}*$")


class Terms(NamedTuple):
    """The forms under which a word can be found, from the strictest to the widest."""

    surface: str
    """as written, without vowel signs: إيران is not ايران"""
    exact: str
    """folded: إيران is ايران"""
    stem: str
    """its light stem: بإيران is ايران"""
    tells: bool
    """whether the word tells anything of a text: في and من do not"""
    number: int = 0
    """its stem as thirty-two bits, the same on every machine"""


class Token(NamedTuple):
    """A word of a text. `start` and `end` cut the original, signs and all, out of it."""

    exact: str
    stem: str
    start: int
    end: int
    terms: Terms


@cache
def _variants() -> dict[str, str]:
    """Spellings of one word that folding does not bring together, each with the form that stands for it."""
    data = files("archive.arabic").joinpath("data", "variants.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in data.splitlines() if not line.startswith("#"))
    return {row[0]: row[1] for row in rows}


@cache
def _stop_words() -> frozenset[str]:
    """Words as written: folded, the name علي would be the word على."""
    data = files("archive.arabic").joinpath("data", "stop_words.txt").read_text(encoding="utf-8")
    return frozenset(word for line in data.splitlines() if not line.startswith("#") for word in line.split())


@lru_cache(maxsize=100_000)
def terms(word: str) -> Terms:
    """The forms of one word as written; all empty when nothing but signs is left of it."""
    word = _SPACE.sub("", word)
    exact, variants = fold(word), _variants()
    exact = variants.get(exact, exact)
    plain = without_proclitics(exact)
    light = stem(variants.get(plain, plain))
    surface = bare(word)
    return Terms(surface, exact, light, surface not in _stop_words(), crc32(light.encode("utf-8", "surrogatepass")))


def words(text: str) -> list[Terms]:
    """The words of a text in order, as `analyse` finds them, in half the time: what stands between two spaces is
    looked at once."""
    between_spaces = _DAL_BEFORE_AL.sub(_closed_up, text).split()
    if len(_seen) > _MOST_SEEN:
        _seen.clear()
    return list(chain.from_iterable(map(_seen.__getitem__, map(str.strip, between_spaces, repeat(_PUNCTUATION)))))


def _closed_up(found: re.Match[str]) -> str:
    """«عبد الله» without its space, anything else as it is."""
    before = found.string[max(0, found.start() - _LONGEST_ABD) : found.start()]
    return found[0].rstrip() if _ENDS_IN_ABD.search(before) else found[0]


class _Seen(dict[str, tuple[Terms, ...]]):
    """The words between two spaces. A plain dictionary: to keep the order of use costs as much as looking a word up."""

    def __missing__(self, text: str) -> tuple[Terms, ...]:
        known = self[text] = tuple(found for word in WORD.findall(text) if (found := terms(word)).exact)
        return known


_seen = _Seen()
_MOST_SEEN = 250_000


def analyse(text: str) -> list[Token]:
    """The words of a text in order, with their places."""
    found = ((terms(match[0]), match.start(), match.end()) for match in WORD.finditer(text))
    return [Token(forms.exact, forms.stem, start, end, forms) for forms, start, end in found if forms.exact]
