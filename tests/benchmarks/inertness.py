"""What a page written anew may not hold, looked for by readers that the writer does not use.

The page is read by Python's own parser and lxml, and as browsers read where html5lib is there
(`uv run --with html5lib`); sheets letter by letter, after the CSS Syntax Module.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.util import find_spec

from bs4 import BeautifulSoup, Tag

OURS = "/companion/"
PARSERS = ("html.parser", "lxml", *(("html5lib",) if find_spec("html5lib") else ()))
_ACTING = frozenset(
    "script iframe frame frameset object embed applet form base template noscript video audio source track portal math "
    "foreignobject animate animatemotion animatetransform set image feimage handler listener fencedframe dialog "
    "noembed noframes xmp plaintext param".split()
)
_ADDRESSES = frozenset(
    "href src xlink:href background action formaction ping poster data srcset srcdoc cite longdesc usemap codebase "
    "classid manifest dynsrc lowsrc archive profile icon imagesrcset".split()
)
_FORBIDDEN = frozenset("http-equiv target autofocus contenteditable attributename is slot nonce integrity".split())
_STYLED = ("style", "fill", "stroke", "clip-path", "mask", "filter")
_OWN = re.compile(rf"{OURS}\d+/\Z")
_INLINE = re.compile(r"data:(?:image|font|application/(?:x-)?font)[\w.+/-]*[;,]", re.I)
_LOADING = re.compile(r"(?:-\w+-)?(?:image-set|cross-fade|image|src|element|paint|expression)\Z", re.I | re.A)
_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})(?:\r\n|[ \t\n\f\r])?|([^\n]))", re.S)
_NAME = re.compile(r"(?:[\w-]|[^\x00-\x7f]|\\(?:[0-9a-fA-F]{1,6}(?:\r\n|[ \t\n\f\r])?|[^\n\r\f0-9a-fA-F]))+", re.S)
_URL_REST = re.compile(r"\s*([^\"'\s](?:[^)\\]|\\.)*)?", re.S)


def faults(html: str) -> Iterator[str]:
    """What of a written page would act or ask for something elsewhere."""
    for parser in PARSERS:
        for tag in BeautifulSoup(html, parser).find_all(True):
            yield from (f"{parser}: {fault}" for fault in _faults_of(tag))


def _faults_of(tag: Tag) -> Iterator[str]:
    name = tag.name.lower().rpartition(":")[2]
    if name in _ACTING:
        yield f"<{name}>"
    if name == "style":
        text = tag.get_text()
        if re.search(r"<[a-z/!?]", text, re.I | re.A):
            yield f"markup in a sheet: {text[:80]}"
        yield from sheet_faults(text)
    if name == "meta" and not (tag.get("charset") or tag.get("name") == "viewport"):
        yield str(tag)
    if name == "link" and tag.get("rel") not in (["icon"], ["stylesheet"]):
        yield str(tag)
    for attribute, given in tag.attrs.items():
        attribute, value = attribute.lower(), " ".join(given) if isinstance(given, list) else str(given)
        if attribute.startswith("on") or attribute in _FORBIDDEN or not re.fullmatch(r"[a-z0-9:-]+", attribute):
            yield f"{name} {attribute}={value[:80]}"
        if attribute in _ADDRESSES and not (value.startswith("#") or _is_here(value)):
            yield f"{name} {attribute}={value[:80]}"
        if attribute in _STYLED:
            yield from sheet_faults(value)


def _is_here(address: str) -> bool:
    return bool(_OWN.match(address) or _INLINE.match(address) or address in ("data:,", ""))


def sheet_faults(text: str) -> Iterator[str]:
    """Addresses elsewhere, and functions that load, in a sheet as a browser takes it apart."""
    is_import = False
    for kind, value in _tokens(text):
        if kind == "at":
            is_import = value == "import"
        elif kind == "function" and _LOADING.match(value):
            yield f"{value}()"
        elif kind == "url" or (kind == "string" and is_import):
            if not (_is_here(value) or (value.startswith("#") and not is_import)):
                yield f"{kind} {value[:80]}"
        elif kind == ";":
            is_import = False


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    """(kind, value) of what matters: at-rules, functions, `url()`, strings, the ends of rules."""
    text = re.sub(r"\r\n?|\f", "\n", text)
    at = 0
    while at < len(text):
        letter = text[at]
        if text.startswith("/*", at):
            end = text.find("*/", at + 2)
            at = end + 2 if end >= 0 else len(text)
        elif letter in "\"'":
            value, at = _string(text, at)
            yield "string", value
        elif letter == "@" and (name := _NAME.match(text, at + 1)):
            yield "at", _plain(name[0]).lower()
            at = name.end()
        elif name := _NAME.match(text, at):
            at = name.end()
            if text.startswith("(", at):
                at += 1
                word = _plain(name[0]).lower()
                if word != "url":
                    yield "function", word
                    continue
                quoted = re.compile(r"\s*(?=[\"'])").match(text, at)
                if quoted:
                    value, at = _string(text, quoted.end())
                else:
                    rest = _URL_REST.match(text, at)
                    assert rest
                    value, at = _plain(rest[1] or "").strip(), rest.end()
                yield "url", value
        else:
            if letter in ";{}":
                yield ";", ""
            at += 1


def _string(text: str, at: int) -> tuple[str, int]:
    """A string and where it ends: at its mark, or before a line's end, where it is none."""
    end = at + 1
    while end < len(text) and text[end] not in (text[at], "\n"):
        end += 2 if text[end] == "\\" else 1
    return _plain(text[at + 1 : end].replace("\\\n", "")), end + (text[end : end + 1] == text[at])


def _plain(name: str) -> str:
    def letter(found: re.Match[str]) -> str:
        code = int(found[1], 16) if found[1] else 0
        return found[2] or (chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd")

    return _ESCAPE.sub(letter, name)
