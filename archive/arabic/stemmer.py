"""Light stems: what is left of a folded word without clitics, article and inflection.

Light10 after Larkey, Ballesteros and Connell (2007), "Light Stemming for Arabic Information Retrieval", with two
additions: one-letter proclitics come off where word counts say that they are no part of the word, and plural
pronouns come off the end.
"""

import gzip
from functools import cache
from importlib.resources import files

_PROCLITICS = "وفبلكس"
_ARTICLES = ("وال", "بال", "كال", "فال", "ال", "لل")
_ENCLITICS = ("هما", "كما", "هم", "هن", "كم", "نا")
_SUFFIXES = ("ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي")
_SHORTEST_STEM = 3


@cache
def word_counts() -> dict[str, int]:
    """How often each folded word stands in a corpus of news; frozen with the version of the analysis."""
    data = files("archive.arabic").joinpath("data", "word_counts.tsv.gz").read_bytes()
    rows = (line.split("\t") for line in gzip.decompress(data).decode().splitlines())
    return {word: int(count) for word, count in rows}


def without_proclitics(word: str) -> str:
    """The word without leading و ف ب ل ك س, at most two, each only where the rest is the commoner word.

    A word of four letters must leave one ten times as common: فقال is ف and قال, but فريق is one word.
    """
    counts = word_counts()
    for _ in range(2):
        if len(word) < 4 or word[0] not in _PROCLITICS:
            break
        rest, times = word[1:], 10 if len(word) == 4 else 1
        if counts.get(rest, 0) < max(1, times * counts.get(word, 0)):
            break
        word = rest
    return word


def stem(word: str) -> str:
    """The light stem of a folded word without proclitics; words in other letters and numbers stay whole."""
    if not word or not "\u0621" <= word[0] <= "\u064a":
        return word
    if word[0] == "و" and len(word) > _SHORTEST_STEM + 1 and word[1:3] == "ال":
        word = word[1:]
    for article in _ARTICLES:
        if word.startswith(article) and len(word) - len(article) >= _SHORTEST_STEM - 1:
            word = word[len(article) :]
            break
    for enclitic in _ENCLITICS:
        if word.endswith(enclitic) and len(word) - len(enclitic) >= _SHORTEST_STEM:
            word = word[: -len(enclitic)]
            break
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= _SHORTEST_STEM - 1:
            word = word[: -len(suffix)]
    return word
