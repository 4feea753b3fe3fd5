"""Style sheets whose addresses lead to kept companions or nowhere.

What is written is what was understood: a sheet is read once, token after token, as a browser reads what is written.
Comments, strings and `url()` are taken whole, functions that load something otherwise are renamed, however they are
spelt, and where something is left out a comment keeps what stood around it apart.
"""

from __future__ import annotations

import re
from collections.abc import Callable

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
_URL_REST = rf"\s*(?:{_STRING}|)(?:[^)\\]++|\\.)*+\)?"
_ESCAPE = r"\\(?:[0-9a-fA-F]{1,6}[ \t\n]?|[^\n])"
_LETTER = r"[\w\-\x80-\U0010ffff]"
_NAME = rf"(?<!{_LETTER})(?:{_LETTER}|{_ESCAPE})++"
_ESCAPED_NAME = rf"(?<!{_LETTER}){_LETTER}*+{_ESCAPE}(?:{_LETTER}|{_ESCAPE})*+"
_TOKEN = re.compile(
    rf"(?P<comment>{_COMMENT})|{_STRING}|@(?P<rule>{_NAME})|(?P<function>{_NAME})\(|{_ESCAPED_NAME}", re.S
)
_IMPORT_REST = re.compile(rf"(?:{_STRING}|\((?:{_STRING}|[^)\"']++)*+\)?|[^;\"'({{}}]++)*+;?", re.S)
_LOADS = re.compile(r"(?:-\w+-)?(?:image-set|cross-fade|image|src|element|paint|expression)", re.I)
_AFTER_URL = re.compile(_URL_REST, re.S)
_URL = rf"url\({_URL_REST}"
_VALUE = re.compile(rf"url\(\s*(?:(?P<quoted>{_STRING})|(?P<raw>(?:[^)\\]++|\\.)*+))", re.S | re.I)
_TAG_LIKE = re.compile(r"\\?<(?=[A-Za-z/!?])")
"""Escaped or not: a second backslash would free what stands behind."""


def inert_styles(text: str, resolve: Resolve) -> str:
    """A sheet or the value of a style attribute; safe inside <style> too."""
    text = _LINE_ENDS.sub("\n", text).replace("\x00", "\ufffd")
    parts: list[str] = []
    at = 0
    while found := _TOKEN.search(text, at):
        written, end = _written(found, resolve)
        parts += text[at : found.start()], written
        at = end
    return _TAG_LIKE.sub(r"\\3c ", "".join([*parts, text[at:]]))


def _written(found: re.Match[str], resolve: Resolve) -> tuple[str, int]:
    """A token as it is written, and where the next may begin."""
    if found["comment"]:
        return "/**/", found.end()
    if found["rule"] and _unescape(found["rule"]).lower() == "import":
        rest = _behind(_IMPORT_REST, found)
        return _import(f"@import{rest[0]}", resolve), rest.end()
    if found["function"]:
        # browsers do not agree on which letters beyond ASCII belong to a name
        name = re.split(r"[^\x00-\x7f]", _unescape(found["function"]))[-1]
        if name.lower() == "url":
            rest = _behind(_AFTER_URL, found)
            return _url(_address(f"url({rest[0]}"), resolve), rest.end()
        if _LOADS.fullmatch(name):
            return f"dead-{name.lstrip('-')}(", found.end()
    return found[0], found.end()


def _behind(form: re.Pattern[str], found: re.Match[str]) -> re.Match[str]:
    rest = form.match(found.string, found.end())
    assert rest  # both forms match nothing, too
    return rest


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
        return "/**/"
    address = found["address"]
    kept = resolve(_address(address) if address[0] not in "\"'" else _string(address), SHEETS)
    return f"@import url({_quoted(kept)}){inert_styles(found['rest'], resolve)};" if kept else "/**/"


def _address(url: str) -> str:
    found = _VALUE.match(url)
    if not found:
        return ""
    return _string(found["quoted"]) if found["quoted"] else _unescape(found["raw"]).strip()


def _string(quoted: str) -> str:
    inner = quoted[1:-1] if len(quoted) > 1 and quoted[-1] == quoted[0] else quoted[1:]
    return _unescape(inner).strip()


def _unescape(text: str) -> str:
    return re.sub(rf"{_ESCAPE}|\\\n", lambda found: _unescaped(found[0]), text, flags=re.S)


def _unescaped(escape: str) -> str:
    digits = escape[1:].strip()
    if re.fullmatch(r"[0-9a-fA-F]{1,6}", digits):
        code = int(digits, 16)
        return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
    return "" if escape[1:] == "\n" else escape[1:]


def _quoted(address: str) -> str:
    escaped = re.sub(r"[\"\\<\x00-\x1f\x7f]", lambda found: f"\\{ord(found[0]):x} ", address)
    return f'"{escaped}"'
