"""Marking what matched: whole words of the original text, never inside a word, vowel signs and all."""

from __future__ import annotations

from typing import NamedTuple

from archive.arabic import Token, analyse

from .grammar import Marks

SNIPPET_WORDS = 40
_FEW_BEFORE = 5
"""Words shown before the first that matched."""


class Fragment(NamedTuple):
    """A piece of a text; `marked` pieces match the query."""

    text: str
    marked: bool


def highlight(text: str, marks: Marks) -> list[Fragment]:
    """The whole text in pieces."""
    return _pieces(text, [token for token in analyse(text) if marks.match(token)], 0, len(text))


def snippet(text: str, marks: Marks, words: int = SNIPPET_WORDS) -> list[Fragment]:
    """The passage of a text that matches best, in pieces; its beginning when nothing matches."""
    tokens = analyse(text)
    if not tokens:
        return [Fragment(text[:300], False)] if text else []
    hits = [at for at, token in enumerate(tokens) if marks.match(token)]
    first = _best_start(tokens, hits, words)
    last = min(len(tokens), first + words) - 1
    start = 0 if first == 0 else tokens[first].start
    end = len(text) if last == len(tokens) - 1 else tokens[last].end
    pieces = _pieces(text, [tokens[at] for at in hits if first <= at <= last], start, end)
    if start > 0:
        pieces.insert(0, Fragment("… ", False))
    if end < len(text):
        pieces.append(Fragment(" …", False))
    return pieces


def _best_start(tokens: list[Token], hits: list[int], words: int) -> int:
    """Where the passage with the most different matching words begins, a few words before the first of them."""
    best, best_score = 0, 0.0
    for at in hits:
        inside = [tokens[hit] for hit in hits if at <= hit < at + words - _FEW_BEFORE]
        score = len({token.stem for token in inside}) + 0.1 * len(inside)
        if score > best_score:
            best, best_score = at, score
    return max(0, min(best - _FEW_BEFORE, len(tokens) - words))


def _pieces(text: str, marked: list[Token], start: int, end: int) -> list[Fragment]:
    pieces: list[Fragment] = []
    at = start
    for token in marked:
        if token.start > at:
            pieces.append(Fragment(text[at : token.start], False))
        pieces.append(Fragment(text[token.start : token.end], True))
        at = token.end
    if at < end:
        pieces.append(Fragment(text[at:end], False))
    return pieces
