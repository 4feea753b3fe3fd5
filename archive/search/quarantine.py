"""Words in pages that became no story: a look into the bytes of those refused last, within a moment."""

from __future__ import annotations

import re
import time
from itertools import chain

from archive import payloads
from archive.arabic import analyse
from archive.models import Capture, Outcome

from .loosening import plainly, without

MOST_CAPTURES = 200
MOST_SECONDS = 0.3
MOST_FOUND = 10
_LARGEST = 2_000_000
_MOST_WORDS = 8
_ENCODINGS = ("utf-8", "cp1256", "iso8859-6")
_SPELLINGS = {letter: same for same in ("اأإآٱ", "يىئ", "وؤ", "هة") for letter in same}


def kept_with(text: str) -> list[Capture]:
    """The newest rejected pages whose bytes contain all the words of a query, in a charset of Arabic pages."""
    found: list[Capture] = []
    until = time.monotonic() + MOST_SECONDS
    words = [_in_bytes(word) for word in _words(text)]
    if not words:
        return []
    rejected = Capture.objects.filter(outcome=Outcome.REJECTED, size__range=(1, _LARGEST)).order_by("-pk")
    for capture in rejected.only("pk", "digest", "url", "member", "code", "captured_at")[:MOST_CAPTURES]:
        if time.monotonic() > until or len(found) == MOST_FOUND:
            break
        try:
            page = payloads.get(capture.digest)
        except (OSError, ValueError, MemoryError, payloads.DamagedPayload):
            continue
        if all(word.search(page) for word in words):
            found.append(capture)
    return found


def _words(text: str) -> list[str]:
    """The words as typed, or what tells of them."""
    found = [token.terms for token in analyse(plainly(without(without(text, "dates"), "names")))]
    return list(dict.fromkeys(word.surface for word in found if word.tells and len(word.surface) > 1))[:_MOST_WORDS]


def _in_bytes(word: str) -> re.Pattern[bytes]:
    """The word in any of the charsets, each letter in any of the spellings that are folded together."""
    written = []
    for encoding in _ENCODINGS:
        letters = []
        for letter in word:
            same = chain.from_iterable((one, one.upper()) for one in _SPELLINGS.get(letter, letter))
            codes = dict.fromkeys(code for one in same if (code := one.encode(encoding, "ignore")))
            letters.append(b"(?:" + b"|".join(map(re.escape, codes)) + b")" if codes else b"(?!)")
        written.append(b"".join(letters))
    return re.compile(b"|".join(written))
