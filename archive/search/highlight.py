"""Marking what matched: whole words of the original text, never inside a word, vowel signs and all."""

from __future__ import annotations

from typing import NamedTuple

from archive.arabic import WORD

from .marks import Marks

SNIPPET_WORDS = 40
_FEW_BEFORE = 5
"""Words shown before the first that matched."""


class Fragment(NamedTuple):
    """A piece of a text; `marked` pieces match the query."""

    text: str
    marked: bool


Span = tuple[int, int]
"""where a word begins and ends"""


def highlight(text: str, marks: Marks) -> list[Fragment]:
    """The whole text in pieces."""
    words, hits = _read(text, marks)
    if not hits:
        return [Fragment(text, False)] if text else []
    spans = _spans(text, words[: hits[-1][0] + 1])
    return _pieces(text, [spans[at] for at, _ in hits], 0, len(text))


def snippet(text: str, marks: Marks, words: int = SNIPPET_WORDS) -> list[Fragment]:
    """The passage of a text that matches best, in pieces; its beginning when nothing matches."""
    found, hits = _read(text, marks)
    if not found:
        return [Fragment(text[:300], False)] if text else []
    first = _best_start(hits, len(found), words)
    last = min(len(found), first + words) - 1
    spans = _spans(text, found[: last + 1])
    start = 0 if first == 0 else spans[first][0]
    end = len(text) if last == len(found) - 1 else spans[last][1]
    pieces = _pieces(text, [spans[at] for at, _ in hits if first <= at <= last], start, end)
    if start > 0:
        pieces.insert(0, Fragment("… ", False))
    if end < len(text):
        pieces.append(Fragment(" …", False))
    return pieces


def _read(text: str, marks: Marks) -> tuple[list[str], list[tuple[int, str]]]:
    """The words of a text as they stand there; and which of them match, with their stems."""
    words = WORD.findall(text)
    return words, [(at, stem) for at, stem in enumerate(map(marks.stem_of, words)) if stem]


def _spans(text: str, words: list[str]) -> list[Span]:
    """Where the first words of a text stand: none can be found before its place, as between words there are none."""
    spans: list[Span] = []
    end = 0
    for word in words:
        start = text.index(word, end)
        end = start + len(word)
        spans.append((start, end))
    return spans


def _best_start(hits: list[tuple[int, str]], count: int, words: int) -> int:
    """Where the passage with the most different matching words begins, a few words before the first of them."""
    best, best_score = 0, 0.0
    for number, (at, _) in enumerate(hits):
        inside = [stem for place, stem in hits[number : number + words] if place < at + words - _FEW_BEFORE]
        score = len(set(inside)) + 0.1 * len(inside)
        if score > best_score:
            best, best_score = at, score
    return max(0, min(best - _FEW_BEFORE, count - words))


def _pieces(text: str, marked: list[Span], start: int, end: int) -> list[Fragment]:
    pieces: list[Fragment] = []
    at = start
    for first, last in marked:
        if first > at:
            pieces.append(Fragment(text[at:first], False))
        pieces.append(Fragment(text[first:last], True))
        at = last
    if at < end:
        pieces.append(Fragment(text[at:end], False))
    return pieces
