"""Text typed on the wrong keyboard: hgofv is الخبر on an Arabic keyboard, صخقمي is world on a Latin one.

The Arabic layout is PC Arabic (101), the Latin one that of the United States; a key is the place both letters share.
"""

from __future__ import annotations

import re

from .orthography import MARKS, bare

_PLAIN = zip(
    "`qwertyuiop[]asdfghjkl;'zxcvbnm,./",
    "ذ ض ص ث ق ف غ ع ه خ ح ج د ش س ي ب ل ا ت ن م ك ط ئ ء ؤ ر لا ى ة و ز ظ".split(),
    strict=True,
)
_SHIFTED = zip(
    '~QWERTYUIOP{}|ASDFGHJKL:"ZXCVBNM<>?',
    'ّ َ ً ُ ٌ لإ إ ‘ ÷ × ؛ < > | ِ ٍ ] [ لأ أ ـ ، / : " ~ ْ } { لآ آ ’ , . ؟'.split(),
    strict=True,
)
KEYS = dict(_PLAIN) | dict(_SHIFTED)
"""Each key by its Latin letter, with what it writes on an Arabic keyboard."""
_LATIN = {arabic: latin for latin, arabic in KEYS.items()}
_ON_ARABIC_KEYS = re.compile("|".join(sorted(map(re.escape, _LATIN), key=len, reverse=True)))

_ARABIC_WORD = re.compile(r"[\u0621-\u063a\u0641-\u064a]{2,}")
_ONLY_LAST = re.compile(r"[ىة](?!$)")
_NEVER_FIRST = "ءئؤىة"
_LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
_VOWEL = re.compile(r"[aeiouy]", re.I)
_TOO_HARD = re.compile(r"[^aeiouy]{5}", re.I)
_THRICE = re.compile(r"(.)\1\1")


def to_arabic(text: str) -> str:
    """What the same keys write on an Arabic keyboard; what has no key stays."""
    return "".join(KEYS.get(letter, letter) for letter in text)


def to_latin(text: str) -> str:
    """What the same keys write on a Latin keyboard. لا has a key of its own and is taken for it."""
    return _ON_ARABIC_KEYS.sub(lambda match: _LATIN[match[0]], text)


def other_layout(text: str) -> str:
    """A text as it was meant if the keyboard was set to the other language; empty where that makes no words."""
    typed = text.split()
    if not typed:
        return ""
    if all(word.isascii() for word in typed) and any(map(str.isalpha, text)):
        # with Caps Lock on, every key is a shifted one
        for same in (text, text.swapcase()):
            words = [word if word.isdecimal() else to_arabic(word) for word in same.split()]
            if all(map(_is_arabic, words)):
                return " ".join(words)
        return ""
    words = [word if word.isdecimal() else to_latin(word) for word in typed]
    return " ".join(words) if all(map(_is_latin, words)) and not text.isascii() else ""


def _is_arabic(word: str) -> bool:
    """Whether a word is spelled as Arabic words are."""
    if word.isdecimal():
        return True
    if word[0] in MARKS:
        return False
    word = bare(word)
    return (
        bool(_ARABIC_WORD.fullmatch(word))
        and word[0] not in _NEVER_FIRST
        and not _ONLY_LAST.search(word)
        and not _THRICE.search(word)
    )


def _is_latin(word: str) -> bool:
    """Whether a word could be said."""
    if word.isdecimal():
        return True
    return (
        bool(_LATIN_WORD.fullmatch(word))
        and bool(_VOWEL.search(word))
        and not _TOO_HARD.search(word)
        and not _THRICE.search(word)
    )
