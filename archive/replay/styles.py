"""Style sheets whose addresses lead to kept companions or nowhere.

What is written is what was understood: comments, strings and `url()` are taken whole and written anew, functions that
load something otherwise are renamed, escaped letters that could spell one of them are unescaped first.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

Resolve = Callable[[str, tuple[str, ...]], str]
"""reference, wanted types → address on the replay origin; empty where nothing is kept"""

PICTURES = ("image/",)
SHEETS = ("text/css",)
_SHOWN = ("image/", "font/")
_NOWHERE = 'url("data:,")'
_INLINE = re.compile(r"data:(?:image/|font/|application/(?:x-)?font)[\w.+/;=,%:'()\- #&!*?@$~\[\]<>\"]*\Z", re.I)
_LINE_ENDS = re.compile(r"\r\n?|\f")
# Possessive repeats: to remember every letter of an inline picture took gigabytes.
_STRING = r"\"(?:[^\"\\\n]++|\\.)*+\"?|'(?:[^'\\\n]++|\\.)*+'?"
_COMMENT = r"/\*.*?(?:\*/|\Z)"
_URL = rf"(?<![\w-])url\(\s*(?:{_STRING}|)(?:[^)\\]++|\\.)*+\)?"
_ESCAPE = r"\\(?:[0-9a-fA-F]{1,6}\s?|.)"
_UNESCAPED = re.compile(rf"(?P<whole>{_COMMENT}|{_URL}|{_STRING})|(?P<escape>{_ESCAPE})", re.S | re.I)
_TOKEN = re.compile(
    rf"(?P<comment>{_COMMENT})"
    rf"|(?P<import>@import\b(?:{_STRING}|\((?:{_STRING}|[^)\"']++)*+\)?|[^;\"'({{}}]++)*+;?)"
    rf"|(?P<url>{_URL})"
    rf"|(?P<string>{_STRING})"
    r"|(?P<loads>(?<![\w-])(?:-\w+-)?(?:image-set|cross-fade|image|src|element|paint|expression)\()",
    re.S | re.I,
)
_VALUE = re.compile(rf"url\(\s*(?:(?P<quoted>{_STRING})|(?P<raw>(?:[^)\\]++|\\.)*+))", re.S | re.I)
_TAG_LIKE = re.compile(r"<(?=[A-Za-z/!?])")


def inert_styles(text: str, resolve: Resolve) -> str:
    """A sheet or the value of a style attribute; safe inside <style> too."""
    text = _LINE_ENDS.sub("\n", text).replace("\x00", "\ufffd")
    text = _UNESCAPED.sub(_plain_letter, text)
    return _TAG_LIKE.sub(r"\\3c ", _TOKEN.sub(partial(_written, resolve=resolve), text))


def _plain_letter(found: re.Match[str]) -> str:
    """An escaped letter as the letter: nobody needs to escape one, but who hides `url`."""
    escape = found["escape"]
    if escape is None:
        return found[0]
    letter = _unescaped(escape)
    return letter if letter.isascii() and letter.isalpha() else escape


def _written(found: re.Match[str], resolve: Resolve) -> str:
    if found["comment"]:
        return "/**/"
    if found["import"]:
        return _import(found["import"], resolve)
    if found["url"]:
        return _url(_address(found["url"]), resolve)
    return f"dead-{found['loads'].lstrip('-')}" if found["loads"] else found[0]


def _url(address: str, resolve: Resolve) -> str:
    if address.startswith("#"):
        return f"url({_quoted(address)})"
    if _INLINE.match(address):
        return f"url({_quoted(address)})"
    kept = resolve(address, _SHOWN)
    return f"url({_quoted(kept)})" if kept else _NOWHERE


def _import(rule: str, resolve: Resolve) -> str:
    """Another sheet where it is kept; the conditions behind it (`screen`, `layer(x)`) stay where they are plain."""
    found = re.match(rf"@import\s*(?P<address>{_URL}|{_STRING})(?P<rest>[\w\s,():.-]*);?\Z", rule, re.S | re.I)
    if not found:
        return ""
    address = found["address"]
    kept = resolve(_address(address) if address[0] not in "\"'" else _string(address), SHEETS)
    return f"@import url({_quoted(kept)}){found['rest']};" if kept else ""


def _address(url: str) -> str:
    found = _VALUE.match(url)
    if not found:
        return ""
    return _string(found["quoted"]) if found["quoted"] else _unescape(found["raw"]).strip()


def _string(quoted: str) -> str:
    inner = quoted[1:-1] if len(quoted) > 1 and quoted[-1] == quoted[0] else quoted[1:]
    return _unescape(inner).strip()


def _unescape(text: str) -> str:
    return re.sub(_ESCAPE, lambda found: _unescaped(found[0]), text, flags=re.S)


def _unescaped(escape: str) -> str:
    digits = escape[1:].strip()
    if re.fullmatch(r"[0-9a-fA-F]{1,6}", digits):
        code = int(digits, 16)
        return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
    return "" if escape[1:] == "\n" else escape[1:]


def _quoted(address: str) -> str:
    escaped = re.sub(r"[\"\\\n<]", lambda found: f"\\{ord(found[0]):x} ", address)
    return f'"{escaped}"'
