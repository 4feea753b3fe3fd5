"""What an editor types → what is asked of the index, and how it was read."""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive.arabic import analyse

LONGEST_QUERY = 2_000
_QUOTED = re.compile(r"[«“”„\"]([^«»“”„\"]{1,400})[»“”„\"]|''([^']{1,400})''")
_WITHOUT = re.compile(r"(?:(?<=\s)|^)[-−–](?=\w)(\S+)")


@dataclass(frozen=True, slots=True)
class ReadQuery:
    """A query as it was understood."""

    words: tuple[tuple[str, str], ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    without: tuple[str, ...] = ()
    reading: tuple[str, ...] = ()
    """Arabic phrases that say how it was read"""

    @property
    def is_empty(self) -> bool:
        return not (self.words or self.phrases or self.without)

    @property
    def marks(self) -> tuple[frozenset[str], frozenset[str]]:
        """(exact forms, stems) that a highlight marks."""
        exact = {exact for exact, _ in self.words} | {word for phrase in self.phrases for word in phrase}
        return frozenset(exact), frozenset(stem for _, stem in self.words)


def read_query(text: str) -> ReadQuery:
    """The nearest sensible reading of any text: words, "phrases" in any quotation marks, -words to leave out."""
    reading: list[str] = []
    if len(text) > LONGEST_QUERY:
        text = text[:LONGEST_QUERY]
        reading.append("قرأنا أول السؤال فقط لطوله")
    phrases: list[tuple[str, ...]] = []
    for quoted in _QUOTED.finditer(text):
        inside = quoted[1] or quoted[2]
        phrase = tuple(token.exact for token in analyse(inside))
        if phrase:
            phrases.append(phrase)
            reading.append(f"بالضبط: «{inside.strip()}»")
    rest = _QUOTED.sub(" ", text)
    without = [token for found in _WITHOUT.finditer(rest) for token in analyse(found[1])]
    if without:
        reading.append("من دون: " + "، ".join(token.exact for token in without))
    words = list(dict.fromkeys((token.exact, token.stem) for token in analyse(_WITHOUT.sub(" ", rest))))
    return ReadQuery(tuple(words), tuple(phrases), tuple(token.stem for token in without), tuple(reading))
