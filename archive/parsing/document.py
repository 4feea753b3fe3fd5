"""Bytes → characters → tree, once a page."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from functools import cached_property

from bs4.dammit import EncodingDetector
from charset_normalizer import from_bytes
from lxml import etree

from archive.dumps import Page, Rejection

from .address import absolute
from .tree import Element, string

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_HEADER_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.I)
_ALIASES = {
    "windows-1256": "cp1256",
    "x-mac-arabic": "mac_arabic",
    "iso-8859-6-i": "iso-8859-6",
    "arabic": "iso-8859-6",
}
_FOR_ARABIC = {"cp1256", "iso8859-6", "cp720", "cp864", "mac-arabic", "utf-16", "utf-16-le", "utf-16-be"}
_HIGH_RUNS = re.compile(rb"[\x80-\xff][\x80-\xff \t\n.,]*")
_ARABIC = re.compile("[\u0621-\u064a]")
_STRAY_BYTES = 0.02  # share of characters that may be damaged in text that is UTF-8 all the same
_BINARY = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"%PDF", b"PK\x03\x04", b"\x1f\x8b", b"RIFF", b"\x00\x00\x00", b"BM")
_base = string("string(//base/@href)")
_HEAVY_TAG = re.compile(rb"<([a-zA-Z][\w:-]*)\s[^<>]{20000,}>?")
_MOST_ATTRIBUTES = 1_000
_NESTING = re.compile(
    rb"</?(?:div|span|font|section|center|b|i|u|em|strong|blockquote|table|tbody|tr|td|ul|li)\b[^<>]*>", re.I
)
_TAG = re.compile(rb"<[!/a-zA-Z]")


@dataclass
class Document:
    """A page with its tree. `encoding` says how the bytes were read and why."""

    page: Page
    root: Element
    encoding: str

    @cached_property
    def base(self) -> str:
        """The address that links are relative to."""
        return absolute(self.page.url, str(_base(self.root))) or self.page.url

    def link(self, href: str) -> str:
        return absolute(self.base, href)


def open_document(page: Page) -> Document | Rejection:
    """The tree of a page, or why there is none: `empty`, `not-html`, `undecodable`."""
    content = page.content
    if not content.strip(b"\x00 \t\r\n"):
        return Rejection("empty", "no bytes", page.locator, page)
    if content.startswith(_BINARY) and not content.startswith(_BOMS[0][0]):
        return Rejection("not-html", "a binary file", page.locator, page)
    utf8, encoding = as_utf8(content, page.content_type)
    if not _TAG.search(utf8):
        return Rejection("not-html", "no tags", page.locator, page)
    # huge_tree: else libxml2 stops at 256 nested elements without a word
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    utf8 = _HEAVY_TAG.sub(_lighter, utf8.replace(b"\x00", b""))
    try:
        root = etree.fromstring(utf8, parser)
        if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):
            # libxml2 leaves out what lies deeper than 2,048 elements: a flat page keeps all its text
            root, encoding = etree.fromstring(_NESTING.sub(b"<br>", utf8), parser), f"{encoding}, flattened"
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        return Rejection("undecodable", str(error), page.locator, page)
    if root is None or root.find("body") is None:
        return Rejection("not-html", "no body", page.locator, page)
    return Document(page, root, encoding)


def _lighter(tag: re.Match[bytes]) -> bytes:
    """A tag of very many attributes without them: libxml2 compares each with all before it."""
    return b"<" + tag[1] + b">" if tag[0].count(b" ") > _MOST_ATTRIBUTES else tag[0]


def as_utf8(content: bytes, content_type: str = "") -> tuple[bytes, str]:
    """The bytes in UTF-8 and how they were read: BOM, zeros of UTF-16, strict UTF-8, the declared charset, detection.

    A declaration counts only for a charset that could hold Arabic; UTF-7 is never honoured.
    """
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "replace").encode(), f"{encoding} (bom)"
    if content[:200].count(b"\x00") > 50:  # before UTF-8, which UTF-16 of these letters would pass for
        encoding = "utf-16-le" if content[1:2] == b"\x00" else "utf-16-be"
        return content.decode(encoding, "replace").encode(), f"{encoding} (detected)"
    try:
        content.decode("utf-8")
        return content, "utf-8"
    except UnicodeDecodeError:
        pass
    loose = content.decode("utf-8", "replace")
    if loose.count("\ufffd") <= _STRAY_BYTES * max(1, len(_ARABIC.findall(loose))):
        return loose.encode(), "utf-8 (damaged)"
    declared = declared_charset(content, content_type)
    if declared in _FOR_ARABIC:
        return content.decode(declared, "replace").encode(), f"{declared} (declared)"
    detected = detect(content)
    return content.decode(detected, "replace").encode(), f"{detected} (detected)"


def declared_charset(content: bytes, content_type: str) -> str:
    """The charset that header or page declares, as Python names it; empty when it is none we know."""
    header = _HEADER_CHARSET.search(content_type)
    name = header[1] if header else EncodingDetector.find_declared_encoding(content[:4096], is_html=True) or ""
    try:
        return codecs.lookup(_ALIASES.get(name.lower(), name)).name if name else ""
    except (LookupError, ValueError):
        return ""


def detect(content: bytes) -> str:
    """The charset of Arabic bytes that no declaration explains, by the letters they would be."""
    sample = b" ".join(run for run in _HIGH_RUNS.findall(content) if len(run) > 3)[:20_000]
    best = from_bytes(sample, cp_isolation=["cp1256", "iso8859_6", "cp720", "cp1252"]).best()
    return best.encoding if best else "cp1256"
