"""Bytes → UTF-8, by evidence: a mark at the beginning, bytes that can be nothing else, what is declared, the letters.

Arabic has a witness of its own: the article «ال», the commonest pair of letters. Each charset writes it with other
bytes, so that counting them tells which one a page is in, and which ones it went through before it was saved.
"""

from __future__ import annotations

import codecs
import re

from bs4.dammit import EncodingDetector
from charset_normalizer import from_bytes

BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_ARTICLE = "ال"
_ARTICLE_IN_UTF8 = _ARTICLE.encode()
_ARTICLES = {name: _ARTICLE.encode(name) for name in ("cp1256", "iso8859-6", "cp720")}
_ENOUGH = 5  # articles that show the charset of a page
_SHORT = 10_000  # bytes of a page in which there may be hardly an article
_ALIASES = {
    "windows-1256": "cp1256",
    "x-mac-arabic": "mac_arabic",
    "iso-8859-6-i": "iso-8859-6",
    "arabic": "iso-8859-6",
}
_FOR_ARABIC = {"cp1256", "iso8859-6", "cp720", "cp864", "mac-arabic", "utf-16", "utf-16-le", "utf-16-be"}
_MISREADINGS = (("cp1252", "utf-8"), ("latin-1", "utf-8"), ("cp1256", "utf-8"), ("cp1252", "cp1256"))
"""(charset that the bytes were taken for, charset that they were in): the ways to mojibake"""


def _marks(wrong: str, right: str) -> list[str]:
    """What the article looks like after one misreading and, where that was saved and misread again, after two."""
    once = _ARTICLE.encode(right).decode(wrong)
    return [once, once.encode().decode(wrong)] if right == "utf-8" else [once]


_MARKS_OF_MISREADING = [mark.encode() for misreading in _MISREADINGS for mark in _marks(*misreading)]
_HEADER_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.I)
_HIGH_RUNS = re.compile(rb"[\x80-\xff][\x80-\xff \t\n.,]*")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
_STRAY_BYTES = 0.02  # share of letters that may be damaged in text that is UTF-8 all the same
_UNDEFINED_IN_CP1252 = {chr(code): bytes([code]) for code in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}


def as_utf8(content: bytes, content_type: str = "") -> tuple[bytes, str]:
    """The bytes in UTF-8 and how they were read: BOM, zeros of UTF-16, strict UTF-8, the declared charset, detection.

    A declaration counts only for a charset that could hold Arabic, and only where the letters do not contradict it;
    UTF-7 is never honoured. Text that was misread before it was saved is repaired where that can be undone.
    """
    for mark, encoding in BOMS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "replace").encode(), f"{encoding} (bom)"
    if content[:200].count(b"\x00") > 50:  # before UTF-8, which UTF-16 of these letters would pass for
        encoding = "utf-16-le" if content[1:2] == b"\x00" else "utf-16-be"
        return content.decode(encoding, "replace").encode(), f"{encoding} (detected)"
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return _not_utf8(content, content_type)
    if _holds(content, _ARTICLE_IN_UTF8) or content.isascii():
        return content, "utf-8"
    if not any(_holds(content, mark) for mark in _MARKS_OF_MISREADING):
        return content, "utf-8"
    repaired, misread = _unravel(text)
    return (repaired.encode(), f"utf-8 (repaired: {misread})") if misread else (content, "utf-8")


def _not_utf8(content: bytes, content_type: str) -> tuple[bytes, str]:
    has_utf8 = _holds(content, _ARTICLE_IN_UTF8)
    if has_utf8 or len(content) < _SHORT:
        loose = content.decode("utf-8", "replace")
        letters = len(content) - len(loose)  # a letter of Arabic is two bytes and one character
        if loose.count("\ufffd") <= _STRAY_BYTES * max(1, letters):
            return loose.encode(), "utf-8 (damaged)"
    declared, seen = declared_charset(content, content_type), _by_articles(content)
    if seen and has_utf8:
        lines = (_line(line, seen) for line in content.splitlines(keepends=True))
        return b"".join(lines), f"utf-8 (mixed with {seen})"
    if declared in _FOR_ARABIC and (declared == seen or not seen or declared not in _ARTICLES):
        return content.decode(declared, "replace").encode(), f"{declared} (declared)"
    detected = seen or detect(content)
    return content.decode(detected, "replace").encode(), f"{detected} (detected)"


def declared_charset(content: bytes, content_type: str) -> str:
    """The charset that header or page declares, as Python names it; empty when it is none we know."""
    header = _HEADER_CHARSET.search(content_type)
    name = header[1] if header else EncodingDetector.find_declared_encoding(content[:4096], is_html=True) or ""
    try:
        return codecs.lookup(_ALIASES.get(name.lower(), name)).name if name else ""
    except (LookupError, ValueError):
        return ""


def _holds(content: bytes, word: bytes, times: int = _ENOUGH) -> bool:
    """Whether a word stands so often in a page; most pages answer near their beginning."""
    at = -1
    return all((at := content.find(word, at + 1)) >= 0 for _ in range(times))


def _by_articles(content: bytes) -> str:
    """The charset in which the bytes hold most articles; empty when they hold too few to tell."""
    counts = {name: content.count(article) for name, article in _ARTICLES.items()}
    most = max(counts, key=lambda name: counts[name])
    return most if counts[most] >= _ENOUGH else ""


def detect(content: bytes) -> str:
    """The charset of Arabic bytes that hold hardly an article, by the letters they would be."""
    sample = b" ".join(run for run in _HIGH_RUNS.findall(content) if len(run) > 3)[:20_000]
    best = from_bytes(sample, cp_isolation=["cp1256", "iso8859_6", "cp720", "cp1252"]).best()
    return best.encoding if best else "cp1256"


def _line(line: bytes, other: str) -> bytes:
    try:
        line.decode("utf-8")
        return line
    except UnicodeDecodeError:
        return line.decode(other, "replace").encode()


def _unravel(text: str) -> tuple[str, str]:
    """Text as it was before charsets were mistaken for others, once or twice; and what had happened, empty for nothing.

    «Ø§Ù„» is the article in UTF-8 taken for windows-1252. Nothing is changed that cannot be undone.
    """
    misread: list[str] = []
    for _ in range(2):
        for wrong, right in _MISREADINGS:
            seen = any(text.count(mark) >= _ENOUGH for mark in _marks(wrong, right))
            if seen and (undone := _undo(text, wrong, right)):
                text, misread = undone, [*misread, f"{right} read as {wrong}"]
                break
    return text, ", ".join(misread)


def _undo(text: str, wrong: str, right: str) -> str:
    """The text with every run of its letters misread back; empty when one of them is no misreading."""
    try:
        return _BEYOND_ASCII.sub(lambda run: _bytes(run[0], wrong).decode(right), text)
    except (UnicodeEncodeError, UnicodeDecodeError):
        return ""


def _bytes(text: str, encoding: str) -> bytes:
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        if encoding != "cp1252":
            raise
        # browsers read the five bytes that windows-1252 leaves out as control characters
        return b"".join(_UNDEFINED_IN_CP1252.get(letter) or letter.encode(encoding) for letter in text)
