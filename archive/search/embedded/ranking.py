"""In which order: what each word of a question adds to the rank of a document (BM25, as it is).

All is plain terms, so that the engine can pass over most documents without a look (block-max WAND); nearness, too: two
words that follow each other are a term of their own. That nearness helps is after Metzler and Croft, "A Markov Random
Field Model for Term Dependencies" (2005). Weights were chosen on one half of the known-item questions of
`tests/benchmarks/ranking.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tantivy import Query

from archive.arabic import Terms, pairs_of

from ..engine import AllOf, AnyOf, Node, Phrase, Prefer, Word
from .matching import term
from .schema import clock

_STEM, _SPELLING, _NEAR = 2.6, 1.0, 0.4
"""A word's stem (the index holds those of headline and beginning more often); its very spelling; it and the next side
by side."""
_MOST_WORDS = 48
_PREFERRED = 2.0
_FRESH = 0.05
_YEAR = clock(365 * 24 * 60)
BLOCK = 20
"""Hits that are put in order together."""


def words_of(node: Node | None) -> list[Terms]:
    """The words that a node would like to find, in order; not those it refuses."""
    return list(dict.fromkeys(_words(node)))[:_MOST_WORDS]


def _words(node: Node | None) -> Iterator[Terms]:
    if isinstance(node, Word):
        yield node.terms
    elif isinstance(node, Phrase):
        yield from node.words
    elif isinstance(node, AllOf | AnyOf | Prefer):
        for part in node.nodes:
            yield from _words(part)


def is_plain(node: Node | None) -> bool:
    """Whether any word of a node, by its stem and anywhere, is enough to match: then ranking finds the matches."""
    parts = node.nodes if isinstance(node, AnyOf) else (node,)
    return all(isinstance(part, Word) and part.form == "stem" and not part.in_headline for part in parts)


def clauses(words: Sequence[Terms]) -> list[Query]:
    """What the words add to a document's rank."""
    found = []
    for word in words:
        found.append(_weighted("stem", word.stem, _STEM))
        found.append(_weighted(_closest(word), getattr(word, _closest(word)), _SPELLING))
    return found + [_weighted("pair", pair, _NEAR) for pair in dict.fromkeys(pairs_of(words))]


def _closest(word: Terms) -> str:
    """The field of a word's very spelling: who types a hamza means it, who types none may mean any. A last ي is meant:
    the name علي is not the word على."""
    return "surface" if word.surface != word.exact or word.surface.endswith("ي") else "exact"


def _weighted(name: str, value: str, weight: float) -> Query:
    return Query.boost_query(term(name, value), weight)


def alike(weights: Sequence[tuple[str, float]]) -> list[Query]:
    """What the telling words of a story add to the rank of another."""
    return [_weighted("stem", stem, weight) for stem, weight in weights]


def prefer(query: Query, weights: Sequence[tuple[str, float]]) -> Query:
    """What it adds that a story lies where one would rather have it: as much as two of the strongest words."""
    return Query.const_score_query(query, _PREFERRED * max((weight for _, weight in weights), default=1.0))


Found = tuple[int, float, int | None]
"""(id, score, clock)"""


def in_blocks(found: Sequence[Found]) -> list[int]:
    """The ids, the best first, block by block: so a page costs no more than itself, and no story
    moves to another page."""
    blocks = (found[start : start + BLOCK] for start in range(0, len(found), BLOCK))
    return [number for block in blocks for number in _fresh(block)]


def _fresh(block: Sequence[Found]) -> list[int]:
    """Newer stories a little before older ones: a twentieth for the newest of these, half of it for one a year older.
    Enough to part equals, too little to turn a better match down. Without clocks the scores alone decide."""
    newest = max((at or 0 for _, _, at in block), default=0)
    scores = {number: score * (1 + _FRESH * 0.5 ** ((newest - (at or 0)) / _YEAR)) for number, score, at in block}
    return sorted(scores, key=lambda number: (-scores[number], -number))
