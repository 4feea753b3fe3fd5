"""«هل تقصد»: the nearest words that the archive knows, for words of a query that it does not.

Candidates are all spellings one edit away, asked of the index at once, and for long words those of the commonest words
with the same beginning that are two edits away (Norvig, "How to Write a Spelling Corrector", 2007).
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product
from typing import Literal

from archive.arabic import Token, analyse, other_layout, pairs_of, terms

from .engine import IndexMissing, Question, engine
from .grammar import read_query
from .stories import SearchRequest, resolve

MOST_SECONDS = 0.03
"""of processor time, so that a busy machine suggests what an idle one does"""
_MOST_WORDS = 12
_RARE = 2
"""Documents up to which a word may be a slip of the pen, in the query or in these very documents."""
_RARER = 50
"""How many times commoner than its slip a word must be, where the archive knows the slip at all."""
_SHORTEST, _LONG = 3, 7
_SAME_BEGINNING, _MOST_NEIGHBOURS = 3, 1_500
_LETTERS = {"ar": "ءابتثجحخدذرزسشصضطظعغفقكلمنهوي", "la": "abcdefghijklmnopqrstuvwxyz"}
_ALIKE = frozenset(
    frozenset(pair) for pair in "ضظ ذد ذز زظ تط سص كق هح عا ءا ثت ثس يا وا دض صض سش عغ حج حخ جخ رز فق نت بت بي".split()
)
"""Letters that sound or look alike, or stand for each other in dialects."""
_FAVOUR = 3.0
_TWICE = re.compile(r"(.)\1")
_SPELLINGS = {"ا": "اأإآ", "و": "وؤ", "ي": "يىئ", "ه": "هة"}
_MOST_SPELLINGS = 128
_OPERATORS = {"AND", "OR", "NOT", "NEAR"}
_AROUND = "«»“”„\"'()؟?!.،"


@dataclass(frozen=True, slots=True)
class Correction:
    """The whole query as it may have been meant."""

    text: str
    kind: Literal["spelling", "keyboard"]
    total: int
    """stories that it finds"""


def corrections(text: str, within: SearchRequest | None = None) -> Correction | None:
    """What may have been meant instead, by the words this archive knows; nothing that would find nothing. `within`:
    the filters that stay."""
    until = time.thread_time() + MOST_SECONDS
    try:
        kind: Literal["spelling", "keyboard"] = "keyboard"
        meant = _typed_elsewhere(text)
        if meant == text:
            kind, meant = "spelling", _spelled(text, until)
        if meant == text:
            return None
        total = total_of(replace(within or SearchRequest(), text=meant, page=1, after=None))
    except IndexMissing:
        return None
    return Correction(meant, kind, total) if total else None


def total_of(request: SearchRequest) -> int:
    """How many results the search page would give. Raises IndexMissing."""
    asked = resolve(request)
    if asked.nothing:
        return 0
    return engine().search(Question(asked.node, asked.filters, copies=request.copies, sort="newest", limit=1)).total


# -- the keyboard --------------------------------------------------------------------------------------------------


def _typed_elsewhere(text: str) -> str:
    """The query with what only the other keyboard makes words of."""
    chunks = text.split(" ")
    for at, chunk in enumerate(chunks[: 2 * _MOST_WORDS]):
        core = chunk.strip(_AROUND)
        for typed in (chunk, core):  # «'» and «"» are keys, too
            if typed in _OPERATORS or ":" in typed or not (meant := other_layout(typed)):
                continue
            if not _known(typed) and _known(meant):
                chunks[at] = chunk.replace(typed, meant)
                break
    return " ".join(chunks)


def _known(text: str) -> bool:
    """Whether the archive has each word of a text, in some form."""
    found = [token.terms for token in analyse(text)]
    return bool(found) and all(engine().frequency("stem", word.stem) for word in found)


# -- the spelling --------------------------------------------------------------------------------------------------


def _spelled(text: str, until: float) -> str:
    plain = set(read_query(text).words)
    tokens = [token for token in analyse(text) if token.terms in plain][:_MOST_WORDS]
    for token in reversed(tokens):  # from the end, so that the places of the others stay
        if time.thread_time() > until:
            break
        if meant := _nearest(token, until):
            text = text[: token.start] + meant + text[token.end :]
    return text


def _nearest(token: Token, until: float) -> str:
    """The word that was probably meant, as the archive writes it; empty for a word that is known, or like no other."""
    word = token.exact
    if len(word) < _SHORTEST or not word.isalpha():
        return ""
    own, kin = engine().frequency("exact", word), engine().frequency("stem", token.stem)
    if own > _RARE or kin > _RARE + own:
        return ""
    least = max(1, kin * _RARER)
    found = engine().frequencies("exact", _one_edit(word))
    best = max(found, key=lambda other: found[other] * _weight(word, other), default="")
    if best and found[best] >= least:
        return _as_written(best)
    if apart := _in_two(word):
        return apart
    if len(word) < _LONG or time.thread_time() > until:
        return ""
    near = engine().beginning_with("exact", word[:_SAME_BEGINNING], _MOST_NEIGHBOURS)  # the commonest first
    return next((_as_written(other) for other, count in near if count >= least and _two_edits(word, other)), "")


def _letters(word: str) -> str:
    return _LETTERS["la" if word.isascii() else "ar"]


def _one_edit(word: str) -> Iterator[str]:
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    for before, after in cuts:
        if after:
            yield before + after[1:]
        if len(after) > 1 and after[0] != after[1]:
            yield before + after[1] + after[0] + after[2:]
        for letter in _letters(word):
            if after and letter != after[0]:
                yield before + letter + after[1:]
            yield before + letter + after


def _weight(word: str, other: str) -> float:
    """Whether the two differ as words that are mistaken for each other do."""
    if len(word) == len(other):
        unlike = [(a, b) for a, b in zip(word, other, strict=True) if a != b]
        if len(unlike) == 2 or frozenset(unlike[0]) in _ALIKE:
            return _FAVOUR
    if len(word) == len(other) + 1 and _TWICE.sub(r"\1", word) == _TWICE.sub(r"\1", other):
        return _FAVOUR  # a key that was held too long
    return 1.0


def _two_edits(word: str, other: str) -> bool:
    """Whether at most two letters are to be put in, taken out, changed or swapped (optimal string alignment)."""
    if abs(len(word) - len(other)) > 2 or len(set(word) ^ set(other)) > 4:
        return False
    older: list[int] = []
    old = list(range(len(other) + 1))
    for i, letter in enumerate(word, 1):
        new = [i]
        for j, its in enumerate(other, 1):
            cost = min(old[j] + 1, new[-1] + 1, old[j - 1] + (letter != its))
            if older and j > 1 and letter == other[j - 2] and word[i - 2] == its:
                cost = min(cost, older[j - 2] + 1)
            new.append(cost)
        if min(new) > 2:
            return False
        older, old = old, new
    return old[-1] <= 2


def _in_two(word: str) -> str:
    """Two words written as one that follow each other in the archive: وزيرالخارجية."""
    splits = [(word[:at], word[at:]) for at in range(2, len(word) - 1)]
    pairs = {pair: two for two in splits for pair in pairs_of([terms(one) for one in two])}
    found = engine().frequencies("pair", pairs)
    for pair in sorted(found, key=lambda pair: -found[pair]):
        both = pairs[pair]
        if len(engine().frequencies("exact", both)) == len(set(both)):
            return " ".join(map(_as_written, both))
    return ""


def _as_written(folded: str) -> str:
    """The commonest spelling of a folded word in the archive: مدرسة for مدرسه."""
    choices = [
        [letter]
        if letter not in _SPELLINGS or letter == "ه" and at < len(folded) - 1
        else [one for one in _SPELLINGS[letter] if one != "ى" or at == len(folded) - 1]
        for at, letter in enumerate(folded)
    ]
    spellings = [folded]
    for letters in product(*choices):
        if len(spellings) > _MOST_SPELLINGS:
            break
        spellings.append("".join(letters))
    if len(spellings) > _MOST_SPELLINGS:  # of a word with so many such letters, one at a time
        spellings = [
            folded[:at] + letter + folded[at + 1 :] for at, letters in enumerate(choices) for letter in letters
        ]
    found = engine().frequencies("surface", spellings)
    return max(found, key=lambda spelling: found[spelling], default=folded)
